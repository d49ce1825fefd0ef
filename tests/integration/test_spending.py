"""How a reservation is decided that is made a while after the day's budget was looked at."""

from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from arxiv_daily.digests.cost import ceiling
from arxiv_daily.digests.errors import OverBudget
from arxiv_daily.editions.window import budget_day
from arxiv_daily.flow.spending import Spending
from arxiv_daily.models import BudgetDay, PaperRef
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.calls import CallStore
from tests.examples import NOW
from tests.integration.conftest import MODELS
from tests.integration.fakes import FakeClock, a_reply, before
from tests.integration.test_ways_to_claude import a_request

PAPER, REQUEST = PaperRef(paper_id="2602.10934", version=1), a_request(MODELS[0])
TODAY = budget_day(NOW)
WAITING = [PaperRef(paper_id=f"2602.{number:05}", version=1) for number in range(40)]


@pytest.fixture
def spending(calls: CallStore, budget: BudgetStore, clock: FakeClock) -> Spending:
    """With what this one request may cost."""
    return Spending(calls, budget, ceiling(REQUEST), MODELS[0], clock)


def test_what_is_kept_for_those_that_wait_is_free_once_they_do_not(spending: Spending, budget: BudgetStore) -> None:
    budget.await_turn(TODAY, WAITING)
    seen = budget.state(TODAY)
    for ref in WAITING:
        budget.done(TODAY, ref)
    assert spending.reserve(PAPER, REQUEST, seen).hold.amount == ceiling(REQUEST)


def test_one_write_settles_an_answer_and_ends_its_papers_wait(spending: Spending, budget: BudgetStore) -> None:
    budget.await_turn(TODAY, [PAPER, WAITING[0]])
    spending.keep(spending.reserve(PAPER, REQUEST, BudgetDay(date=TODAY)), a_reply(), 100)
    assert (budget.state(TODAY).waiting, budget.state(TODAY).unsettled) == (2, 1)
    written: list[object] = []
    before(budget._table.meta.client, "UpdateItem", written.append, times=9)
    spending.stops_waiting(PAPER)
    assert (budget.state(TODAY).waiting, budget.state(TODAY).unsettled, budget.state(TODAY).spent) == (1, 0, 100)
    assert len(written) == 1


def test_a_paper_that_is_asked_about_again_waits_on_and_its_first_answer_is_settled(
    spending: Spending, budget: BudgetStore
) -> None:
    budget.await_turn(TODAY, [PAPER])
    for _ in range(2):
        spending.keep(spending.reserve(PAPER, REQUEST, BudgetDay(date=TODAY)), a_reply(), 0)
    assert (budget.state(TODAY).waiting, budget.state(TODAY).unsettled, budget.state(TODAY).calls) == (1, 1, 1)
    spending.settle()
    assert (budget.state(TODAY).waiting, budget.state(TODAY).unsettled, budget.state(TODAY).calls) == (1, 0, 2)


def test_where_an_answer_cannot_be_settled_its_paper_stops_waiting_all_the_same(
    spending: Spending, budget: BudgetStore
) -> None:
    def refuse(_: object) -> None:
        raise ClientError({"Error": {"Code": "InternalServerError"}}, "UpdateItem")

    budget.await_turn(TODAY, [PAPER])
    spending.keep(spending.reserve(PAPER, REQUEST, BudgetDay(date=TODAY)), a_reply(), 100)
    before(spending.calls._table.meta.client, "UpdateItem", refuse)
    spending.stops_waiting(PAPER)
    assert (budget.state(TODAY).waiting, budget.state(TODAY).unsettled) == (0, 1)


def test_what_nothing_was_bought_for_stops_waiting_by_a_write(spending: Spending, budget: BudgetStore) -> None:
    budget.await_turn(TODAY, [PAPER])
    spending.stops_waiting(PAPER)
    assert budget.state(TODAY).waiting == 0


def test_what_was_bought_for_by_yesterday_stops_waiting_for_today(
    spending: Spending, budget: BudgetStore, clock: FakeClock
) -> None:
    spending.keep(spending.reserve(PAPER, REQUEST, BudgetDay(date=TODAY)), a_reply(), 100)
    clock.advance(hours=24)
    tomorrow = TODAY + timedelta(days=1)
    budget.await_turn(tomorrow, [PAPER])
    spending.stops_waiting(PAPER)
    assert (budget.state(tomorrow).waiting, budget.state(TODAY).unsettled) == (0, 0)


def test_while_they_wait_it_is_kept(spending: Spending, budget: BudgetStore) -> None:
    budget.await_turn(TODAY, WAITING)
    with pytest.raises(OverBudget):
        spending.reserve(PAPER, REQUEST, budget.state(TODAY))
    assert budget.state(TODAY).committed == 0


def test_what_others_committed_meanwhile_counts(spending: Spending, budget: BudgetStore) -> None:
    seen = budget.state(TODAY)
    spending.reserve(PAPER, REQUEST, seen)
    with pytest.raises(OverBudget):
        spending.reserve(WAITING[1], REQUEST, seen)


def test_after_midnight_the_new_day_pays(spending: Spending, budget: BudgetStore, clock: FakeClock) -> None:
    seen = budget.state(TODAY)
    clock.advance(hours=24)
    spending.reserve(PAPER, REQUEST, seen)
    tomorrow = TODAY + timedelta(days=1)
    assert (budget.state(TODAY).committed, budget.state(tomorrow).committed) == (0, ceiling(REQUEST))
