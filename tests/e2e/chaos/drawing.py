"""What a day of the random mode is to meet, drawn from its seed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from tests.e2e.chaos.faults import KILLS, OF_MESSAGES, Fault, Harm, Stage
from tests.simulation import Endpoint, FaultKind
from tests.simulation import Fault as ArxivFault

CALLS = {
    Stage.FETCH: (60, 20),
    Stage.SUMMARIZE: (75, 40),
    Stage.ON_DEMAND: (25, 11),
    Stage.AGGREGATE: (170, 45),
    Stage.NOTIFY: (5, 4),
}
"""About how many calls, and how many writes, a stage makes in a day: what a fault is placed in."""
_HARMS = (*sorted(KILLS), Harm.ERROR, Harm.THROTTLED, Harm.SLOW, Harm.CUT, Harm.LOST)
_STAGES = (*[Stage.FETCH] * 3, *[Stage.SUMMARIZE] * 4, *[Stage.AGGREGATE] * 3, Stage.ON_DEMAND, Stage.NOTIFY)
_ARXIV = (
    *(FaultKind.OUTAGE, FaultKind.RATE_LIMITED, FaultKind.UNAVAILABLE, FaultKind.NOT_ACCEPTABLE, FaultKind.NOT_FOUND),
    *(FaultKind.HTML_PAGE, FaultKind.ERROR_ENTRY, FaultKind.REDIRECT, FaultKind.NOT_ACCEPTABLE_WITH_BODY),
    *(FaultKind.STALL, FaultKind.EMPTY_BODY, FaultKind.TRUNCATED, FaultKind.BROKEN_OFF, FaultKind.LATE_ENTRY),
)
_ENDPOINTS = (Endpoint.API, Endpoint.FEED, Endpoint.HTML)
_MOODS = (
    *("overloaded", "rate_limited", "server_error", "lost", "not_json", "slow", "refusal", "empty", "thinking_first"),
    *("truncated", "nonsense", "fenced", "prose_around", "latex_broken", "wrong_numbers", "invented_result"),
    *("english_left", "too_long", "window_exceeded", "no_credit"),
)
DEEDS = ("replay", "fetch_again", "poison", "repeat_messages", "deploy")
_DEED_WEIGHTS = (4, 2, 2, 3, 1)


@dataclass
class Plan:
    """What is planned for a day; not all of it has to fire."""

    faults: list[Fault] = field(default_factory=list)
    arxiv: list[ArxivFault] = field(default_factory=list)
    moods: dict[str, list[str]] = field(default_factory=dict)
    deeds: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Papers that somebody asks for before the first probe."""
    unreadable: str = ""
    in_batches: bool = True
    in_real_time: bool = False


def plan(chance: Random, papers: Sequence[str]) -> Plan:
    """A plan for a day of these papers."""
    found = Plan()
    for _ in range(chance.choice((1, 2, 2, 3))):
        found.faults.append(_fault(chance))
    if chance.random() < 0.3:
        found.faults.append(_of_messages(chance))
    if chance.random() < 0.3:
        found.arxiv.append(_arxiv_fault(chance))
    if chance.random() < 0.4:
        moody = chance.choice(papers)
        found.moods[moody] = chance.sample(_MOODS, k=chance.choice((1, 1, 2)))
    if chance.random() < 0.1:
        found.unreadable = chance.choice([paper for paper in papers if paper not in found.moods])
    if chance.random() < 0.5:
        found.deeds = [chance.choices(DEEDS, _DEED_WEIGHTS)[0]]
    if any(fault.stage is Stage.ON_DEMAND for fault in found.faults) or chance.random() < 0.1:
        found.asked = chance.sample(list(papers), k=2)
    found.in_batches = chance.random() < 0.85
    found.in_real_time = chance.random() < 0.03
    return found


def every_write(number: int, papers: Sequence[str]) -> Plan:
    """The plan of a run of those that kill each stage before, in and after each of its writes, one after the other."""
    place, harm = number // len(KILLS), sorted(KILLS)[number % len(KILLS)]
    faults = [Fault(stage, harm, place, writes=True) for stage in Stage if place < CALLS[stage][1]]
    asked = list(papers[:1]) if place < CALLS[Stage.ON_DEMAND][1] else []
    return Plan(faults, asked=asked)


def writes() -> int:
    """How many runs those are."""
    return len(KILLS) * max(writes for _, writes in CALLS.values())


def _fault(chance: Random) -> Fault:
    """Kills are placed among the writes, everything else among all calls."""
    stage, harm = chance.choice(_STAGES), chance.choice(_HARMS)
    writes = harm in KILLS
    place = chance.randrange(CALLS[stage][writes])
    count = 1 if writes else chance.choice((1, 1, 2, 3))
    return Fault(stage, harm, skip=place, count=count, writes=writes, seconds=chance.choice((0.5, 1.0, 2.0)))


def _of_messages(chance: Random) -> Fault:
    harm = chance.choice(sorted(OF_MESSAGES))
    return Fault(Stage.FETCH, harm, operation="SendMessageBatch", seconds=chance.choice((1.0, 3.0)))


def _arxiv_fault(chance: Random) -> ArxivFault:
    kind, endpoint = chance.choice(_ARXIV), chance.choice(_ENDPOINTS)
    if kind is FaultKind.LATE_ENTRY:
        endpoint = Endpoint.API
    wait = chance.choice((0.0, 0.0, 0.5))
    return ArxivFault(kind, endpoint, count=chance.choice((1, 2, 3)), seconds=wait, retry_after="1")


def clocks(chance: Random) -> dict[Stage, int]:
    """By how many seconds each function's clock is off, on one stack in four; on the others none is."""
    if chance.random() >= 0.25:
        return {}
    return {stage: chance.choice((-60, -30, 30, 60)) for stage in Stage if chance.random() < 0.6}


def seeded(seed: int, *parts: object) -> Random:
    """Chance that depends on these alone."""
    return Random("/".join(map(str, (seed, *parts))))  # noqa: S311 - reproducible, no secret


def described(found: Plan, day: date) -> str:
    faults = [f"{one.stage} {one.harm} after {one.skip} (x{one.count})" for one in found.faults]
    arxiv = [f"{one.endpoint}: {one.kind} (x{one.count})" for one in found.arxiv]
    moods = [f"{paper}: {', '.join(moods)}" for paper, moods in found.moods.items()]
    rest = [*found.deeds, *(f"asked {paper}" for paper in found.asked)]
    rest += [f"unreadable {found.unreadable}"] * bool(found.unreadable)
    rest += ["in real time"] * found.in_real_time + ["record by record"] * (not found.in_batches)
    return f"{day}: {'; '.join([*faults, *arxiv, *moods, *rest])}"
