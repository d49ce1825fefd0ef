from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from arxiv_daily.models import BudgetDay, PaperRef, Reply
from arxiv_daily.store.before_asking import BeforeAsking
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily.store.calls import KEPT_FOR, Call, CallStore
from arxiv_daily.store.table import call_key
from tests.examples import DAY, NOW
from tests.integration.fakes import Killed, a_reply, before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER, HASH = "2602.10934", "5f" * 32
COST = 200


def stored(table: "Table") -> dict[str, Any]:
    return dict(table.get_item(Key=call_key(PAPER, HASH))["Item"])


def asked_before(table: "Table", paper_id: str, request_hash: str) -> Reply | None:
    return BeforeAsking(table).reply_and_gate(paper_id, request_hash)[0]


def reserved(calls: CallStore, paper_id: str = PAPER, request_hash: str = HASH) -> Call:
    call = calls.reserve(PaperRef(paper_id=paper_id, version=1), request_hash, Reservation(DAY, 1000, 5000))
    assert call
    return call


def answered(calls: CallStore, call: Call, reply: Reply | None = None) -> None:
    reply = reply or a_reply()
    calls.keep(call, reply, COST, NOW)
    calls.settle(call, reply.usage, COST)


def test_a_request_that_was_never_sent_has_no_reply(calls: CallStore, table: "Table") -> None:
    assert asked_before(table, PAPER, HASH) is None


def test_a_request_that_was_only_reserved_has_no_reply(calls: CallStore, table: "Table") -> None:
    reserved(calls)
    assert asked_before(table, PAPER, HASH) is None


def test_a_request_that_the_day_cannot_pay_for_is_not_granted(calls: CallStore) -> None:
    assert calls.reserve(PaperRef(paper_id=PAPER, version=1), HASH, Reservation(DAY, 1000, 999)) is None


def test_an_answer_comes_back_as_it_was(calls: CallStore, table: "Table") -> None:
    reply = a_reply('{"translation": "…', stop_reason="max_tokens")
    answered(calls, reserved(calls), reply)
    assert asked_before(table, PAPER, HASH) == reply


def test_an_answer_without_text_is_an_answer(calls: CallStore, table: "Table") -> None:
    answered(calls, reserved(calls), a_reply("", stop_reason="refusal"))
    assert asked_before(table, PAPER, HASH) == a_reply("", stop_reason="refusal")


def test_an_answer_belongs_to_its_paper_and_its_request(calls: CallStore, table: "Table") -> None:
    answered(calls, reserved(calls))
    assert asked_before(table, PAPER, "00" * 32) is None
    assert asked_before(table, "2602.00001", HASH) is None


def test_an_answer_is_kept_for_thirty_days_with_what_it_cost(
    calls: CallStore, table: "Table", resources: dict[str, Any]
) -> None:
    answered(calls, reserved(calls))
    expiry = resources["Table"]["TimeToLiveSpecification"]["AttributeName"]
    assert stored(table)[expiry] == (NOW + KEPT_FOR).timestamp()
    assert stored(table)["cost"] == COST
    assert timedelta(days=30) == KEPT_FOR


def test_an_answer_is_counted_on_its_day(calls: CallStore, budget: BudgetStore) -> None:
    reply = a_reply()
    answered(calls, reserved(calls), reply)
    tokens = {"input_tokens": reply.usage.input_tokens, "output_tokens": reply.usage.output_tokens}
    assert budget.state(DAY) == BudgetDay(date=DAY, committed=COST, spent=COST, calls=1, papers=1, **tokens)


def test_the_same_answer_twice_is_counted_once(calls: CallStore, budget: BudgetStore) -> None:
    call = reserved(calls)
    for _ in range(2):
        answered(calls, call)
    assert (budget.state(DAY).spent, budget.state(DAY).committed, budget.state(DAY).calls) == (COST, COST, 1)


def test_two_workers_that_bought_the_same_answer_have_both_paid(calls: CallStore, budget: BudgetStore) -> None:
    first, second = reserved(calls), reserved(calls)
    for call in (second, first):
        answered(calls, call)
    assert (budget.state(DAY).spent, budget.state(DAY).calls) == (2 * COST, 2)


def test_a_refused_request_costs_nothing(calls: CallStore, budget: BudgetStore) -> None:
    calls.release(reserved(calls))
    assert budget.state(DAY) == BudgetDay(date=DAY)


class TestKilled:
    """The day never commits less than what was really spent."""

    def test_before_the_answer(self, calls: CallStore, budget: BudgetStore) -> None:
        reserved(calls)
        assert budget.state(DAY) == BudgetDay(date=DAY, committed=1000, unsettled=1)

    @pytest.mark.parametrize(("steps", "is_kept"), [(1, False), (2, True)])
    def test_before_each_write_of_the_answer(
        self, calls: CallStore, budget: BudgetStore, table: "Table", steps: int, is_kept: bool
    ) -> None:
        call = reserved(calls)
        dies_at(table, steps)
        with pytest.raises(Killed):
            answered(calls, call)
        assert (asked_before(table, PAPER, HASH) is not None) == is_kept
        assert budget.state(DAY) == BudgetDay(date=DAY, committed=1000, unsettled=1)

    def test_after_it(self, calls: CallStore, budget: BudgetStore) -> None:
        answered(calls, reserved(calls))
        assert budget.state(DAY).committed == COST


def dies_at(table: "Table", write: int) -> None:
    """The function is killed before its so-manieth write from here on."""
    writes: list[object] = []

    def act(params: dict[str, Any]) -> None:
        writes.append(params)
        if len(writes) == write:
            raise Killed

    before(table.meta.client, "UpdateItem", act, times=write)


def test_an_answer_that_cannot_be_settled_is_kept_and_stays_committed(
    calls: CallStore, budget: BudgetStore, table: "Table"
) -> None:
    def refuse(params: dict[str, Any]) -> None:
        if params["Key"]["PK"] == "BUDGET":
            raise ClientError({"Error": {"Code": "InternalServerError"}}, "UpdateItem")

    call = reserved(calls)
    before(table.meta.client, "UpdateItem", refuse, times=2)
    answered(calls, call)
    assert asked_before(table, PAPER, HASH) == a_reply()
    assert budget.state(DAY).committed == 1000
