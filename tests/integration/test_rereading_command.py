from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from arxiv_daily.models import EditionRow
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed import rebuild
from arxiv_daily_cli.deployed.stack import DeployedStack
from arxiv_daily_cli.functions import FunctionFailed
from arxiv_daily_cli.main import app

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

STALE = {"2026-02-10": 2, "2026-02-11": 0, "2026-02-12": 5}
"""Papers that an older prompt wrote, by edition; each costs ten cents to read again."""


@dataclass(frozen=True)
class FakeStack(DeployedStack):
    queued: list[str] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def fetch(self, event: dict[str, Any]) -> dict[str, Any]:
        day = event["reread_stale"]
        if day in self.broken:
            raise FunctionFailed("fetch failed: NotSent: SQS refused")
        if not event["estimate"]:
            self.queued.append(day)
        messages = 0 if event["estimate"] else STALE[day]
        return {"edition_date": day, "stale": STALE[day], "expected_cost": STALE[day] * 100_000, "messages": messages}


@pytest.fixture(autouse=True)
def stack(table: "Table", rows: SiteStore, monkeypatch: pytest.MonkeyPatch) -> FakeStack:
    for day in STALE:
        rows.put(EditionRow(date=date.fromisoformat(day), status_text="", shown=9, pending=0, rev=1))
    found = FakeStack("arxiv-daily", {"TableName": table.name}, {"Model": "claude-haiku-5-5"})
    monkeypatch.setattr(rebuild, "find", lambda name: found)
    return found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["rebuild", *arguments])


def test_without_dates_every_edition_with_stale_papers_is_queued_after_an_estimate(stack: FakeStack) -> None:
    result = run("--stale")
    assert "7 papers of 3 editions are stale: about $0.70 to read them again." in result.stderr
    assert result.stdout == "7 papers of 2 editions are queued.\n"
    assert stack.queued == ["2026-02-10", "2026-02-12"]


def test_named_dates_are_the_only_ones(stack: FakeStack) -> None:
    assert run("--stale", "2026-02-10").stdout == "2 papers of 1 editions are queued.\n"
    assert stack.queued == ["2026-02-10"]


def test_above_the_threshold_nothing_is_sent_without_a_yes(stack: FakeStack) -> None:
    result = run("--stale", "--ask-above", "0.5")
    assert result.exit_code == 2
    assert "say --yes" in result.stderr
    assert stack.queued == []
    assert run("--stale", "--ask-above", "0.5", "--yes").exit_code == 0


def test_an_edition_that_fails_is_named_and_the_others_are_queued(stack: FakeStack) -> None:
    stack.broken.add("2026-02-10")
    result = run("--stale")
    assert result.exit_code == 1
    assert "2026-02-10: fetch failed: NotSent" in result.stderr
    assert stack.queued == ["2026-02-12"]
