"""`make soak`: two months of a simulated arXiv on one engine, a share of all requests going wrong; fails on a bound."""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

import psutil

from arxiv_daily.flow.outbox import SWEPT_DAYS
from arxiv_daily.models import WorkState
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.bench.machine import described
from tests.e2e.simulated_days import INTERVAL, Run, counts_add_up, drive_day, simulated
from tests.load import report
from tests.load.bought import bought_twice
from tests.load.drawing import draw
from tests.load.outcome import Bound, Outcome
from tests.load.pacing import Stay, pacing
from tests.load.processes import ENGINE, Processes, roles_of
from tests.load.stream import windowed
from tests.load.trouble import UNUSABLE, HarmByChance, at_arxiv, harming, upset
from tests.load.waiting import say
from tests.simulation import FaultsByChance, generate

BUILD = Path(__file__).parents[2] / "build" / "soak"
DAYS, SHARE, WINDOW = 60, 0.05, 5.0
"""What docs/load.md tells of."""
_OPEN = {WorkState.QUEUED, WorkState.WORKING}
_FIRST = date(2026, 10, 1)


@dataclass(frozen=True)
class Lived:
    """A day that was driven through: its papers, seconds of the clock and of processors."""

    day: date
    papers: int
    seconds: float
    processor: float


@dataclass
class Soak:
    run: Run
    faults: FaultsByChance
    harms: HarmByChance
    processes: Processes
    moods: Counter[str] = field(default_factory=Counter)
    days: list[Lived] = field(default_factory=list)

    def live(self, share: float, chance: random.Random) -> None:
        """Drive through every day, and then through one on which all goes well, so that what failed is repaired."""
        for day in self.run.days:
            papers = self.run.world.expected(day, day)
            self.moods += upset(self.run.stack, papers, share, chance)
            began = time.monotonic()
            drive_day(self.run, day, chance=chance, over=partial(self._is_read, day))
            self._note(day, len(papers), time.monotonic() - began)
        self.faults.end()
        self.harms.end()
        after = self.run.last + timedelta(days=1)
        drive_day(self.run, after, chance=chance, over=partial(self._is_read, after))

    def read_pages(self) -> None:
        """The editions as the site shows them."""
        found = {day: self.run.stack.edition(str(day)) for day in self.run.days}
        self.run.editions = {day: edition for day, edition in found.items() if edition}

    def _is_read(self, day: date) -> bool:
        """Whether nobody has anything to do for the last editions.

        A message may be left: one that was sent twice, since an answer of SQS was lost, comes back when the lease of
        the worker that it met has ended.
        """
        stack = self.run.stack
        if stack.messages("", "Delayed"):
            return False
        editions, papers = EditionStore(stack.table), PaperStore(stack.table)
        days = [day - timedelta(days=back) for back in range(SWEPT_DAYS + 1)]
        refs = [entry.ref for swept in days for entry in editions.entries(swept)]
        return not any(version.work.state in _OPEN for version in papers.versions(refs).values())

    def _note(self, day: date, papers: int, seconds: float) -> None:
        before = sum(self.processes.samples[-1].processor.values())
        self.processes.look()
        after = self.processes.samples[-1].processor
        self.days.append(Lived(day, papers, seconds, sum(after.values()) - before))
        engine = self.processes.memory(ENGINE)[-1][1]
        say(
            f"{day}: {papers:2} papers, {seconds:5.1f} s, {sum(after.values()) - before:5.1f} s of processors, "
            f"engine {engine:.0f} MB; so far {self.faults.met.total()} faults of arXiv, "
            f"{self.harms.harms.total()} of AWS, {self.moods.total()} moods"
        )

    def growth(self) -> float:
        """Processor seconds of a day with papers: the last third's over the first third's, in the middle."""
        seconds = [lived.processor for lived in self.days if lived.papers]
        third = max(1, len(seconds) // 3)
        return median(seconds[-third:]) / median(seconds[:third])

    def bounds(self) -> list[Bound]:
        run, shown = self.run, self.run.shown
        pace = pacing(Stay(one.started, one.ended or one.started) for one in run.sim.log.exchanges())
        counts = [edition["counts"] for edition in run.editions.values()]
        return [
            Bound("days without an edition", len(run.days) - len(run.editions), 0),
            Bound("papers lost", len(run.expected - shown.keys()), 0),
            Bound("papers that were not announced", len(shown.keys() - run.expected), 0),
            Bound("papers in two editions", sum(number > 1 for number in shown.values()), 0),
            Bound("days whose counts do not add up", sum(not counts_add_up(one) for one in run.editions.values()), 0),
            Bound("papers pending or failed", sum(one["pending"] + one["failed"] for one in counts), 0),
            Bound("answers bought twice", bought_twice(run.stack.claude.asked(), UNUSABLE), 0),
            Bound("shortest gap between two requests to arXiv", pace.shortest_gap, INTERVAL, at_least=True),
            Bound("requests to arXiv before the last one's answer", pace.at_once, 0),
            Bound("memory of a worker, last days over the first third's", self.processes.growth("summarize"), 1.1),
            Bound("processor seconds of a day, last third over the first", self.growth(), 1.25),
        ]

    def figures(self) -> dict[str, float]:
        run = self.run
        degraded = sum(edition["counts"]["degraded"] for edition in run.editions.values())
        return {
            "days": len(self.days),
            "papers announced": len(run.expected),
            "papers shown": len(run.expected & run.shown.keys()),
            "papers read from less than their text": degraded,
            "requests to arXiv": len(run.sim.log),
            "faults of arXiv": self.faults.met.total(),
            "calls of AWS that came to harm": self.harms.harms.total(),
            "moods of Claude": self.moods.total(),
            "probes that failed": run.failed_probes,
            "seconds of a day with papers, median": round(median(one.seconds for one in self.days if one.papers), 1),
            **self.processes.figures(),
        }


def main() -> int:
    arguments = _arguments()
    last = _FIRST + timedelta(days=arguments.days - 1)
    world = generate(seed=arguments.seed, first=_FIRST, last=last)
    with tempfile.TemporaryDirectory() as folder, simulated(world, Path(folder)) as (stack, sim):
        faults = sim.site.faults = at_arxiv(arguments.share, arguments.seed)
        processes = Processes(psutil.Process(stack.process.pid), roles_of(stack))
        processes.look()
        harms = HarmByChance(arguments.share, arguments.seed)
        soak = Soak(Run(stack, sim, world, _FIRST, last), faults, harms, processes)
        with harming(stack, harms), windowed(stack, WINDOW):
            soak.live(arguments.share, random.Random(arguments.seed))  # noqa: S311 - a reproducible choice
        soak.read_pages()
        outcome = Outcome("soak", described(Path(sys.executable)), soak.bounds(), soak.figures())
    outcome.write(BUILD / "soak.json")
    _draw(soak)
    say(outcome.summary())
    if (arguments.days, arguments.share) == (DAYS, SHARE):
        report.keep(BUILD, outcome.what)
    return 0 if outcome.holds else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.soak", description=__doc__)
    parser.add_argument("--days", type=int, default=DAYS, help="(%(default)s)")
    parser.add_argument("--share", type=float, default=SHARE, help="of requests that go wrong (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the world and of what goes wrong (%(default)s)")
    return parser.parse_args()


def _draw(soak: Soak) -> None:
    numbers = range(1, len(soak.days) + 1)
    draw(
        BUILD / "soak-time.svg",
        "Seconds per simulated day",
        "day",
        {
            "of the clock": [(number, lived.seconds) for number, lived in zip(numbers, soak.days, strict=True)],
            "of processors": [(number, lived.processor) for number, lived in zip(numbers, soak.days, strict=True)],
            "papers": [(number, lived.papers) for number, lived in zip(numbers, soak.days, strict=True)],
        },
    )
    memory = {role: [megabytes for _, megabytes in soak.processes.memory(role)] for role in soak.processes.roles()}
    lines = {role: list(enumerate(found, len(soak.days) + 1 - len(found))) for role, found in memory.items()}
    draw(BUILD / "soak-memory.svg", "Memory after each simulated day, MB", "day", lines)


if __name__ == "__main__":
    sys.exit(main())
