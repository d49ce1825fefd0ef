from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from arxiv_daily.store.gates import ArxivGate
from arxiv_daily.store.table import connect
from tests.examples import NOW
from tests.integration.fakes import before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

INTERVAL = timedelta(seconds=3)


@pytest.fixture
def gate(table: "Table") -> ArxivGate:
    return ArxivGate(table, INTERVAL)


def test_the_first_turn_is_now(gate: ArxivGate) -> None:
    assert gate.turn(NOW) == NOW


def test_a_turn_asked_for_at_once_comes_an_interval_later(gate: ArxivGate) -> None:
    assert [gate.turn(NOW) for _ in range(3)] == [NOW, NOW + INTERVAL, NOW + 2 * INTERVAL]


def test_a_turn_asked_for_after_the_interval_is_now(gate: ArxivGate) -> None:
    gate.turn(NOW)
    later = NOW + timedelta(minutes=5)
    assert gate.turn(later) == later


@pytest.mark.parametrize("microsecond", [0, 1, 400, 499, 500, 999_999])
def test_turns_are_never_closer_than_the_interval(gate: ArxivGate, microsecond: int) -> None:
    now = NOW.replace(microsecond=microsecond)
    turns = [gate.turn(now) for _ in range(3)]
    assert all(second - first >= INTERVAL for first, second in pairwise(turns))


def test_two_gates_over_one_table_share_its_turns(gate: ArxivGate, table: "Table") -> None:
    other = ArxivGate(connect(table.name), INTERVAL)
    turns = [(gate, other)[number % 2].turn(NOW + timedelta(seconds=number)) for number in range(6)]
    assert all(second - first >= INTERVAL for first, second in pairwise(turns))


@pytest.mark.parametrize("used", [False, True], ids=["first turn ever", "later turn"])
def test_a_turn_that_somebody_took_first_is_not_given_twice(gate: ArxivGate, table: "Table", used: bool) -> None:
    if used:
        gate.turn(NOW - timedelta(hours=1))
    taken = []
    other = ArxivGate(connect(table.name), INTERVAL)
    before(table.meta.client, "UpdateItem", lambda _: taken.append(other.turn(NOW)))
    assert gate.turn(NOW) == NOW + INTERVAL
    assert taken == [NOW]
