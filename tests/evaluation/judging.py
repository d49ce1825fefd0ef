"""What the checks say of a case. This is the only module that calls them, and all that it knows is their face."""

from functools import cache, lru_cache

from arxiv_daily.digests.checks import faults
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.glossary import Glossary, load
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import FullText, Paper
from tests.evaluation.case import Case

_WITHOUT_FULL_TEXT = frozenset({FaultKind.SHAPE, FaultKind.LANGUAGE, FaultKind.TERM})
"""What can be wrong with a reading whose paper is not at hand."""


def judged(case: Case) -> tuple[Fault, ...]:
    """The faults found; without the paper's text, those of the translation and those that need no text."""
    found = _faults(case.paper, case.text, case.reply.model_dump_json())
    if case.has_full_text:
        return found
    return tuple(fault for fault in found if fault.where[:1] == ("translation",) or fault.kind in _WITHOUT_FULL_TEXT)


@lru_cache(maxsize=256)
def _faults(paper: Paper, text: FullText, reply: str) -> tuple[Fault, ...]:
    """Kept for a while: the same faithful digest stands beside every fault planted in it."""
    return tuple(faults(DigestReply.model_validate_json(reply), paper, text, _glossary(paper.categories)))


@cache
def _glossary(categories: tuple[str, ...]) -> Glossary:
    return load(categories)
