import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from typer.testing import CliRunner, Result

from arxiv_daily.flow.aggregate import Aggregate
from arxiv_daily.models import Paper, Work, WorkState
from arxiv_daily.store import restoring
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.restoring import GROWTH, Fate
from arxiv_daily_cli.deployed import restore
from arxiv_daily_cli.deployed.stack import DeployedStack
from arxiv_daily_cli.main import app
from tests.examples import DAY, NOW, a_digest, a_paper, an_entry
from tests.integration.objects import Objects

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

from arxiv_daily.editions.window import window_of

PAPER = a_paper()
VERSION = {"PK": f"PAPER#{PAPER.paper_id}", "SK": "V#1"}
FACTS = {"PK": f"EDITION#{DAY}", "SK": "FACTS"}


@pytest.fixture(autouse=True)
def deployed(table: "Table", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restore, "find", lambda name: DeployedStack("arxiv-daily", {"TableName": table.name}, {}))


@pytest.fixture
def edition(editions: EditionStore, papers: PaperStore) -> None:
    editions.open(DAY, window_of(DAY))
    papers.add(PAPER)
    editions.join(DAY, an_entry(PAPER))
    done = Work(state=WorkState.DONE, ended_at=NOW)
    papers.change(PAPER.ref, lambda version: version.model_copy(update={"work": done, "digest": a_digest()}))


@pytest.fixture
def backup(table: "Table", edition: None) -> "Table":
    """The table as it was, in another one."""
    copy = boto3.resource("dynamodb").create_table(
        TableName="as-it-was",
        KeySchema=table.key_schema,
        AttributeDefinitions=table.attribute_definitions,
        BillingMode="PAY_PER_REQUEST",
    )
    with copy.batch_writer() as writer:
        for item in table.scan()["Items"]:
            writer.put_item(Item=item)
        writer.put_item(Item={"PK": "GATE", "SK": "ARXIV", "next_at": 1})
    return copy


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["restore", *arguments])


def items(table: "Table") -> dict[tuple[Any, Any], Any]:
    return {(item["PK"], item["SK"]): item for item in table.scan()["Items"]}


def without_rev(found: dict[tuple[Any, Any], Any]) -> dict[tuple[Any, Any], Any]:
    return {key: {name: value for name, value in item.items() if name != "rev"} for key, item in found.items()}


def empty(table: "Table") -> None:
    for item in table.scan()["Items"]:
        table.delete_item(Key={"PK": item["PK"], "SK": item["SK"]})


def test_what_was_lost_comes_back_and_turns_of_another_time_do_not(table: "Table", backup: "Table") -> None:
    before = items(table)
    empty(table)
    found = json.loads(run("as-it-was", "--json").stdout)
    assert without_rev(items(table)) == without_rev(before)
    assert (found["added"], found["passed over"]) == (len(before), 1)


def test_what_comes_back_is_newer_than_what_was_published_since(table: "Table", backup: "Table") -> None:
    revision = items(backup)["EDITION#2026-02-12", "FACTS"]["rev"]
    empty(table)
    run("as-it-was")
    assert items(table)["EDITION#2026-02-12", "FACTS"]["rev"] == revision + GROWTH


def test_what_an_edition_shows_and_that_it_was_told_come_back_before_it(
    table: "Table", backup: "Table", monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.put_item(Item={"PK": "SITE", "SK": f"TOLD#{DAY}", "sent_at": "then"})
    empty(table)
    order: list[str] = []

    def note(target: "Table", item: dict[str, Any], *, replace: bool) -> Fate:
        order.append(item["PK"])
        return Fate.ADDED

    monkeypatch.setattr(restoring, "_one", note)
    run("as-it-was")
    kinds = [key.partition("#")[0] for key in order]
    assert kinds == sorted(kinds, key=["GATE", "SITE", "PAPER", "EDITION"].index)


def test_a_second_time_changes_nothing(table: "Table", backup: "Table") -> None:
    empty(table)
    run("as-it-was")
    before = items(table)
    assert json.loads(run("as-it-was", "--json").stdout)["same"] == len(before)
    assert items(table) == before


def test_what_differs_is_kept_and_said(table: "Table", backup: "Table", papers: PaperStore) -> None:
    spoil(papers, PAPER)
    result = run("as-it-was")
    assert "1 kept" in result.stdout
    assert "--replace" in result.stdout
    assert papers.version(PAPER.ref).digest is None


def test_what_differs_is_replaced_when_asked_to(table: "Table", backup: "Table", papers: PaperStore) -> None:
    spoil(papers, PAPER)
    spoilt = papers.version(PAPER.ref).rev
    assert json.loads(run("as-it-was", "--replace", "--json").stdout)["replaced"] == 1
    restored = papers.version(PAPER.ref)
    assert restored.digest == a_digest()
    assert restored.rev == spoilt + GROWTH


def spoil(papers: PaperStore, paper: Paper) -> None:
    papers.change(paper.ref, lambda version: version.model_copy(update={"digest": None, "work": Work()}))


def test_what_was_spent_is_never_replaced(table: "Table", backup: "Table") -> None:
    backup.put_item(Item={"PK": "BUDGET", "SK": str(DAY), "committed": 1, "spent": 1})
    table.put_item(Item={"PK": "BUDGET", "SK": str(DAY), "committed": 9, "spent": 9})
    run("as-it-was", "--replace")
    assert items(table)["BUDGET", str(DAY)]["spent"] == 9


def test_the_site_shows_again_what_came_back(
    backup: "Table", papers: PaperStore, aggregate: Aggregate, objects: Objects
) -> None:
    def publish() -> None:
        aggregate.run([FACTS, VERSION])

    publish()
    shown = objects.json(f"editions/{DAY}.json")
    spoil(papers, PAPER)
    publish()
    assert objects.json(f"editions/{DAY}.json")["counts"]["ready"] == 0
    run("as-it-was", "--replace")
    publish()
    assert objects.json(f"editions/{DAY}.json") == shown


def test_the_stack_s_own_table_is_refused(table: "Table") -> None:
    result = run(table.name)
    assert result.exit_code == 2
    assert "own table" in result.stderr


def test_a_table_that_is_not_there_is_told(table: "Table") -> None:
    result = run("nowhere")
    assert result.exit_code == 1
    assert "ResourceNotFound" in result.stderr
