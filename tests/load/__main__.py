"""`make load`: carry a day of all of arXiv, and a month at once; write build/load; fail when a bound is missed."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.machine import described
from tests.load import day, month
from tests.load.drawing import draw
from tests.load.limits import Limits
from tests.load.outcome import Bound, Outcome
from tests.load.processes import Processes
from tests.load.waiting import say

BUILD = Path(__file__).parents[2] / "build" / "load"


def main() -> int:
    arguments = _arguments()
    limits = Limits(arguments.interval, arguments.workers, arguments.latency)
    outcomes = []
    if arguments.papers:
        outcomes.append(_day(arguments.papers, limits, arguments.window))
    if arguments.days:
        outcomes.append(_month(arguments.days, limits, arguments.window))
    for outcome in outcomes:
        say(outcome.summary())
    return 0 if all(outcome.holds for outcome in outcomes) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument(
        "--papers", type=int, default=1400, help="of the day (%(default)s: all of arXiv); 0 leaves it out"
    )
    parser.add_argument("--days", type=int, default=30, help="of the back-fill (%(default)s); 0 leaves it out")
    parser.add_argument("--interval", type=float, default=0.5, help="seconds between requests to arXiv (%(default)s)")
    parser.add_argument("--latency", type=float, default=5.0, help="seconds that Claude takes (%(default)s)")
    parser.add_argument("--workers", type=int, default=20, help="(%(default)s)")
    parser.add_argument("--window", type=float, default=5.0, help="of the table's stream, in seconds (%(default)s)")
    return parser.parse_args()


def _day(papers: int, limits: Limits, window: float) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        carried, processes = day.carry(Path(folder), papers, limits, window)
    return _told("day", day.bounds(carried, papers), day.figures(carried), processes)


def _month(days: int, limits: Limits, window: float) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        filled, processes = month.fill(Path(folder), days, limits, window)
    return _told("backfill", month.bounds(filled), month.figures(filled), processes)


def _told(what: str, bounds: list[Bound], figures: dict[str, float], processes: Processes) -> Outcome:
    """The outcome, written and drawn with what the processes took."""
    grown = processes.growth("summarize")
    outcome = Outcome(
        what,
        described(Path(sys.executable)),
        [*bounds, Bound("memory of a worker at the end over a third of the time", grown, 1.1)],
        figures | processes.figures(),
    )
    outcome.write(BUILD / f"{what}.json")
    lines = {role: processes.memory(role) for role in processes.roles()}
    draw(BUILD / f"{what}.svg", f"Memory during the {what}, MB", "seconds", lines)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
