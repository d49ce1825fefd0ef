"""Which sentences of a translation stand for which of the abstract.

By their lengths (after Gale and Church, 1993) and by the names, numbers and terms that they share.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from arxiv_daily.digests.checks import passages
from arxiv_daily.digests.checks.names import names
from arxiv_daily.digests.checks.quantities import quantities
from arxiv_daily.digests.checks.quantity import Quantity, Weight
from arxiv_daily.digests.glossary import Glossary, occurring

_BOUNDARY = re.compile(
    r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!al\.)(?<!vs\.)(?<!cf\.)(?<!Fig\.)(?<!Sec\.)\s+(?=[A-Z\"'(\[$\\])"
)
_BEADS = {(1, 1): 0.0, (1, 2): 0.5, (2, 1): 2.5, (2, 2): 3.0, (1, 3): 1.0, (3, 1): 5.0, (1, 0): 2.5, (0, 1): 2.5}
"""How many sentences stand for how many, and what it costs to think so."""

_SPREAD = 0.22
"""Of the logarithm of a translation's length against its sentence's."""
_RATIOS = (0.27, 0.40)
"""Chinese characters for each character of English."""
_ESTRANGED = 1.2
"""The price of an anchor that stands elsewhere in the translation."""
_MOST = 100
"""Sentences on either side; more of them is no abstract that could be aligned."""


@dataclass(frozen=True)
class Sentence:
    text: str
    length: float
    anchors: frozenset[str] = frozenset()
    numbers: tuple[Quantity, ...] = ()


@dataclass(frozen=True)
class Bead:
    """Some sentences of the abstract and what stands for them; either may be empty."""

    source: tuple[Sentence, ...]
    target: tuple[Sentence, ...]


def beads(abstract: str, translation: str, glossary: Glossary) -> tuple[Bead, ...]:
    """The cheapest alignment; none at all for texts of more sentences than an abstract has."""
    source = tuple(_english(text, glossary) for text in _BOUNDARY.split(abstract.strip()))
    target = tuple(_chinese(text, source) for text in passages.sentences(translation) if text.strip(" \n。"))
    return _aligned(source, target) if max(len(source), len(target)) <= _MOST else ()


def _english(text: str, glossary: Glossary) -> Sentence:
    terms = {rendering for found in occurring(glossary, text).values() for rendering in found}
    numbers = tuple(one for one in quantities(text) if one.weight is Weight.FIGURE)
    return Sentence(text, len(re.sub(r"\s", "", text)), frozenset({*names(text)[1:], *terms}), numbers)


def _chinese(text: str, source: Sequence[Sentence]) -> Sentence:
    latin = re.findall(r"[A-Za-z0-9.]+", text)
    length = len(re.sub(r"[A-Za-z0-9.\s]", "", text)) + sum(len(one) for one in latin) * 0.4
    known = {anchor for one in source for anchor in one.anchors}
    return Sentence(text, length, frozenset(anchor for anchor in known if anchor in text), quantities(text))


def _aligned(source: Sequence[Sentence], target: Sequence[Sentence]) -> tuple[Bead, ...]:
    """Whether one is missing decides how long a sentence's translation should be: both are tried."""
    whole = sum(one.length for one in target) / max(1.0, sum(one.length for one in source))
    with_one_more = whole * len(source) / max(1, len(source) - 1)
    ratios = (min(max(ratio, _RATIOS[0]), _RATIOS[1]) for ratio in (whole, with_one_more))
    kept = {anchor for one in target for anchor in one.anchors}

    @cache
    def estranged(at: int, left: int, there: int, right: int) -> float:
        return _estranged(source[at : at + left], target[there : there + right], kept)

    return min((_cheapest(source, target, ratio, estranged) for ratio in ratios), key=lambda found: found[0])[1]


def _cheapest(
    source: Sequence[Sentence],
    target: Sequence[Sentence],
    ratio: float,
    estranged: Callable[[int, int, int, int], float],
) -> tuple[float, tuple[Bead, ...]]:
    @cache
    def best(at: int, there: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        """What the rest costs, and how many sentences each of its beads takes."""
        if at == len(source) and there == len(target):
            return 0.0, ()
        found = []
        for (left, right), price in _BEADS.items():
            if at + left <= len(source) and there + right <= len(target):
                cost, steps = best(at + left, there + right)
                here = estranged(at, left, there, right)
                here += _stretched(source[at : at + left], target[there : there + right], ratio)
                found.append((price + here + cost, ((left, right), *steps)))
        return min(found)

    cost, steps = best(0, 0)
    made, at, there = [], 0, 0
    for left, right in steps:
        made.append(Bead(tuple(source[at : at + left]), tuple(target[there : there + right])))
        at, there = at + left, there + right
    return cost, tuple(made)


def _estranged(left: Sequence[Sentence], right: Sequence[Sentence], kept: set[str]) -> float:
    """What the anchors and numbers cost that stand on the left alone."""
    anchors = {anchor for one in left for anchor in one.anchors} & kept
    strangers = len(anchors - {anchor for one in right for anchor in one.anchors})
    numbers = [one for sentence in right for one in sentence.numbers]
    strangers += sum(not any(one.agrees(other) for other in numbers) for sentence in left for one in sentence.numbers)
    return _ESTRANGED * min(strangers, 4)


def _stretched(left: Sequence[Sentence], right: Sequence[Sentence], ratio: float) -> float:
    """What it costs that one side is longer or shorter than the other would have it."""
    if not (left and right):
        return 0.0
    expected = ratio * sum(one.length for one in left)
    return (math.log(sum(one.length for one in right) / expected) / _SPREAD) ** 2 / 2
