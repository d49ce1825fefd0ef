"""A back-fill of so many days at once, under the limits of a large day."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.e2e.simulated_days import Run, counts_add_up, published, simulated
from tests.load.limits import Limits
from tests.load.outcome import Bound
from tests.load.pacing import Stay, pacing
from tests.load.processes import Processes, watched
from tests.load.stream import windowed
from tests.load.waiting import say, wait_until_idle
from tests.simulation import generate

_FIRST = date(2026, 10, 1)
_ASKED = datetime(2026, 11, 10, 6, tzinfo=UTC)
_BUDGET = Decimal(1000)
"""US dollars: it is not to end for want of them."""
_PATIENCE = 1800.0


@dataclass(frozen=True)
class Filled:
    """What a back-fill left behind; `commanded` and `read` are seconds since the command was given."""

    limits: Limits
    run: Run
    commanded: float
    read: float
    calls: int
    stays: list[Stay]


def fill(folder: Path, days: int, limits: Limits, window: float) -> tuple[Filled, Processes]:
    """Give the operator's command for so many days, and wait until every paper is read."""
    last = _FIRST + timedelta(days=days - 1)
    world = generate(seed=5, first=_FIRST, last=last)
    with simulated(world, folder, interval=limits.interval, latency=limits.latency) as (stack, sim):
        stack.limit(workers=limits.workers, daily_budget=_BUDGET)
        sim.now = _ASKED
        run = Run(stack, sim, world, _FIRST, last)
        with watched(stack) as processes, windowed(stack, window):
            began = time.monotonic()
            done = stack.command("backfill", "--yes", str(_FIRST), str(last))
            commanded = time.monotonic() - began
            say(f"{commanded:5.0f} s: {done.stdout.strip()}{done.stderr.strip() if done.returncode else ''}")
            wait_until_idle(stack, _PATIENCE)
            read = time.monotonic() - began
        run.editions = {day: published(stack, day) for day in run.days}
        stays = [Stay(one.started, one.ended or one.started) for one in sim.log.exchanges()]
        return Filled(limits, run, commanded, read, len(stack.claude.asked()), stays), processes


def bounds(filled: Filled) -> list[Bound]:
    run, pace, limits = filled.run, pacing(filled.stays), filled.limits
    shown, editions = run.shown, run.editions.values()
    return [
        Bound("seconds until every paper is read", filled.read, limits.longest(pace.requests, filled.calls)),
        Bound("papers lost", len(run.expected - shown.keys()), 0),
        Bound("papers that were not announced", len(shown.keys() - run.expected), 0),
        Bound("papers in two editions", sum(number > 1 for number in shown.values()), 0),
        Bound("papers pending or failed", sum(_open(edition["counts"]) for edition in editions), 0),
        Bound("editions whose counts do not add up", sum(not counts_add_up(edition) for edition in editions), 0),
        Bound("shortest gap between two requests to arXiv", pace.shortest_gap, limits.interval, at_least=True),
        Bound("requests to arXiv before the last one's answer", pace.at_once, 0),
    ]


def _open(counts: dict[str, int]) -> int:
    return counts["pending"] + counts["failed"]


def figures(filled: Filled) -> dict[str, float]:
    pace = pacing(filled.stays)
    return {
        "days": len(filled.run.days),
        "papers": len(filled.run.expected),
        "seconds until the command was over": round(filled.commanded, 1),
        "seconds until every paper was read": round(filled.read, 1),
        "seconds at the least": round(filled.limits.shortest(pace.requests, filled.calls), 1),
        "requests to Claude": filled.calls,
        **pace.figures(),
    }
