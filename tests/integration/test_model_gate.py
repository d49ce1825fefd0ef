from datetime import timedelta
from typing import TYPE_CHECKING

from arxiv_daily.models import ModelGate
from arxiv_daily.store.model_gate import TRIAL_EVERY, ModelGateStore
from arxiv_daily.store.table import connect
from tests.examples import NOW
from tests.integration.fakes import before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

REASON = "Claude 额度已用尽（HTTP 402）"
LATER = NOW + TRIAL_EVERY


def test_a_gate_that_nobody_closed_is_open(gate: ModelGateStore) -> None:
    assert gate.state() == gate.enter(gate.state(), NOW) == ModelGate()


def test_a_closed_gate_says_why_and_until_when(gate: ModelGateStore) -> None:
    assert gate.close(REASON, NOW)
    assert gate.state() == ModelGate(closed=REASON, until=LATER, rev=1)
    assert gate.enter(gate.state(), LATER - timedelta(seconds=1)) == gate.state()


def test_closing_it_again_for_the_same_reason_changes_nothing(gate: ModelGateStore) -> None:
    gate.close(REASON, NOW)
    assert not gate.close(REASON, NOW + timedelta(minutes=1))
    assert gate.state() == ModelGate(closed=REASON, until=LATER, rev=1)


def test_another_reason_is_news(gate: ModelGateStore) -> None:
    gate.close(REASON, NOW)
    assert gate.close("Claude 的密钥无效（HTTP 401）", NOW)
    assert gate.state().rev == 2


def test_after_a_while_one_worker_is_let_through_to_try(gate: ModelGateStore) -> None:
    gate.close(REASON, NOW)
    assert gate.enter(gate.state(), LATER) == ModelGate(closed=REASON, until=LATER, rev=1)
    assert gate.enter(gate.state(), LATER) == ModelGate(closed=REASON, until=LATER + TRIAL_EVERY, rev=1)


def test_a_trial_that_was_taken_by_a_write_whose_answer_was_lost_is_taken(gate: ModelGateStore, table: "Table") -> None:
    gate.close(REASON, NOW)
    again = connect(table.name).meta.client
    before(table.meta.client, "UpdateItem", lambda wanted: again.update_item(**wanted))
    assert gate.enter(gate.state(), LATER).until == LATER


def test_of_two_who_saw_the_same_gate_one_is_let_through(gate: ModelGateStore) -> None:
    gate.close(REASON, NOW)
    seen, a_moment_later = gate.state(), LATER + timedelta(milliseconds=1)
    assert gate.enter(seen, LATER).until == LATER
    assert gate.enter(seen, a_moment_later).until == LATER + TRIAL_EVERY


def test_opening_lets_everybody_through_and_counts_once(gate: ModelGateStore) -> None:
    gate.close(REASON, NOW)
    assert gate.open()
    assert not gate.open()
    assert gate.enter(gate.state(), NOW) == ModelGate(rev=2)
