"""A measured figure beside what it is held against in the same run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """It holds when measured / reference is at most the limit."""

    what: str
    against: str
    """What the reference is."""
    measured: float
    reference: float
    limit: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.measured / self.reference

    @property
    def holds(self) -> bool:
        return self.ratio <= self.limit


def summary(lines: list[Line]) -> str:
    """For the last line: how many hold, and which do not."""
    missed = [line.what for line in lines if not line.holds]
    told = f"{len(lines) - len(missed)} of {len(lines)} figures hold"
    return f"{told}; missed: {', '.join(missed)}" if missed else told
