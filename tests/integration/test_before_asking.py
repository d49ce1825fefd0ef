from typing import TYPE_CHECKING

import pytest

from arxiv_daily.models import BudgetDay, ModelGate, PaperRef
from arxiv_daily.store.before_asking import BeforeAsking
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily.store.calls import CallStore
from arxiv_daily.store.model_gate import TRIAL_EVERY, ModelGateStore
from arxiv_daily.store.papers import PaperStore
from tests.examples import DAY, NOW, a_paper
from tests.integration.fakes import a_reply

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER, HASH, REASON = "2602.10934", "5f" * 32, "Claude 额度已用尽（HTTP 402）"


def test_where_nothing_else_is_stored_the_gate_is_open_and_nothing_was_spent_or_answered(
    table: "Table", papers: PaperStore
) -> None:
    before, version = BeforeAsking(table), papers.add(a_paper(PAPER))
    assert before.paper_gate_and_budget(version.paper.ref, DAY) == (version, ModelGate(), BudgetDay(date=DAY))
    assert before.reply_and_gate(PAPER, HASH) == (None, ModelGate())


def test_a_version_that_was_never_stored_is_named_in_the_error(table: "Table") -> None:
    with pytest.raises(KeyError, match=r"2602\.10934v3 is not in the table"):
        BeforeAsking(table).paper_gate_and_budget(PaperRef(paper_id=PAPER, version=3), DAY)


def test_each_is_what_its_own_store_says(
    table: "Table", papers: PaperStore, calls: CallStore, gate: ModelGateStore
) -> None:
    before, budget = BeforeAsking(table), BudgetStore(table)
    version = papers.add(a_paper(PAPER))
    call = calls.reserve(version.paper.ref, HASH, Reservation(DAY, 1000, 5000))
    assert call
    calls.keep(call, a_reply(), 200, NOW)
    calls.settle(call, a_reply().usage, 200)
    gate.close(REASON, NOW)
    other = PaperRef(paper_id="2602.00001", version=1)
    budget.await_turn(DAY, [version.paper.ref, other])
    closed = ModelGate(closed=REASON, until=NOW + TRIAL_EVERY, rev=1)
    assert before.paper_gate_and_budget(version.paper.ref, DAY) == (version, closed, budget.state(DAY, besides=other))
    assert (budget.state(DAY).spent, budget.state(DAY, besides=other).waiting, budget.state(DAY).waiting) == (200, 1, 2)
    assert before.reply_and_gate(PAPER, HASH) == (a_reply(), closed)
