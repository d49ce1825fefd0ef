"""A paper as a BibTeX entry that every reader of the format can parse."""

import re
from itertools import accumulate

from arxiv_daily.models import Paper
from arxiv_daily.publishing.tex.characters import fit_for_pages

_ABS = "https://arxiv.org/abs/"
_MATH = re.compile(r"(?<!\\)\$(?:[^$\\]|\\.)+\$")
_SPECIAL = re.compile(r"(?<!\\)[&%#_]")
_MEANS_SOMETHING = re.compile(r"[\\{}$&%#_^]")
"""To LaTeX; most names and titles have none of it."""
_CARET = re.compile(r"(?<!\\)\^")
_DOLLAR = re.compile(r"(?<!\\)\$")
_BRACE = re.compile(r"\\?[{}]")
_DEEPEST = 20
"""Braces within braces; some parsers give up on more."""
_END = re.compile(r"[\\\s]+$")
"""A backslash before the closing brace would escape it."""
_DOI = re.compile(r"(?<!\S)10\.\d{4,9}/[^\s{}\\,\"%]+", re.ASCII)
_NEEDS_BRACES = re.compile(r",|\band\b", re.IGNORECASE)


def bibtex(paper: Paper) -> str:
    """`@misc`, as arXiv exports it, under a key that no later version and no other paper has: arxiv-2602.10934."""
    fields = {
        "title": f"{{{_text(paper.title)}}}",
        "author": " and ".join(filter(None, map(_author, paper.authors))),
        "year": str(paper.published.year),
        "eprint": paper.paper_id,
        "archivePrefix": "arXiv",
        "primaryClass": _text(paper.primary_category),
        "journal": _text(paper.journal_ref or ""),
        "doi": " ".join(_DOI.findall(paper.doi or "")[:1]),
        "url": f"{_ABS}{paper.paper_id}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{arxiv-{paper.paper_id.replace('/', '-')},", *lines, "}"]) + "\n"


def _author(name: str) -> str:
    """A name with a comma or an `and` of its own, such as a collaboration's, is kept whole."""
    text = _text(name)
    return f"{{{text}}}" if _NEEDS_BRACES.search(text) else text


def _text(text: str) -> str:
    """One line with balanced braces, in which LaTeX sees what arXiv wrote: formulas as they are, signs escaped."""
    line = " ".join(fit_for_pages(text).split())
    if _MEANS_SOMETHING.search(line) is None:
        return line
    line = _END.sub("", _balanced(line)).lstrip()
    pieces, end = [], 0
    for formula in _MATH.finditer(line):
        pieces += [_outside(line[end : formula.start()]), formula[0]]
        end = formula.end()
    return "".join([*pieces, _outside(line[end:])])


def _outside(text: str) -> str:
    """Text between formulas: a sign that is escaped already stays so."""
    escaped = _DOLLAR.sub(r"\\$", _SPECIAL.sub(r"\\\g<0>", text))
    return _CARET.sub(r"\\^{}", escaped)


def _balanced(text: str) -> str:
    """Without any brace where they do not match: some parsers count the escaped ones too, some do not."""
    written = _BRACE.findall(text)
    plain = [brace for brace in written if len(brace) == 1]
    return text if _match(written) and _match(plain) else _BRACE.sub("", text)


def _match(braces: list[str]) -> bool:
    depths = list(accumulate((1 if brace[-1] == "{" else -1 for brace in braces), initial=0))
    return depths[-1] == 0 and min(depths) == 0 and max(depths) <= _DEEPEST
