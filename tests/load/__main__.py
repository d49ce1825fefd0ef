"""`make load`: carry a day of all of arXiv, and a month at once; write build/load; fail when a bound is missed."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.machine import described
from tests.load import day, month, report
from tests.load.drawing import Points, draw
from tests.load.limits import Limits
from tests.load.outcome import Bound, Outcome
from tests.load.pacing import Stay
from tests.load.processes import Processes
from tests.load.waiting import say

BUILD = Path(__file__).parents[2] / "build" / "load"
LIMITS, PAPERS, DAYS, WINDOW = Limits(interval=0.5, workers=20, latency=5.0), 1400, 30, 5.0
"""What docs/load.md tells of; another load is told on standard error and in build/load alone."""
GROWTH, LONG = 1.1, 10
"""Of a worker's memory once all is imported and cached, as it is when each has read some of ten papers."""


@dataclass(frozen=True)
class Carried:
    """What was found of a load, before its processes are judged."""

    what: str
    bounds: list[Bound]
    figures: dict[str, float]
    stays: list[Stay]
    processes: Processes
    is_long: bool
    """Whether every worker had read some papers when a third of the time was over."""


def main() -> int:
    arguments = _arguments()
    limits = Limits(arguments.interval, arguments.workers, arguments.latency)
    is_usual = (limits, arguments.window) == (LIMITS, WINDOW)
    outcomes = []
    if arguments.papers:
        outcome = _told(_day(arguments.papers, limits, arguments.window))
        outcomes.append((outcome, is_usual and arguments.papers == PAPERS))
    if arguments.days:
        outcome = _told(_month(arguments.days, limits, arguments.window))
        outcomes.append((outcome, is_usual and arguments.days == DAYS))
    for outcome, is_whole in outcomes:
        say(outcome.summary())
        if is_whole:
            report.keep(BUILD, outcome.what)
    return 0 if all(outcome.holds for outcome, _ in outcomes) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--papers", type=int, default=PAPERS, help="of the day (%(default)s); 0 leaves it out")
    parser.add_argument("--days", type=int, default=DAYS, help="of the back-fill (%(default)s); 0 leaves it out")
    parser.add_argument("--interval", type=float, default=LIMITS.interval, help="seconds between requests to arXiv")
    parser.add_argument("--latency", type=float, default=LIMITS.latency, help="seconds that Claude takes")
    parser.add_argument("--workers", type=int, default=LIMITS.workers)
    parser.add_argument("--window", type=float, default=WINDOW, help="of the table's stream, in seconds")
    return parser.parse_args()


def _day(papers: int, limits: Limits, window: float) -> Carried:
    with tempfile.TemporaryDirectory() as folder:
        carried, processes = day.carry(Path(folder), papers, limits, window)
    return Carried(
        "day",
        day.bounds(carried, papers),
        day.figures(carried),
        carried.asked_arxiv,
        processes,
        papers >= LONG * limits.workers,
    )


def _month(days: int, limits: Limits, window: float) -> Carried:
    with tempfile.TemporaryDirectory() as folder:
        filled, processes = month.fill(Path(folder), days, limits, window)
    return Carried(
        "backfill",
        month.bounds(filled),
        month.figures(filled),
        filled.stays,
        processes,
        filled.calls >= LONG * limits.workers,
    )


def _told(carried: Carried) -> Outcome:
    """The outcome, written and drawn with what the processes took."""
    what, processes = carried.what, carried.processes
    grown = Bound("memory of a worker at the end over a third of the time", processes.growth("summarize"), GROWTH)
    outcome = Outcome(
        what,
        described(Path(sys.executable)),
        [*carried.bounds, *([grown] if carried.is_long else [])],
        carried.figures | processes.figures(),
    )
    outcome.write(BUILD / f"{what}.json")
    memory = {role: processes.memory(role) for role in processes.roles()}
    draw(BUILD / f"{what}-memory.svg", "Memory of a process, MB", "seconds", memory)
    draw(BUILD / f"{what}-requests.svg", "Requests to arXiv", "seconds", {"so far": _so_far(carried.stays)})
    return outcome


def _so_far(stays: Sequence[Stay]) -> Points:
    """How many requests had come by when; every tenth, which is as much as one sees."""
    coming = sorted(stay.since for stay in stays)
    return [(since - coming[0], number) for number, since in enumerate(coming, 1)][::10]


if __name__ == "__main__":
    sys.exit(main())
