"""Addresses of code that a paper names in its abstract or its comment."""

import re

from arxiv_daily.models import Paper

_HOSTS = (
    "anonymous.4open.science",
    "bitbucket.org",
    "codeberg.org",
    "gist.github.com",
    "gitee.com",
    "github.com",
    "gitlab.com",
    "hf.co",
    "huggingface.co",
    "sourceforge.net",
    "zenodo.org",
)
_SCHEME = r"(?<![\w./@=%&?-])https?:/{1,2}(?:www\.)?"
_BARE = r"(?<![\w./@:%\\-])(?:www\.)?"
_NAMED = re.compile(
    rf"(?:{_SCHEME}|{_BARE})(?P<host>{'|'.join(map(re.escape, _HOSTS))})(?P<path>/[\w.~/#?=&%+@:\\-]+)",
    re.ASCII | re.IGNORECASE,
)
"""A host of ours with a path, alone or behind http(s); never a part of another host or address."""
_DOI = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/(?P<doi>10\.5281/zenodo\.\d+)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(?=[_%#&~])")
_LOOKED_FOR = (*_HOSTS, "doi.org")
_END = re.compile(r"(?:\.git|[.,;:!?&=#/@%+~-])+$")


def code_links(paper: Paper) -> tuple[str, ...]:
    """https addresses in the order in which they are named, each once: on hosts of code, models and data sets alone."""
    text = f"{paper.abstract}\n{paper.comment or ''}"
    folded = text.lower()
    if not any(host in folded for host in _LOOKED_FOR):  # so it is with most papers
        return ()
    found = [(match.start(), _address(match)) for match in _NAMED.finditer(text)]
    found += [(match.start(), f"https://doi.org/{match['doi']}") for match in _DOI.finditer(text)]
    links: dict[str, str] = {}
    for _, link in sorted(found):
        if link:
            links.setdefault(link.casefold(), link)
    return tuple(links.values())


def _address(match: re.Match[str]) -> str:
    """Empty when nothing but the host is left."""
    path = _END.sub("", _ESCAPED.sub("", match["path"]).partition("\\")[0])
    return f"https://{match['host'].lower()}{path}" if path.strip("/") else ""
