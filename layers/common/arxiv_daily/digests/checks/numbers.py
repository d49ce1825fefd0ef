"""NUMBER: the translation has the abstract's numbers with their units, and no others."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from arxiv_daily.digests.checks.evidence import folded
from arxiv_daily.digests.checks.names import names
from arxiv_daily.digests.checks.plain_text import plain
from arxiv_daily.digests.checks.quantities import quantities
from arxiv_daily.digests.checks.quantity import Quantity, Weight
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.models import Paper

_ITEM = r"(?:[^,;.()]|\([^()]*\)){1,90}"
_ENUMERATION = re.compile(rf"{_ITEM}((?:[,;] ?{_ITEM})*?),?;? (?:and|or|as well as|&) ")
_MARK = re.compile(r"\(\d{1,2}\)")
_UNSAID = 2


def number_faults(paper: Paper, translation: str) -> Iterator[Fault]:
    source, target = quantities(paper.abstract), quantities(translation)
    for one in source:
        if one.weight is Weight.FIGURE and not _answered(one, target):
            yield _fault(
                f"the abstract's {one.text!r} is missing or changed", f"译文缺少或改变了摘要中的「{one.text}」。"
            )
    yield from (_added(one.text) for one in target if _is_added(one, source, target, paper.abstract))
    yield from (_added(name) for name in _new_names(paper, translation))
    yield from (_added(mark) for mark in _new_marks(paper.abstract, translation))


def _answered(one: Quantity, others: Sequence[Quantity]) -> bool:
    return any(one.agrees(other) for other in others)


def _is_added(one: Quantity, source: Sequence[Quantity], target: Sequence[Quantity], abstract: str) -> bool:
    if one.weight is Weight.LOOSE or _answered(one, source):
        return False
    value = one.bare
    if one.weight is Weight.COUNT and value == 1:
        return False
    if one.weight is Weight.FIGURE or "" not in one.dimensions or value > _enumerated(abstract):
        return True
    return (value >= _UNSAID and _has_unsaid_count(source, target)) or value not in _lengths(abstract) | {1, 2}


def _has_unsaid_count(source: Sequence[Quantity], target: Sequence[Quantity]) -> bool:
    """Whether a count of the abstract has no answer: then a new one is not merely told, but told wrongly."""
    return any(one.weight is Weight.COUNT and one.bare > _UNSAID and not _answered(one, target) for one in source)


def _enumerated(abstract: str) -> Decimal:
    return Decimal(max(_lengths(abstract), default=Decimal(_UNSAID)))


def _lengths(abstract: str) -> set[Decimal]:
    """How many things are told in a row: a translation may count "speech, sound, and music" as three."""
    return {
        Decimal(items)
        for run in _ENUMERATION.finditer(abstract)
        for items in range(2, len(re.findall("[,;]", run[1])) + 3)
    }


def _new_names(paper: Paper, translation: str) -> Iterator[str]:
    """Names with a figure that are not the abstract's: VoxCeleb2 for VoxCeleb1."""
    known = folded(f"{paper.title} {paper.abstract}")
    for name in names(translation):
        if re.search(r"[A-Za-z]-?\d", name) and not re.search(rf"{re.escape(folded(name))}(?!\d)", known):
            yield name


def _new_marks(abstract: str, translation: str) -> Iterator[str]:
    """(9) in a list that the abstract counts to (3)."""
    own, told = (_MARK.findall(plain(text)) for text in (abstract, translation))
    yield from (mark for mark in told if own and mark not in own)


def _added(text: str) -> Fault:
    return _fault(f"{text!r} is not in the abstract", "译文中有摘要里没有的数字或名称。")


def _fault(problem: str, remark: str) -> Fault:
    return Fault(kind=FaultKind.NUMBER, where=("translation",), message=f"translation: {problem}", remark=remark)
