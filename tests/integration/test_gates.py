"""One request at a time over all functions, whatever their clocks say."""

from collections.abc import Mapping
from datetime import timedelta
from email.utils import formatdate
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from arxiv_daily.store.clock import ServiceClock
from arxiv_daily.store.gates import LEASE_SECONDS, ArxivGate
from arxiv_daily.store.table import connect
from tests.integration.fakes import before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

INTERVAL = 3.0
EPOCH = 1_800_000_000.25


class Time:
    """The one time that passes for everybody; sleeping is what makes it pass."""

    def __init__(self) -> None:
        self.now = EPOCH

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += max(seconds, 0.001)

    def machine(self, offset: float) -> Any:
        """A monotonic clock that began at some other moment."""
        return lambda: self.now - offset


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def make(table: "Table", time: Time) -> Any:
    """A function's gate; DynamoDB's answers tell the common time, in whole seconds."""

    def gate(offset: float = 0.0, interval: float = INTERVAL) -> ArxivGate:
        own = connect(table.name)

        def dated(parsed: Mapping[str, Any], **_: object) -> None:
            parsed["ResponseMetadata"]["HTTPHeaders"]["date"] = formatdate(time.now, usegmt=True)

        own.meta.client.meta.events.register("after-call.dynamodb", dated)
        return ArxivGate(own, timedelta(seconds=interval), sleep=time.sleep, monotonic=time.machine(offset))

    return gate


def asked(gate: ArxivGate, time: Time, offset: float = 0.0, *, lasting: float = 0.0) -> float:
    """Make a request through the gate; when it began, by the common time."""
    assert gate.enter(1000) == 0
    began = time.now
    time.now += lasting
    gate.leave(answered=began - offset)
    return began


def test_the_first_turn_is_at_once(make: Any, time: Time) -> None:
    assert asked(make(), time) - EPOCH < 0.01


def test_turns_are_an_interval_apart_and_soon_hardly_more(make: Any, time: Time) -> None:
    gate = make()
    gaps = [later - earlier for earlier, later in pairwise(asked(gate, time) for _ in range(30))]
    assert min(gaps) >= INTERVAL
    assert sum(gaps[10:]) / len(gaps[10:]) < INTERVAL + 0.2


def test_without_an_interval_the_next_turn_is_at_once_although_nobody_knows_the_time(make: Any, time: Time) -> None:
    for number in range(5):
        asked(make(number, interval=0), time, number)
    assert time.now - EPOCH < 0.01


def test_without_an_interval_a_pause_that_arxiv_asks_for_is_kept(make: Any, time: Time) -> None:
    gate = make(interval=0)
    assert gate.enter(1000) == 0
    gate.leave(answered=time.now, pause=7.0)
    assert asked(gate, time) - EPOCH >= 7


@pytest.mark.parametrize("offset", [60.0, -60.0, 12_345.678])
def test_functions_whose_clocks_disagree_share_the_turns(make: Any, time: Time, offset: float) -> None:
    here, there = make(), make(offset)
    turns = [asked(here, time) if number % 2 else asked(there, time, offset) for number in range(12)]
    assert all(later - earlier >= INTERVAL for earlier, later in pairwise(turns))


def test_nobody_enters_until_the_answer_has_ended(make: Any, time: Time) -> None:
    here, there = make(), make()
    assert here.enter(1000) == 0
    began = time.now
    assert there.enter(10) > 0
    time.now += 5
    here.leave(answered=began)
    assert there.enter(10) == 0


def test_a_long_answer_costs_no_further_interval(make: Any, time: Time) -> None:
    gate = make()
    began = asked(gate, time, lasting=20)
    assert asked(gate, time) - began < 22


def test_a_holder_that_was_killed_closes_the_gate_for_its_lease_alone(make: Any, time: Time) -> None:
    killed, other = make(), make()
    assert killed.enter(1000) == 0
    assert other.enter(LEASE_SECONDS - 5) > 0
    assert other.enter(10) == 0
    assert time.now - EPOCH < LEASE_SECONDS + 10


def test_one_that_was_only_slow_does_not_open_the_gate_for_its_successor(make: Any, time: Time) -> None:
    slow, other, third = make(), make(), make()
    assert slow.enter(1000) == 0
    time.now += LEASE_SECONDS + 5
    assert other.enter(10) == 0
    slow.leave(answered=time.now)
    assert third.enter(5) > 0


def test_a_pause_that_arxiv_asks_for_is_everybodys(make: Any, time: Time) -> None:
    here, there = make(), make()
    assert here.enter(1000) == 0
    here.leave(answered=time.now, pause=120)
    told = there.enter(20)
    assert 119 <= told <= 122
    assert there.enter(1000) == 0
    assert time.now - EPOCH >= 120


def test_who_has_no_patience_left_does_not_hold_the_gate(make: Any, time: Time) -> None:
    here, there = make(), make()
    assert here.enter(1000) == 0
    assert there.enter(0) > 0
    here.leave(answered=time.now)
    assert asked(there, time)


def test_a_turn_that_somebody_took_first_is_not_taken_twice(make: Any, table: "Table", time: Time) -> None:
    here, there = make(), make()
    taken: list[float] = []
    before(here._table.meta.client, "UpdateItem", lambda _: taken.append(asked(there, time)))
    began = asked(here, time)
    assert began - taken[0] >= INTERVAL


def test_a_claim_whose_answer_was_lost_is_recognised(make: Any, time: Time) -> None:
    gate = make()
    claim = gate._claim

    def lost(item: Any) -> bool:
        claim(item)
        return False

    gate._claim = lost
    assert gate.enter(10) == 0
    assert time.now - EPOCH < 1


def test_a_claim_whose_answer_came_late_is_not_begun_with(make: Any, time: Time) -> None:
    late, other = make(), make()
    claim = late._claim

    def slow(item: Any) -> bool:
        done = bool(claim(item))
        time.now += LEASE_SECONDS - 2
        return done

    late._claim = slow
    assert late.enter(1) > 0
    assert other.enter(10) == 0


class TestTheServicesClock:
    def answer(self, second: float) -> dict[str, Any]:
        return {"ResponseMetadata": {"HTTPHeaders": {"date": formatdate(second, usegmt=True)}}}

    def test_one_answer_tells_it_to_a_second(self, time: Time) -> None:
        clock = ServiceClock(time.machine(500))
        clock.timed(lambda: self.answer(time.now))
        assert clock.earliest() <= time.now <= clock.latest()
        assert clock.latest() - clock.earliest() == pytest.approx(1)

    def test_more_answers_tell_it_better(self, time: Time) -> None:
        clock = ServiceClock(time.machine(500))
        for _ in range(20):
            clock.timed(lambda: self.answer(time.now))
            time.now += 0.37
            assert clock.earliest() <= time.now <= clock.latest()
        assert clock.latest() - clock.earliest() < 0.1

    def test_a_clock_that_jumped_is_learned_anew(self, time: Time) -> None:
        clock = ServiceClock(time.machine(500))
        clock.timed(lambda: self.answer(time.now))
        clock.timed(lambda: self.answer(time.now + 3600))
        assert clock.earliest() == pytest.approx(time.now + 3600, abs=1)

    def test_before_the_first_answer_nothing_is_known(self, time: Time) -> None:
        with pytest.raises(RuntimeError):
            ServiceClock(time.machine(0)).earliest()
