"""TERM: a glossary term of the abstract is rendered as the glossary says, or stays as it is."""

import re
from collections.abc import Iterator

from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.glossary import Glossary, occurring, pattern
from arxiv_daily.models import Paper


def term_faults(paper: Paper, translation: str, glossary: Glossary) -> Iterator[Fault]:
    rest, target = paper.abstract, re.sub(r"\s", "", translation).lower()
    for term in sorted(occurring(glossary, rest), key=len, reverse=True):
        if not pattern(term).search(rest):
            continue  # it stands in a longer one only
        accepted = (*glossary[term], term, *_acronyms(term, paper.abstract, target))
        if not any(re.sub(r"\s", "", one).lower() in target for one in accepted):
            yield _fault(term, glossary[term])
        rest = pattern(term).sub(" ; ", rest)


def _acronyms(term: str, abstract: str, target: str) -> list[str]:
    """What stands in brackets after the term: "speaker recognition (SR)" may be SR, unless it is itself explained."""
    found = re.findall(rf"{pattern(term).pattern} ?\(([A-Z][\w-]*)s?\)", abstract, re.IGNORECASE)
    return [one for one in found if not re.search(rf"[\u4e00-\u9fff][（(]{re.escape(one.lower())}[)）]", target)]


def _fault(term: str, renderings: tuple[str, ...]) -> Fault:
    return Fault(
        kind=FaultKind.TERM,
        where=("translation",),
        message=f"translation: render {term!r} as {' or '.join(renderings)}, or leave it in English",
        remark=f"术语「{term}」未按词表译作「{renderings[0]}」。",
    )
