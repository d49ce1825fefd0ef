"""Numbers that a translation tells in the other order: from 8.1 to 12.4 for from 12.4 to 8.1."""

import re
from collections.abc import Iterator
from itertools import pairwise

from arxiv_daily.digests.checks.quantities import as_read, quantities
from arxiv_daily.digests.checks.quantity import Quantity, Weight

_KEEPS_ITS_ORDER = re.compile(
    r"(?=.{1,60}$)(?:(?!\b(?:over|than|from|of|compared|relative|above|below|within|baseline)\b)[^;:])*?"
    r"(?:\bto\b|\band\b|\bagainst\b|\bvs\b|\bversus\b|±|/)"
    r"(?:(?!\b(?:over|than|from|of|compared|relative|above|below|within|baseline)\b)[^;:])*"
)


def exchanged(source: str, target: str) -> Iterator[tuple[Quantity, Quantity]]:
    """Neighbours of an English sentence which its translation has once each, and the second one first."""
    text, told = as_read(source), _figures(target)
    for left, right in pairwise(_figures(source)):
        first, second = ([one for one in told if one.agrees(number)] for number in (left, right))
        is_turned = len(first) == len(second) == 1 and first != second and second[0].end <= first[0].start
        is_of_a_kind = bool(left.dimensions & right.dimensions)
        if is_turned and is_of_a_kind and _KEEPS_ITS_ORDER.fullmatch(text, left.end, right.start):
            yield left, right


def _figures(text: str) -> list[Quantity]:
    return [one for one in quantities(text) if one.weight is Weight.FIGURE]
