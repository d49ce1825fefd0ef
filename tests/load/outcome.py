"""What a run found: figures, and what they are held against."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Bound:
    """It holds when the measured figure is at most (or at least) the limit."""

    what: str
    measured: float
    limit: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    def __str__(self) -> str:
        sign = ("≥" if self.at_least else "≤") if self.holds else "MISSED, not " + ("≥" if self.at_least else "≤")
        return f"{self.what} {self.measured:,.4g} ({sign} {self.limit:,.4g})"


@dataclass(frozen=True)
class Outcome:
    what: str
    machine: str
    bounds: list[Bound]
    figures: dict[str, float]

    @property
    def holds(self) -> bool:
        return all(bound.holds for bound in self.bounds)

    def summary(self) -> str:
        """One line: what was missed, or that all bounds hold, and the first of them."""
        missed = [str(bound) for bound in self.bounds if not bound.holds]
        told = "; ".join(missed) if missed else f"all {len(self.bounds)} bounds hold: {self.bounds[0]}"
        return f"{self.what}: {told}"

    def write(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
