"""Planting, asking the checks, and counting."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Any, Protocol

from arxiv_daily.digests.faults import Fault
from tests.evaluation.case import Case, near
from tests.evaluation.planting import Planted, Planter
from tests.evaluation.rewriting import Rewriter

Judge = Callable[[Case], tuple[Fault, ...]]


class Asking(Protocol):
    """The built-in map, or that of a pool of processes."""

    def __call__(self, function: Callable[[Any], Any], among: Iterable[Any], /) -> Iterable[Any]: ...


MOST_SEEDS = 60
"""For the planters of afterwards.py, until they have planted their third."""


@dataclass(frozen=True)
class Trial:
    """One planted fault; case, planter and seed plant it again."""

    case: Case
    planter: str
    seed: int
    planted: Planted
    is_later: bool = False
    caught_by: tuple[Fault, ...] = ()

    @property
    def is_caught(self) -> bool:
        return bool(self.caught_by)


@dataclass(frozen=True)
class Reading:
    """A faithful digest, as it was written or rewritten, and the false alarms in it."""

    case: Case
    rewriter: str = ""
    alarms: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Measured:
    trials: tuple[Trial, ...]
    readings: tuple[Reading, ...]


def measure(trials: Iterable[Trial], readings: Iterable[Reading], judge: Judge, ask: Asking = map) -> Measured:
    """Ask the checks about every planted fault and every faithful digest; `ask` maps, in one process or in several."""
    return Measured(
        tuple(ask(partial(_tried, judge), trials)),
        tuple(ask(partial(_read, judge), readings)),
    )


def _tried(judge: Judge, trial: Trial) -> Trial:
    return replace(trial, caught_by=caught_by(trial, judge))


def _read(judge: Judge, reading: Reading) -> Reading:
    return replace(reading, alarms=judge(reading.case))


def planted_faults(
    cases: Sequence[Case], before: Sequence[Planter], later: Sequence[Planter], seeds: int
) -> list[Trial]:
    """The planters of before with so many seeds each, those of later in whole rounds until a third is theirs."""
    earlier = list(plantings(cases, before, range(seeds)))
    wanted = -(-len(earlier) // 2)
    others: list[Trial] = []
    for trial in plantings(cases, later, range(MOST_SEEDS)):
        if len(others) >= wanted and trial.seed != others[-1].seed:
            break
        others.append(trial)
    return [*earlier, *(replace(trial, is_later=True) for trial in others)]


def plantings(cases: Sequence[Case], planters: Sequence[Planter], seeds: Iterable[int]) -> Iterator[Trial]:
    """Every planter in every case, seed after seed; what was planted before is not planted again."""
    known: set[tuple[str, str, str]] = set()
    for seed in seeds:
        for planter in planters:
            for case in cases:
                planted = planter(case, Random(f"{case.name}/{planter.__name__}/{seed}"))  # noqa: S311  # it has to repeat
                if planted is None:
                    continue
                same = (case.name, planter.__name__, planted.case.reply.model_dump_json())
                if same not in known:
                    known.add(same)
                    yield Trial(case, planter.__name__, seed, planted)


def caught_by(trial: Trial, judge: Judge) -> tuple[Fault, ...]:
    """Faults at a planted field, which the faithful digest of the same paper and text does not have."""
    without = set(judge(replace(trial.planted.case, reply=trial.case.reply)))
    return tuple(
        fault
        for fault in judge(trial.planted.case)
        if fault not in without and any(near(fault.where, path) for path in trial.planted.where)
    )


def rewritten(cases: Sequence[Case], rewriters: Sequence[Rewriter]) -> Iterator[Reading]:
    """The faithful digests, and each rewriting that changes something."""
    for case in cases:
        yield Reading(case)
        for rewriter in rewriters:
            other = rewriter(case)
            if other != case:
                yield Reading(other, rewriter.__name__)
