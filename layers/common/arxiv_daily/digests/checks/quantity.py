"""A number with its unit, and every way to read it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from arxiv_daily.digests.checks.units import COUNT, Unit

Reading = tuple[Decimal, str]
"""A value in the base unit of a dimension, and the dimension ("" for a count)."""

_ABSOLUTE = re.compile(r"absolute|绝对", re.IGNORECASE)


class Weight(IntEnum):
    """How much a number says."""

    LOOSE = 0
    """Part of a name, a word like "both" or 首: it may answer for a number and asks for nothing."""
    COUNT = 1
    """Spelled out: three tasks, 三个任务."""
    FIGURE = 2
    """Written in figures."""


@dataclass(frozen=True)
class Quantity:
    text: str
    readings: frozenset[Reading]
    """Every way to read it; two quantities agree when they share one."""
    weight: Weight
    start: int
    end: int
    bare: Decimal
    """The number alone: of 38 ms 38, of 5亿 5."""
    sizes: frozenset[Unit] = frozenset({COUNT})
    """What one of it is in each dimension, with its scale: of 5亿 100,000,000."""

    def agrees(self, other: "Quantity") -> bool:
        return not self.readings.isdisjoint(other.readings)

    @property
    def dimensions(self) -> frozenset[str]:
        return frozenset(dimension for _, dimension in self.readings)

    @property
    def values(self) -> frozenset[Decimal]:
        return frozenset(value for value, _ in self.readings)


def told(value: Decimal) -> Decimal:
    """One way to write each value: 1.60 is 1.6."""
    return value.normalize() if value else Decimal(0)


def loose(text: str, values: Iterable[Decimal], start: int, end: int) -> Quantity:
    readings = frozenset((told(value), "") for value in values)
    return Quantity(text, readings, Weight.LOOSE, start, end, min(value for value, _ in readings))


def measured(
    text: str, span: tuple[int, int], values: tuple[Decimal, ...], units: tuple[Unit, ...], weight: Weight
) -> Quantity:
    """Each of the values in each of the units; an absolute 5% is also 5 percentage points."""
    start, end = span
    readings = {(told(value * size), dimension) for value in values for dimension, size in units}
    if any(dimension == "%" for _, dimension in readings) and _ABSOLUTE.search(text[max(0, start - 30) : end + 20]):
        readings |= {(value, "pp") for value, dimension in readings if dimension == "%"}
    written = text[start:end].strip()
    return Quantity(written, frozenset(readings), weight, start, end, told(values[0]), frozenset(units))
