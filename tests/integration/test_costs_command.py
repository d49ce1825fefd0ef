import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from typer.testing import CliRunner, Result

from arxiv_daily.digests.cost import PRICES_DATE
from arxiv_daily.editions.window import budget_day
from arxiv_daily.models import PaperRef, Usage
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily_cli.deployed import costs
from arxiv_daily_cli.deployed.stack import DeployedStack, StackUnusable
from arxiv_daily_cli.main import app

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)
"""In Asia/Shanghai: no test is to begin before a midnight and end after it."""
TODAY = budget_day(NOON)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def deployed(table: "Table", monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    stack = DeployedStack("arxiv-daily", {"TableName": table.name}, {})
    monkeypatch.setattr(costs, "find", lambda name: stack)
    with time_machine.travel(NOON):
        yield


def spend(budget: BudgetStore, day: date, paper_id: str, cost: int) -> None:
    hold = budget.reserve(paper_id, Reservation(day, cost + 1, 10_000_000))
    assert hold
    budget.settle(hold, PaperRef(paper_id=paper_id, version=1), Usage(input_tokens=12_000, output_tokens=2_500), cost)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["costs", *arguments])


def document(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("--json", *arguments).stdout)
    return found


def line(result: Result, begins: str) -> list[str]:
    (found,) = [row for row in result.stdout.splitlines() if begins in row]
    return found.replace("│", " ").split()


def test_each_day_tells_papers_calls_tokens_and_dollars(budget: BudgetStore) -> None:
    spend(budget, YESTERDAY, "2602.00001", 2_450)
    spend(budget, YESTERDAY, "2602.00001", 1_000)
    spend(budget, YESTERDAY, "2602.00002", 1_234_567)
    figures = ["2", "3", "36,000", "7,500", "$1.2380", "$1.2380"]
    assert line(run(), str(YESTERDAY)) == [str(YESTERDAY), *figures]


def test_a_day_without_calls_says_none(budget: BudgetStore) -> None:
    spend(budget, YESTERDAY, "2602.00001", 2_450)
    assert line(run(), str(TODAY)) == [str(TODAY), "none"]


def test_the_last_line_of_the_table_is_the_total(budget: BudgetStore) -> None:
    spend(budget, TODAY, "2602.00001", 2_000)
    spend(budget, YESTERDAY, "2602.00002", 3_000)
    assert line(run(), "Total") == ["Total", "2", "2", "24,000", "5,000", "$0.0050", "$0.0050"]


def test_only_the_days_that_were_asked_for_are_told(budget: BudgetStore) -> None:
    spend(budget, YESTERDAY, "2602.00001", 2_000)
    result = run("--days", "1")
    assert str(YESTERDAY) not in result.stdout
    assert line(result, "Total")[1] == "0"


def test_a_stack_that_never_asked_anything_is_told_as_well() -> None:
    result = run("--days", "3")
    assert result.exit_code == 0
    assert result.stdout.count("none") == 3


def test_calls_without_an_answer_are_named(budget: BudgetStore) -> None:
    budget.reserve("2602.00001", Reservation(TODAY, 7_000, 10_000))
    result = run()
    assert line(result, str(TODAY))[-2:] == ["$0.0000", "$0.0070"]
    assert "Calls under way, or whose run was cut off: 1." in result.stdout


def test_the_date_of_the_prices_is_told() -> None:
    assert f"Prices of {PRICES_DATE}." in run().stdout
    assert document()["prices_of"] == str(PRICES_DATE)


def test_as_json_every_day_stands_with_its_figures_in_micro_dollars(budget: BudgetStore) -> None:
    spend(budget, TODAY, "2602.00001", 2_450)
    found = document("--days", "2")
    assert found["unit"] == "micro-dollars"
    assert [day["date"] for day in found["days"]] == [str(YESTERDAY), str(TODAY)]
    assert [(day["papers"], day["spent"], day["waiting"]) for day in found["days"]] == [(0, 0, 0), (1, 2_450, 0)]
    assert found["total"]["spent"] == 2_450


def test_a_stack_that_is_not_there_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> DeployedStack:
        raise StackUnusable(f"there is no stack {name} here; name it with --stack-name")

    monkeypatch.setattr(costs, "find", missing)
    result = run("--stack-name", "another")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: there is no stack another here; name it with --stack-name\n",
    )
