"""A measured figure beside what it is held against in the same run, and what a subject's figures tell together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """It holds when measured / reference is from least to limit; without a limit it is shown and held to nothing."""

    what: str
    against: str
    """What the reference is."""
    measured: float
    reference: float
    limit: float | None = None
    unit: str = "ms"
    least: float = 0

    @property
    def ratio(self) -> float:
        return self.measured / self.reference

    @property
    def holds(self) -> bool:
        return self.limit is None or self.least <= self.ratio <= self.limit


@dataclass(frozen=True)
class Growth:
    """A figure at several sizes, as it is drawn: each series by the size."""

    title: str
    sizes: str
    """What the sizes count."""
    unit: str
    series: Mapping[str, Mapping[int, float]]


@dataclass(frozen=True)
class Part:
    """A subject: its lines, its section of the page in Markdown without the heading, and its growth if it has any."""

    title: str
    lines: tuple[Line, ...]
    text: str
    growth: tuple[Growth, ...] = ()


@dataclass(frozen=True)
class Options:
    """What measuring may depend on."""

    python: Path
    """The interpreter that is measured, where that is not the engine's own."""
    rounds: int


def summary(lines: Iterable[Line]) -> str:
    """For the last line: how many hold of those that are held to something, and which do not."""
    held = [line for line in lines if line.limit is not None]
    missed = [line.what for line in held if not line.holds]
    told = f"{len(held) - len(missed)} of {len(held)} ratios held"
    return f"{told}; missed: {', '.join(missed)}" if missed else told


def exit_code(lines: Iterable[Line]) -> int:
    """Not 0 when a ratio is missed."""
    return int(not all(line.holds for line in lines))
