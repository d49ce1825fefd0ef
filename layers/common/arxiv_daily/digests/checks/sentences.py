"""SENTENCES: no sentence of the abstract is left out of the translation, and none has another one's numbers."""

from collections.abc import Iterator

from arxiv_daily.digests.checks.alignment import Bead, Sentence, beads
from arxiv_daily.digests.checks.order import exchanged
from arxiv_daily.digests.checks.quantity import Quantity
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.glossary import Glossary
from arxiv_daily.models import Paper

_SHORT = 25
"""Characters of a sentence that may go into another one unseen."""


def sentence_faults(paper: Paper, translation: str, glossary: Glossary) -> Iterator[Fault]:
    aligned = beads(paper.abstract, translation, glossary)
    for bead in aligned:
        for sentence in () if bead.target else bead.source:
            if sentence.length >= _SHORT:
                yield _fault(
                    FaultKind.SENTENCES,
                    f"seems to leave out this sentence: {sentence.text!r}",
                    f"译文似乎漏译了一句：{sentence.text}",
                )
    yield from _displaced(aligned)
    yield from _exchanged(aligned)


def _displaced(aligned: tuple[Bead, ...]) -> Iterator[Fault]:
    """Numbers that changed places between sentences: each stands in the translation, where the other belongs."""
    for bead in aligned:
        lost = [one for one in _numbers(bead.source) if bead.target and not _answered(one, _numbers(bead.target))]
        for number in lost:
            if any(_answered(number, _numbers(other.target)) for other in aligned):
                yield _fault(
                    FaultKind.NUMBER,
                    f"{number.text!r} stands in another sentence than in the abstract",
                    f"译文把「{number.text}」放到了另一句中。",
                )


def _exchanged(aligned: tuple[Bead, ...]) -> Iterator[Fault]:
    for bead in aligned:
        source, target = (" ".join(one.text for one in side) for side in (bead.source, bead.target))
        for left, right in exchanged(source, target):
            yield _fault(
                FaultKind.NUMBER,
                f"{left.text!r} and {right.text!r} stand in the other order than in the abstract",
                f"译文中「{left.text}」与「{right.text}」的次序与摘要相反。",
            )


def _numbers(sentences: tuple[Sentence, ...]) -> list[Quantity]:
    return [number for sentence in sentences for number in sentence.numbers]


def _answered(one: Quantity, others: list[Quantity]) -> bool:
    return any(one.agrees(other) for other in others)


def _fault(kind: FaultKind, problem: str, remark: str) -> Fault:
    return Fault(kind=kind, where=("translation",), message=f"translation: {problem}", remark=remark)
