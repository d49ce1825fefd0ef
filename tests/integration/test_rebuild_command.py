"""`arxiv-daily rebuild` over a table and a bucket, with the function that it calls run in this process."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Self

import pytest
from typer.testing import CliRunner, Result

from arxiv_daily.flow.publisher import Publisher, row_of
from arxiv_daily.flow.rebuilding import rebuild as make_again
from arxiv_daily.flow.rebuilding import requested_part
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily_cli.deployed import pruning, rebuild
from arxiv_daily_cli.deployed.stack import DeployedStack
from arxiv_daily_cli.functions import FunctionFailed
from arxiv_daily_cli.main import app
from tests.examples import DAY
from tests.integration.days import Days
from tests.integration.objects import BUCKET, Objects

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

EARLIER = DAY - timedelta(days=40)


@dataclass(frozen=True)
class StackHere(DeployedStack):
    publisher: Publisher
    broken: set[str]

    def aggregate(self, event: dict[str, Any]) -> dict[str, Any]:
        if event["rebuild"] in self.broken:
            raise FunctionFailed("aggregate failed: PublishContended: too many writers")
        return make_again(self.publisher, requested_part(event)).model_dump(mode="json")


@pytest.fixture(autouse=True)
def stack(
    table: "Table",
    publisher: Publisher,
    editions: EditionStore,
    papers: PaperStore,
    monkeypatch: pytest.MonkeyPatch,
) -> StackHere:
    """Two editions in the table, and an empty bucket."""
    days = Days(editions, papers)
    for day in (EARLIER, DAY):
        days.read(day, 1)
        publisher.rows.put(row_of(publisher.view(day), publisher.site.categories))
    outputs = {"TableName": table.name, "SiteBucketName": BUCKET}
    found = StackHere("arxiv-daily", outputs, {}, publisher, set())
    monkeypatch.setattr(rebuild, "find", lambda name: found)
    return found


@pytest.fixture
def started_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in the bucket is older than the command."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + timedelta(hours=3)

    monkeypatch.setattr("arxiv_daily_cli.deployed.rebuild.datetime", Later)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["rebuild", *arguments])


def test_all_makes_the_whole_site_out_of_the_table(objects: Objects) -> None:
    result = run("--all", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["removed"]) == (0, [])
    assert found["objects"] == len(objects.listed()) <= found["written"]
    assert {"index.html", f"editions/{EARLIER}.html", f"editions/{DAY}.html", "search/index.json"} < set(
        objects.listed()
    )


def test_named_dates_are_the_only_editions_that_are_made(objects: Objects) -> None:
    assert "objects are as the table says" in run(str(DAY)).stdout
    assert f"editions/{DAY}.html" in objects.listed()
    assert f"editions/{EARLIER}.html" not in objects.listed()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "say what to make again"),
        (["--all", "2026-02-12"], "--all is the whole site"),
        (["--all", "--stale"], "--all is the whole site"),
        (["--prune", "2026-02-12"], "--prune needs --all"),
        (["yesterday"], "yesterday is no date"),
    ],
)
def test_what_contradicts_itself_is_refused_before_anything_is_asked(
    arguments: list[str], said: str, objects: Objects
) -> None:
    result = run(*arguments)
    assert (result.exit_code, objects.listed()) == (2, [])
    assert said in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.usefixtures("started_later")
def test_prune_removes_what_does_not_belong_after_a_yes(s3: "S3Client", objects: Objects) -> None:
    run("--all")
    grown = objects.everything()
    s3.put_object(Bucket=BUCKET, Key="old/page.html", Body=b"old")
    refused = run("--all", "--prune")
    assert (refused.exit_code, "old/page.html" in refused.stderr) == (2, True)
    assert "old/page.html" in objects.listed()
    assert json.loads(run("--all", "--prune", "--yes", "--json").stdout)["removed"] == ["old/page.html"]
    assert objects.everything() == grown


def test_prune_keeps_what_was_written_since_it_began(
    stack: StackHere, s3: "S3Client", objects: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = datetime.now(UTC) - timedelta(hours=1)
    s3.put_object(Bucket=BUCKET, Key="editions/2026-02-13.html", Body=b"of an edition that was not there yet")
    assert pruning.prune_site(stack, [], began, confirmed=True) == []
    assert objects.listed() == ["editions/2026-02-13.html"]


@pytest.mark.usefixtures("started_later")
def test_prune_removes_nothing_when_a_part_could_not_be_made(
    stack: StackHere, s3: "S3Client", objects: Objects
) -> None:
    run("--all")
    s3.put_object(Bucket=BUCKET, Key="old/page.html", Body=b"old")
    stack.broken.add(str(DAY))
    result = run("--all", "--prune", "--yes")
    assert result.exit_code == 1
    assert f"{DAY}: aggregate failed: PublishContended" in result.stderr
    assert "old/page.html" in objects.listed()
