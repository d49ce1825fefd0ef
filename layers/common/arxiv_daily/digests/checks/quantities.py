"""The quantities of a text, English or Chinese: the one reader of numbers that every check of numbers uses.

16亿 and 1.6 billion, 38 ms and 38 毫秒, $10^{-3}$ and 0.001 are equal; 38 ms and 38 s, 5.4% and 5.4 points are not.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from arxiv_daily.digests.checks.figures import in_figures
from arxiv_daily.digests.checks.plain_text import plain, without_addresses, without_formula_marks
from arxiv_daily.digests.checks.quantity import Quantity, Reading, Weight, told
from arxiv_daily.digests.checks.words import in_chinese, in_english

_CONNECTOR = re.compile(
    r"[\s$]*(?:[-–—~/,、;±→]|->|to|and|or|versus|vs\.?|,\s?(?:and|or)|和|与|或|到|至|及|以及|对)[\s$]*(?:约|从|the)?[\s$]*"
)
_TOLERANCE = re.compile(r"\s?±\s?")


@lru_cache(maxsize=1024)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with its unit, in the order of the text; addresses are passed over."""
    text = as_read(text)
    figures = list(in_figures(text))
    taken = {at for one in figures for at in range(one.start, one.end)}
    words = [one for one in (*in_chinese(text), *in_english(text)) if one.start not in taken]
    found = sorted([*figures, *words], key=lambda one: one.start)
    return tuple(_in_the_unit_before(_in_the_unit_after(found, text), text))


def as_read(text: str) -> str:
    """The text that the places of quantities count in."""
    return without_formula_marks(plain(without_addresses(text)))


def _in_the_unit_after(found: Sequence[Quantity], text: str) -> list[Quantity]:
    """In "2.3, 5.4 and 6.9%" and in 3到5亿 the last unit, and its scale, may be the first ones' too."""
    shared = list(found)
    for at in range(len(shared) - 2, -1, -1):
        left, right = shared[at], shared[at + 1]
        if left.weight is not Weight.LOOSE and _CONNECTOR.fullmatch(text, left.end, right.start):
            readings = left.readings | _in_the_units_of(left, right)
            shared[at] = replace(left, readings=readings, sizes=left.sizes | right.sizes)
    return shared


def _in_the_unit_before(found: Sequence[Quantity], text: str) -> list[Quantity]:
    """In "92.3% ± 0.4" the tolerance is in the unit of what it is of."""
    shared = list(found)
    for at in range(1, len(shared)):
        left, right = shared[at - 1], shared[at]
        if _TOLERANCE.fullmatch(text, left.end, right.start):
            shared[at] = replace(right, readings=right.readings | _in_the_units_of(right, left))
    return shared


def _in_the_units_of(one: Quantity, other: Quantity) -> frozenset[Reading]:
    values = {value for value, dimension in one.readings if dimension == ""}
    return frozenset((told(value * size), dimension) for value in values for dimension, size in other.sizes)
