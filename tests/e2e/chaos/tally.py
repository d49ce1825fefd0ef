"""What runs counted, as files under build/chaos that can be added up."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.chaos.running import Outcome

FOLDER = Path(__file__).parents[3] / "build" / "chaos"
_COUNTED = ("lost", "twice", "older_over_newer", "bought_twice", "bought_again_by_kill")


@dataclass
class Tally:
    """Of some runs."""

    runs: int = 0
    broken: int = 0
    """Runs in which a promise was broken."""
    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    fired: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By stage and kind."""

    def add(self, outcome: Outcome) -> None:
        self.runs += 1
        self.broken += bool(outcome.verdict.broken)
        self.seconds += outcome.seconds
        self.counts.update({name: getattr(outcome.verdict, name) for name in _COUNTED})
        self.fired.update((str(one.stage), str(one.harm)) for one in outcome.fired)

    def merge(self, other: "Tally") -> None:
        self.runs += other.runs
        self.broken += other.broken
        self.seconds += other.seconds
        self.counts.update(other.counts)
        self.fired.update(other.fired)

    @property
    def faults(self) -> int:
        return sum(self.fired.values())

    def summary(self) -> str:
        counted = ", ".join(f"{name.replace('_', ' ')} {self.counts[name]}" for name in _COUNTED)
        return f"{self.runs} runs, {self.faults} faults fired; {counted}; runs with a broken promise: {self.broken}"

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        fired = [[stage, kind, number] for (stage, kind), number in sorted(self.fired.items())]
        document = {
            "runs": self.runs,
            "broken": self.broken,
            "seconds": round(self.seconds, 1),
            "counts": {name: self.counts[name] for name in _COUNTED},
            "fired": fired,
        }
        path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Tally:
    found = json.loads(path.read_text(encoding="utf-8"))
    fired = Counter({(stage, kind): number for stage, kind, number in found["fired"]})
    return Tally(found["runs"], found["broken"], found["seconds"], Counter(found["counts"]), fired)


def added(paths: Iterable[Path]) -> Tally:
    total = Tally()
    for path in paths:
        total.merge(read(path))
    return total
