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


def test_who_gives_up_at_the_end_of_the_line_leaves_no_hole_in_it(make: Any, time: Time) -> None:
    here, there, third = make(), make(), make()
    assert here.enter(1000) == 0
    assert there.enter(5) > 0
    here.leave(answered=time.now)
    answered = time.now
    assert asked(third, time) - answered < INTERVAL + 1.5


def test_who_waits_at_a_held_gate_far_from_its_turn_does_not_look_again_and_again(make: Any, time: Time) -> None:
    here, waiting = make(), [make() for _ in range(3)]
    assert here.enter(1000) == 0
    looks: list[float] = []
    last = waiting[-1]
    assert [gate._line_up(time.now + 1000)[0] for gate in waiting[:2]] == [0, 0]
    before(last._table.meta.client, "GetItem", lambda _: looks.append(time.now), times=1000)
    assert last.enter(12) > 0
    assert sum(look < EPOCH + 3 * INTERVAL - 1 for look in looks) < 10


def test_a_turn_that_somebody_took_first_is_not_taken_twice(make: Any, table: "Table", time: Time) -> None:
    here, there = make(), make()
    taken: list[float] = []
    before(here._table.meta.client, "UpdateItem", lambda _: taken.append(asked(there, time)))
    began = asked(here, time)
    assert began - taken[0] >= INTERVAL


def test_a_claim_whose_answer_was_lost_is_recognised(make: Any, time: Time) -> None:
    gate = make()
    claim = gate._claim

    def lost(item: Any) -> Any:
        claim(item)
        return claim(item)  # as the SDK does where no answer came

    gate._claim = lost
    assert gate.enter(10) == 0
    assert time.now - EPOCH < 1


def test_a_claim_whose_answer_came_late_is_not_begun_with(make: Any, time: Time) -> None:
    late, other = make(), make()
    claim = late._claim

    def slow(item: Any) -> Any:
        claimed = claim(item)
        time.now += LEASE_SECONDS - 2
        return claimed

    late._claim = slow
    assert late.enter(1) > 0
    assert other.enter(10) == 0


def test_who_comes_while_others_wait_is_told_how_long_their_line_is(make: Any, time: Time) -> None:
    gates = [make() for _ in range(4)]
    assert gates[0].enter(1000) == 0
    for gate in gates[1:3]:  # they line up, and are killed while they wait
        gate._sleep = killed
        with pytest.raises(Killed):
            gate.enter(1000)
    told = gates[3].enter(2 * INTERVAL)
    assert 3 * INTERVAL <= told <= 3 * INTERVAL + 1


def test_the_places_of_those_who_were_killed_in_the_line_pass(make: Any, time: Time) -> None:
    killed_one, other = make(), make()
    asked(other, time)
    killed_one._sleep = killed
    with pytest.raises(Killed):
        killed_one.enter(1000)
    began = asked(other, time)
    assert began - EPOCH <= 2 * INTERVAL + 1.1


def test_a_turn_costs_few_calls_however_long_one_waits_for_it(make: Any, time: Time) -> None:
    gate = make()
    for _ in range(20):
        asked(gate, time)  # by then it knows the time
    calls = calls_of(gate)
    gates = [make() for _ in range(10)]
    for waiting in gates:
        waiting._sleep = killed
        with pytest.raises(Killed):
            waiting.enter(1000)
    asked(gate, time)
    assert calls == ["GetItem", "UpdateItem", "UpdateItem", "UpdateItem"]


def test_without_an_interval_a_free_gate_costs_two_calls_and_a_held_one_a_try_at_a_time(make: Any, time: Time) -> None:
    gate, other = make(interval=0), make(interval=0)
    asked(gate, time)
    calls = calls_of(gate)
    asked(gate, time)
    assert calls == ["UpdateItem"] * 2
    assert other.enter(1000) == 0
    held = time.now
    assert gate.enter(1.0) > 0
    assert set(calls) == {"UpdateItem"}
    assert len(calls) < 20
    assert 0.8 < time.now - held <= 1.0


def test_a_line_that_became_later_after_one_took_its_place_is_not_jumped(make: Any, time: Time) -> None:
    slow, first, waiting = make(), make(), make()
    assert slow.enter(1000) == 0
    assert first._line_up(time.now + 1000)[0] == 0
    began, line_up = time.now, waiting._line_up

    def overtaken(given_up: float) -> Any:
        found = line_up(given_up)
        time.now += 20
        slow.leave(answered=began)
        time.now += INTERVAL / 2  # the gate is free by now, and the first one's
        return found

    waiting._line_up = overtaken
    assert waiting.enter(1000) == 0
    assert time.now - began >= 20 + INTERVAL


def calls_of(gate: ArxivGate) -> list[str]:
    """The names of its calls from now on."""
    calls = list[str]()
    gate._table.meta.client.meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    return calls


def test_a_turn_that_lasts_moves_the_line_behind_it(make: Any, time: Time) -> None:
    slow, waiting, other = make(), make(), make()
    assert slow.enter(1000) == 0
    began = time.now
    waiting._sleep = killed
    with pytest.raises(Killed):
        waiting.enter(1000)
    time.now += 20
    slow.leave(answered=began)
    assert INTERVAL <= other.enter(0) <= INTERVAL + 1


def test_what_makes_a_line_late_is_counted_once(make: Any, time: Time) -> None:
    """Each of those in it comes late then, though none of them lasts."""
    slow, *waiting = [make() for _ in range(4)]
    assert slow.enter(1000) == 0
    began = time.now
    lined_up = list[float]()
    for gate in waiting:
        gate._sleep = killed
        with pytest.raises(Killed):
            gate.enter(1000)
        gate._sleep = time.sleep
        gate._line_up = lambda _: (0.0, {})  # it has its place
    time.now += 20
    slow.leave(answered=began)
    for gate in waiting:
        lined_up.append(asked(gate, time))
    assert make().enter(0) <= INTERVAL + 1.1
    assert [later - earlier for earlier, later in pairwise(lined_up)] == pytest.approx([INTERVAL] * 2, abs=1.1)


class Killed(Exception):
    """What ends a function while it sleeps."""


def killed(_: float) -> None:
    raise Killed


class TestTheServicesClock:
    """A process that began at some moment of another clock, and asks without losing time on the way."""

    def asks(self, clock: ServiceClock, time: Time, ahead: float = 0.0) -> None:
        own = time.now - 500
        clock.learn(formatdate(time.now + ahead, usegmt=True), own, own)

    def test_one_answer_tells_it_to_a_second(self, time: Time) -> None:
        clock = ServiceClock(time.machine(500))
        self.asks(clock, time)
        assert clock.earliest() <= time.now <= clock.latest()
        assert clock.latest() - clock.earliest() == pytest.approx(1)

    def test_more_answers_tell_it_better(self, time: Time) -> None:
        clock = ServiceClock(time.machine(500))
        for _ in range(20):
            self.asks(clock, time)
            time.now += 0.37
            assert clock.earliest() <= time.now <= clock.latest()
        assert clock.latest() - clock.earliest() < 0.1

    def test_what_many_answers_told_is_known_in_the_next_minute(self, time: Time) -> None:
        clock = ServiceClock(time.machine(500))
        for number in range(200):
            self.asks(clock, time)
            time.now += 0.37
            assert number < 20 or clock.latest() - clock.earliest() < 0.1

    def test_what_was_learned_long_ago_is_forgotten(self, time: Time) -> None:
        clock = ServiceClock(time.machine(500))
        for _ in range(20):
            self.asks(clock, time)
            time.now += 0.37
        time.now += 120
        self.asks(clock, time)
        assert clock.latest() - clock.earliest() == pytest.approx(1)

    @pytest.mark.parametrize("jump", [3600, -3600])
    def test_a_clock_that_jumped_is_learned_anew(self, time: Time, jump: float) -> None:
        clock = ServiceClock(time.machine(500))
        for _ in range(100):
            self.asks(clock, time)
            time.now += 0.37
        self.asks(clock, time, ahead=jump)
        assert clock.earliest() == pytest.approx(time.now + jump, abs=1)

    def test_before_the_first_answer_nothing_is_known(self, time: Time) -> None:
        with pytest.raises(RuntimeError):
            ServiceClock(time.machine(0)).earliest()
