import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from moto.dynamodb.models import DynamoDBBackend

from arxiv_daily.models import BudgetDay, PaperRef, Usage
from arxiv_daily.store.budget import BudgetStore, Hold, Reservation
from tests.examples import DAY

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER = "2602.10934"
REFS = [PaperRef(paper_id=PAPER, version=1), PaperRef(paper_id="hep-th/9901001", version=2)]
USAGE = Usage(input_tokens=12_000, output_tokens=2_500)


def wanted(amount: int = 10, limit: int = 100) -> Reservation:
    return Reservation(DAY, amount, limit)


def held(budget: BudgetStore, amount: int = 10, paper_id: str = PAPER) -> Hold:
    hold = budget.reserve(paper_id, wanted(amount))
    assert hold
    return hold


def resent_once(table: "Table") -> None:
    """The next write takes place, but its answer is lost and botocore sends it again."""
    waits = [0.0]
    events: Any = table.meta.client.meta.events
    events.register("needs-retry.dynamodb.UpdateItem", lambda **_: waits.pop() if waits else None)


class TestReserving:
    def test_a_day_on_which_nothing_was_asked_is_all_zeros(self, budget: BudgetStore) -> None:
        assert budget.state(DAY) == BudgetDay(date=DAY)

    def test_what_is_reserved_is_committed_and_not_spent(self, budget: BudgetStore) -> None:
        held(budget)
        assert budget.state(DAY) == BudgetDay(date=DAY, committed=10, unsettled=1)

    def test_a_day_can_be_used_up_to_its_limit_and_no_further(self, budget: BudgetStore) -> None:
        assert [bool(budget.reserve(PAPER, wanted(40))) for _ in range(3)] == [True, True, False]
        assert budget.reserve(PAPER, wanted(20))
        assert not budget.reserve(PAPER, wanted(1))
        assert budget.state(DAY).committed == 100

    def test_more_than_the_limit_is_refused_on_a_fresh_day(self, budget: BudgetStore) -> None:
        assert budget.reserve(PAPER, wanted(101)) is None
        assert budget.state(DAY) == BudgetDay(date=DAY)

    def test_each_day_has_a_budget_of_its_own(self, budget: BudgetStore) -> None:
        held(budget, 100)
        assert budget.reserve(PAPER, Reservation(DAY + timedelta(days=1), 100, 100))

    def test_twenty_workers_at_once_never_commit_more_than_the_limit(
        self, budget: BudgetStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one_by_one(monkeypatch)
        together = threading.Barrier(20)

        def reserve(number: int) -> None:
            together.wait(10)
            for _ in range(3):
                budget.reserve(f"2602.{number:05}", wanted(7, 100))

        with ThreadPoolExecutor(20) as workers:
            list(workers.map(reserve, range(20)))
        assert budget.state(DAY) == BudgetDay(date=DAY, committed=98, unsettled=14)

    def test_a_reservation_whose_answer_was_lost_is_granted_and_counted_once(
        self, budget: BudgetStore, table: "Table"
    ) -> None:
        resent_once(table)
        held(budget)
        assert budget.state(DAY) == BudgetDay(date=DAY, committed=10, unsettled=1)

    def test_reserving_is_one_request(self, budget: BudgetStore, table: "Table") -> None:
        sent: list[str] = []
        table.meta.client.meta.events.register("before-call.dynamodb", lambda model, **_: sent.append(model.name))
        held(budget)
        assert sent == ["UpdateItem"]


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes of an item follow each other in DynamoDB; moto looks and writes without a lock."""
    lock, update = threading.Lock(), DynamoDBBackend.update_item

    def locked(*arguments: Any, **named: Any) -> Any:
        with lock:
            return update(*arguments, **named)

    monkeypatch.setattr(DynamoDBBackend, "update_item", locked)


class TestSettling:
    def test_the_real_cost_takes_the_place_of_what_was_reserved(self, budget: BudgetStore) -> None:
        assert budget.settle(held(budget, 50), REFS[0], USAGE, 30)
        assert budget.state(DAY) == BudgetDay(
            date=DAY, committed=30, spent=30, calls=1, papers=1, input_tokens=12_000, output_tokens=2_500
        )

    def test_what_it_left_can_be_reserved_by_others(self, budget: BudgetStore) -> None:
        hold = held(budget, 100)
        assert not budget.reserve(PAPER, wanted(70))
        budget.settle(hold, REFS[0], USAGE, 30)
        assert budget.reserve(PAPER, wanted(70))

    def test_an_answer_that_cost_more_than_was_reserved_is_counted_in_full(self, budget: BudgetStore) -> None:
        budget.settle(held(budget, 10), REFS[0], USAGE, 90)
        assert not budget.reserve(PAPER, wanted(11))

    def test_twice_counts_once(self, budget: BudgetStore) -> None:
        hold = held(budget)
        assert [budget.settle(hold, REFS[0], USAGE, 3) for _ in range(2)] == [True, False]
        assert (budget.state(DAY).spent, budget.state(DAY).committed, budget.state(DAY).calls) == (3, 3, 1)

    @pytest.mark.parametrize(
        "let_go",
        [lambda budget, hold: budget.settle(hold, REFS[0], USAGE, 3), lambda budget, hold: budget.release(hold)],
    )
    def test_a_write_whose_answer_was_lost_does_not_make_room_twice(
        self, budget: BudgetStore, table: "Table", let_go: Callable[[BudgetStore, Hold], object]
    ) -> None:
        other, hold = held(budget, 60), held(budget, 40)
        resent_once(table)
        let_go(budget, hold)
        state = budget.state(DAY)
        assert (state.committed, state.unsettled) == (60 + state.spent, 1)
        assert budget.release(other)

    def test_a_paper_with_two_requests_is_one_paper(self, budget: BudgetStore) -> None:
        for ref in (REFS[0], REFS[0], REFS[1]):
            budget.settle(held(budget, 10, ref.paper_id), ref, USAGE, 3)
        assert (budget.state(DAY).papers, budget.state(DAY).calls) == (2, 3)

    def test_an_answer_after_midnight_counts_on_the_day_that_reserved_it(self, budget: BudgetStore) -> None:
        hold = budget.reserve(PAPER, Reservation(DAY - timedelta(days=1), 10, 100))
        assert hold
        budget.settle(hold, REFS[0], USAGE, 3)
        assert [day.date for day in budget.days(DAY - timedelta(days=5), DAY)] == [DAY - timedelta(days=1)]


class TestReleasing:
    def test_what_nothing_is_billed_for_is_given_back(self, budget: BudgetStore) -> None:
        assert budget.release(held(budget))
        assert budget.state(DAY) == BudgetDay(date=DAY)

    def test_twice_gives_back_once(self, budget: BudgetStore) -> None:
        held(budget, 5)
        hold = held(budget, 10)
        assert [budget.release(hold) for _ in range(2)] == [True, False]
        assert budget.state(DAY).committed == 5

    def test_what_was_settled_is_not_given_back(self, budget: BudgetStore) -> None:
        hold = held(budget)
        budget.settle(hold, REFS[0], USAGE, 3)
        assert not budget.release(hold)
        assert budget.state(DAY).committed == 3


class TestWaiting:
    def test_papers_wait_until_they_are_done(self, budget: BudgetStore) -> None:
        budget.await_turn(DAY, REFS)
        assert budget.state(DAY).waiting == 2
        budget.done(DAY, REFS[0])
        assert budget.state(DAY) == BudgetDay(date=DAY, waiting=1)

    def test_what_settles_an_answer_may_end_its_papers_wait(self, budget: BudgetStore) -> None:
        budget.await_turn(DAY, REFS)
        budget.settle(held(budget), REFS[0], USAGE, 3)
        assert budget.state(DAY).waiting == 2
        budget.settle(held(budget), REFS[0], USAGE, 3, ends_wait=True)
        assert budget.waited(DAY, DAY) == {str(REFS[1]): DAY}

    def test_one_that_is_being_read_is_not_counted_among_the_others(self, budget: BudgetStore) -> None:
        budget.await_turn(DAY, REFS)
        stranger = PaperRef(paper_id="2602.00001", version=1)
        assert [budget.state(DAY, besides=ref).waiting for ref in (REFS[0], stranger)] == [1, 2]

    def test_again_changes_nothing(self, budget: BudgetStore) -> None:
        for _ in range(2):
            budget.await_turn(DAY, REFS)
        assert budget.state(DAY).waiting == 2
        for _ in range(2):
            budget.done(DAY, REFS[1])
        assert budget.state(DAY).waiting == 1

    def test_nobody_waiting_writes_nothing(self, budget: BudgetStore) -> None:
        budget.await_turn(DAY, [])
        budget.done(DAY, REFS[0])
        assert budget.days(DAY, DAY) == []


class TestDays:
    def test_the_days_on_record_come_oldest_first(self, budget: BudgetStore) -> None:
        for distance in (3, 0, 1, 30):
            budget.reserve(PAPER, Reservation(DAY - timedelta(days=distance), distance, 100))
        found = budget.days(DAY - timedelta(days=7), DAY)
        assert [(DAY - day.date).days for day in found] == [3, 1, 0]
        assert [day.committed for day in found] == [3, 1, 0]
