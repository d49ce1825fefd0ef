from typing import TYPE_CHECKING

from arxiv_daily.models import BudgetDay, ModelGate
from arxiv_daily.store.before_asking import BeforeAsking
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily.store.calls import CallStore
from arxiv_daily.store.model_gate import TRIAL_EVERY, ModelGateStore
from tests.examples import DAY, NOW
from tests.integration.fakes import a_reply

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER, HASH, REASON = "2602.10934", "5f" * 32, "Claude 额度已用尽（HTTP 402）"


def test_where_nothing_is_stored_the_gate_is_open_and_nothing_was_spent_or_answered(table: "Table") -> None:
    before = BeforeAsking(table)
    assert before.gate_and_budget(DAY) == (ModelGate(), BudgetDay(date=DAY))
    assert before.reply_and_gate(PAPER, HASH) == (None, ModelGate())


def test_each_is_what_its_own_store_says(table: "Table", calls: CallStore, gate: ModelGateStore) -> None:
    before, budget = BeforeAsking(table), BudgetStore(table)
    call = calls.reserve(PAPER, HASH, Reservation(DAY, 1000, 5000))
    assert call
    calls.answer(call, a_reply(), 200, NOW)
    gate.close(REASON, NOW)
    closed = ModelGate(closed=REASON, until=NOW + TRIAL_EVERY, rev=1)
    assert before.gate_and_budget(DAY) == (closed, budget.state(DAY))
    assert budget.state(DAY).spent == 200
    assert before.reply_and_gate(PAPER, HASH) == (a_reply(), closed)
