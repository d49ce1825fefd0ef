"""The random mode: days on a running stack, each with what its seed says, and what was counted of them."""

import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.e2e.chaos import deeds, drawing
from tests.e2e.chaos.days import Conduct, Hangs, end, settle
from tests.e2e.chaos.drawing import Plan
from tests.e2e.chaos.faults import Fired, Stage
from tests.e2e.chaos.invariants import Expected, Verdict
from tests.e2e.chaos.stack import Chaos, chaos, surroundings
from tests.e2e.chaos.world import mailing_days, world_of
from tests.simulation import Endpoint

RUNS_PER_STACK = 10
_IN_A_LINE, _INTERVAL = 3, 0.05
"""On every third stack arXiv is asked in a line, so many seconds apart; on the others as fast as it answers."""

_STAGES = {Endpoint.HTML: Stage.SUMMARIZE, Endpoint.PDF: Stage.SUMMARIZE}
"""Who asks arXiv at an endpoint; fetch, where none is named."""


@dataclass
class Outcome:
    """One run: what was planned, what fired, and what was found at its end."""

    number: int
    planned: str
    verdict: Verdict
    fired: list[Fired] = field(default_factory=list)
    seconds: float = 0.0


def runs_of_stack(seed: int, stack: int, runs: int, *, every_write: bool = False) -> Iterator[Outcome]:
    """So many runs on a fresh stack, the `stack`-th of a seed; it ends with the first in which a promise is broken.

    `every_write` kills at each write in turn, instead of what the seed says.
    """
    days = mailing_days(date.today() + timedelta(days=1), RUNS_PER_STACK + 1)  # noqa: DTZ011 - notices are of these days
    world = world_of(days, seed * 1000 + stack)
    skewed = {} if every_write else drawing.clocks(drawing.seeded(seed, "stack", stack))
    with (
        tempfile.TemporaryDirectory() as folder,
        surroundings(world, Path(folder)) as around,
        chaos(around, skewed=skewed, interval=0.0 if stack % _IN_A_LINE else _INTERVAL) as running,
    ):
        for place, day in enumerate(days[:runs]):
            number = stack * RUNS_PER_STACK + place
            papers = frozenset(world.expected(day, day))
            if every_write:
                plan = drawing.every_write(number, sorted(papers))
            else:
                plan = drawing.plan(drawing.seeded(seed, "run", number), sorted(papers))
            found = _run(running, number, day, papers, plan)
            yield found
            if found.verdict.broken:
                return


def _run(running: Chaos, number: int, day: date, papers: frozenset[str], plan: Plan) -> Outcome:
    began = time.monotonic()
    expected = Expected(
        day,
        papers,
        unreadable=frozenset({plan.unreadable} - {""}),
        garbage=frozenset({deeds.GARBAGE}),
    )
    found = Outcome(number, drawing.described(plan, day), Verdict())
    running.orders.fired.clear()
    asked = len(running.stack.claude.asked())
    _order(running, plan)
    conduct = Conduct(
        running,
        expected,
        before=lambda: deeds.ask(running, plan.asked),
        between=lambda: _do(running, plan, expected, number),
        in_batches=plan.in_batches,
        in_real_time=plan.in_real_time and not running.skewed,
    )
    try:
        conduct.drive()
        found.verdict = end(running, expected)
    except (Hangs, AssertionError) as error:
        found.verdict.broken.append(f"4: {error}")
    except Exception as error:  # noqa: BLE001  # a day that cannot be judged has not held
        found.verdict.broken.append("".join(traceback.format_exception(error)))
    found.fired = [*running.orders.fired, *_fired_elsewhere(running, plan, asked)]
    _take_back(running, plan)
    found.seconds = time.monotonic() - began
    return found


def _order(running: Chaos, plan: Plan) -> None:
    running.orders.clear()
    running.orders.add(*plan.faults)
    running.arxiv.faults.add(*plan.arxiv)
    for paper, moods in plan.moods.items():
        running.stack.claude.take_on(paper, *moods)
    if plan.unreadable:
        running.stack.claude.take_on(plan.unreadable, "always:refusal")


def _take_back(running: Chaos, plan: Plan) -> None:
    running.orders.clear()
    running.arxiv.faults.clear()
    for paper in [*plan.moods, *([plan.unreadable] if plan.unreadable else [])]:
        running.stack.claude.take_on(paper, "clear")


def _do(running: Chaos, plan: Plan, expected: Expected, number: int) -> None:
    for deed in plan.deeds:
        match deed:
            case "replay":
                settle(running)
                deeds.replay(running, expected.day, at_once=2)
            case "fetch_again":
                deeds.fetch_again(running)
            case "poison":
                deeds.poison(running)
            case "repeat_messages":
                deeds.repeat_messages(running, expected.day, sorted(expected.papers))
            case "deploy":
                deeds.deploy(running, number)


def _fired_elsewhere(running: Chaos, plan: Plan, asked: int) -> Iterator[Fired]:
    """What arXiv and Claude did, and the clocks that were off."""
    left = Counter[str]()
    for fault in running.arxiv.faults.left:
        left[fault.kind] += fault.count or 0
    for fault in plan.arxiv:
        stage = _STAGES.get(fault.endpoint, Stage.FETCH) if fault.endpoint else Stage.FETCH
        for _ in range((fault.count or 0) - left[fault.kind]):
            yield Fired(stage, f"arXiv: {fault.kind}", str(fault.endpoint))
    for request in running.stack.claude.asked()[asked:]:
        if request["mood"]:
            yield Fired(Stage.SUMMARIZE, f"Claude: {request['mood']}", "Messages")
    for skewed, seconds in running.skewed.items():
        if running.orders.calls(skewed, writes=False):
            yield Fired(skewed, "a clock that is off by up to a minute", f"{seconds:+} s")


def say(outcome: Outcome) -> None:
    held = "BROKEN" if outcome.verdict.broken else "holds"
    lines = [f"{outcome.number:4} {outcome.seconds:5.1f} s {len(outcome.fired):2} faults {held}  {outcome.planned}"]
    lines += [f"       {one}" for one in outcome.verdict.broken]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
