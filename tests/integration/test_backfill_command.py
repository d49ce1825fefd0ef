import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from arxiv_daily.editions.window import budget_day, window_of
from arxiv_daily.models import EditionRow, PaperRef, Probe, Usage
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed import backfill, estimate
from arxiv_daily_cli.deployed.stack import DeployedStack
from arxiv_daily_cli.functions import FunctionFailed
from arxiv_daily_cli.main import app
from tests.examples import NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

MONDAY, SUNDAY = date(2026, 10, 5), date(2026, 10, 11)
MONTH = ("2026-10-01", "2026-10-31")


@dataclass(frozen=True)
class FakeStack(DeployedStack):
    """Notes which dates it was told to fill; `broken` ones fail."""

    filled: list[date] = field(default_factory=list)
    broken: set[date] = field(default_factory=set)

    def fetch(self, event: dict[str, Any]) -> dict[str, Any]:
        day = date.fromisoformat(event["edition_date"])
        self.filled.append(day)
        if day in self.broken:
            raise FunctionFailed("fetch failed: ArxivUnavailable: HTTP 503")
        return {"edition_date": str(day), "seen": 3, "joined": 2}


@pytest.fixture(autouse=True)
def stack(table: "Table", monkeypatch: pytest.MonkeyPatch) -> FakeStack:
    found = FakeStack("arxiv-daily", {"TableName": table.name}, {"Model": "claude-haiku-5-5"})
    monkeypatch.setattr(backfill, "find", lambda name: found)
    return found


def run(*arguments: str, answer: str | None = None) -> Result:
    return CliRunner().invoke(app, ["backfill", *arguments], input=answer)


def show(rows: SiteStore, *shown: int) -> None:
    for number, papers in enumerate(shown):
        day = date(2026, 9, 1) + timedelta(days=number)
        rows.put(EditionRow(date=day, status_text="", shown=papers, pending=0, rev=1))


class TestEstimating:
    def test_a_fresh_stack_is_judged_by_usual_figures(self) -> None:
        assert "5 dates to fill, with about 125 papers at $0.0034: about $0.42" in run(str(MONDAY), str(SUNDAY)).stderr

    def test_papers_are_as_many_as_in_the_editions_that_had_some(self, rows: SiteStore) -> None:
        show(rows, 40, 0, 43, 0)
        assert "about 42 papers" in run(str(MONDAY)).stderr

    def test_a_paper_costs_what_papers_have_cost(self, table: "Table") -> None:
        budget, today = BudgetStore(table), budget_day(datetime.now(UTC))
        for paper_id in ("2602.00001", "2602.00002"):
            hold = budget.reserve(paper_id, Reservation(today, 100_000, 1_000_000))
            assert hold
            budget.settle(hold, PaperRef(paper_id=paper_id, version=1), Usage(), 30_000)
        assert "about 25 papers at $0.0300: about $0.75" in run(str(MONDAY)).stderr

    def test_a_date_whose_listing_was_read_is_not_paid_for_again(self, editions: EditionStore) -> None:
        editions.open(MONDAY, window_of(MONDAY))
        editions.record(MONDAY, Probe(at=NOW, witness="catchup", seen=3, listed=MONDAY))
        assert "No date of these is left to fill" in run(str(MONDAY)).stderr
        assert "1 dates to fill" in run(str(MONDAY), str(MONDAY + timedelta(days=1))).stderr

    def test_a_date_without_a_mailing_costs_nothing(self) -> None:
        assert "No date of these is left to fill" in run(str(SUNDAY)).stderr


class TestAsking:
    def test_below_the_threshold_nobody_is_asked(self, stack: FakeStack) -> None:
        result = run(str(MONDAY), str(SUNDAY))
        assert (result.exit_code, result.stdout) == (0, "7 dates: 14 papers joined, 0 dates failed.\n")
        assert len(stack.filled) == 7

    def test_above_it_without_a_terminal_nothing_is_sent(self, stack: FakeStack) -> None:
        result = run(*MONTH)
        assert (result.exit_code, stack.filled) == (2, [])
        assert "That is more than $1.00, and there is nobody to ask: say --yes" in result.stderr

    def test_yes_goes_on_without_asking(self, stack: FakeStack) -> None:
        assert run(*MONTH, "--yes").exit_code == 0
        assert len(stack.filled) == 31

    def test_the_threshold_can_be_raised_and_lowered(self, stack: FakeStack) -> None:
        assert run(*MONTH, "--ask-above", "2.5").exit_code == 0
        assert run(str(MONDAY), "--ask-above", "0.01").exit_code == 2
        assert len(stack.filled) == 31

    @pytest.mark.parametrize(("answer", "dates"), [("y\n", 31), ("n\n", 0), ("\n", 0)])
    def test_at_a_terminal_the_answer_decides(
        self, stack: FakeStack, monkeypatch: pytest.MonkeyPatch, answer: str, dates: int
    ) -> None:
        monkeypatch.setattr(estimate, "can_ask", lambda: True)
        result = run(*MONTH, answer=answer)
        assert (result.exit_code, len(stack.filled)) == (0 if dates else 1, dates)
        assert "Go on?" in result.stderr


class TestFilling:
    def test_the_report_as_json_stands_alone_on_standard_output(self) -> None:
        (report,) = json.loads(run(str(MONDAY), "--json").stdout)
        assert report == {"edition_date": str(MONDAY), "seen": 3, "joined": 2}

    def test_a_date_that_fails_is_named_and_the_others_are_filled(self, stack: FakeStack) -> None:
        stack.broken.add(MONDAY)
        result = run(str(MONDAY), str(SUNDAY))
        assert (result.exit_code, result.stdout) == (1, "7 dates: 12 papers joined, 1 dates failed.\n")
        assert f"{MONDAY}: fetch failed: ArxivUnavailable: HTTP 503; run the command again" in result.stderr

    @pytest.mark.parametrize(
        ("dates", "said"),
        [(("2126-10-01",), "is to come"), ((str(SUNDAY), str(MONDAY)), "before it begins"), (("soon",), "is no date")],
    )
    def test_dates_that_make_no_sense_are_refused(self, stack: FakeStack, dates: tuple[str, ...], said: str) -> None:
        result = run(*dates)
        assert (result.exit_code, stack.filled) == (2, [])
        assert said in result.stderr
