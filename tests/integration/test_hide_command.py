import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from arxiv_daily.models import PaperRef
from arxiv_daily.store.papers import PaperStore
from arxiv_daily_cli.deployed import hide
from arxiv_daily_cli.deployed.stack import DeployedStack
from arxiv_daily_cli.main import app
from tests.examples import a_paper

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER, REVISED = a_paper(), a_paper(version=2)


@pytest.fixture(autouse=True)
def deployed(table: "Table", papers: PaperStore, monkeypatch: pytest.MonkeyPatch) -> None:
    stack = DeployedStack("arxiv-daily", {"TableName": table.name}, {})
    monkeypatch.setattr(hide, "find", lambda name: stack)
    for paper in (PAPER, REVISED):
        papers.add(paper)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["hide", *arguments])


def reasons(papers: PaperStore) -> list[str | None]:
    versions = [papers.version(paper.ref) for paper in (PAPER, REVISED)]
    return [version.down.reason if version.down else None for version in versions]


def test_a_reading_is_taken_down_with_its_reason_in_every_version(papers: PaperStore) -> None:
    result = run(f"arXiv:{PAPER.paper_id}", "--reason", "译文有误")
    assert result.exit_code == 0
    assert "2602.10934v1, 2602.10934v2 is taken down" in result.stdout
    assert reasons(papers) == ["译文有误", "译文有误"]


def test_a_named_version_is_taken_down_alone(papers: PaperStore) -> None:
    run(f"{PAPER.paper_id}v2", "--reason", "译文有误")
    assert reasons(papers) == [None, "译文有误"]


def test_it_can_be_shown_again(papers: PaperStore) -> None:
    run(PAPER.paper_id, "--reason", "译文有误")
    found = json.loads(run(PAPER.paper_id, "--undo", "--json").stdout)
    assert found == {"papers": ["2602.10934v1", "2602.10934v2"], "taken_down": False}
    assert reasons(papers) == [None, None]


def test_a_paper_that_was_never_read_is_told(papers: PaperStore) -> None:
    result = run("2602.99999", "--reason", "x")
    assert result.exit_code == 1
    assert "never read 2602.99999" in result.stderr
    with pytest.raises(KeyError):
        papers.version(PaperRef(paper_id="2602.99999", version=1))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2602.10934"], "say --reason"),
        (["2602.10934", "--reason", " "], "say --reason"),
        (["2602.10934", "--reason", "x", "--undo"], "say --reason"),
        (["2602.10934", "--reason", "a\x07b"], "control characters"),
        (["a paper", "--reason", "x"], "is not an arXiv id"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused(arguments: list[str], said: str, papers: PaperStore) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())
    assert reasons(papers) == [None, None]
