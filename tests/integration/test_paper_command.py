import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from arxiv_daily.editions.view import version_view
from arxiv_daily.models import PaperVersion, Work
from arxiv_daily.publishing.documents import error_document, paper_document
from arxiv_daily.sources.errors import PaperNotFound
from arxiv_daily.store.papers import PaperStore
from arxiv_daily_cli.deployed import paper
from arxiv_daily_cli.main import app
from tests.examples import DAY, a_failed, a_paper, a_ready, an_entry
from tests.integration.deployed import StackHere, a_stack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER = a_paper()


@pytest.fixture(autouse=True)
def stack(table: "Table", monkeypatch: pytest.MonkeyPatch) -> StackHere:
    found = a_stack(table.name)
    monkeypatch.setattr(paper, "find", lambda name: found)
    monkeypatch.setattr("arxiv_daily_cli.reading.time.sleep", lambda seconds: None)
    return found


def answering(stack: StackHere, *versions: PaperVersion) -> None:
    """These in order, an answer each; the last for ever."""
    documents = [paper_document(version_view(version, an_entry(PAPER)), DAY) for version in versions]
    stack.answers["on_demand"] = lambda event: documents.pop(0) if len(documents) > 1 else documents[0]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["paper", *arguments])


def test_a_reading_is_told_with_its_edition_source_checks_and_cost(stack: StackHere) -> None:
    answering(stack, a_ready(PAPER))
    result = run("2602.10934")
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    for words in (PAPER.title, "Edition 2026-02-12 (new)", "Read the full paper", "results verified", "Cost $"):
        assert words in said
    assert result.stdout.endswith("https://papers.example.org/papers/2602.10934.html\n")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2602.10934", "2602.10934"),
        ("arXiv:2602.10934v1", "2602.10934v1"),
        ("https://arxiv.org/abs/2602.10934v2", "2602.10934v2"),
        ("https://arxiv.org/pdf/2602.10934.pdf", "2602.10934"),
        ("hep-th/9901001", "hep-th/9901001"),
    ],
)
def test_an_id_may_be_written_in_every_way(text: str, asked: str, stack: StackHere) -> None:
    answering(stack, a_ready(PAPER))
    assert run(text).exit_code == 0
    assert stack.asked == [{"paper_id": asked}]


def test_what_is_no_id_is_refused_before_anything_is_asked(stack: StackHere) -> None:
    result = run("hello")
    assert (result.exit_code, stack.asked) == (2, [])
    assert "is not an arXiv id" in result.stderr


def test_a_paper_that_arxiv_does_not_know_is_told_in_a_sentence(stack: StackHere) -> None:
    stack.answers["on_demand"] = lambda event: error_document(PaperNotFound("https://x", "arXiv knows no paper 2602.1"))
    result = run("2602.10934")
    assert result.exit_code == 1
    assert "Error: arXiv knows no paper" in result.stderr


def test_a_failed_one_is_told_with_its_reason(stack: StackHere) -> None:
    answering(stack, a_failed(PAPER, "模型拒绝解读这篇论文"))
    result = run("2602.10934")
    assert (result.exit_code, "模型拒绝解读这篇论文" in result.stdout) == (1, True)


def test_one_that_waits_is_asked_for_again(stack: StackHere) -> None:
    answering(stack, PaperVersion(paper=PAPER), PaperVersion(paper=PAPER), a_ready(PAPER))
    result = run("2602.10934")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "2602.10934 has to wait; asking again in 2 s.",
        "2602.10934 has to wait; asking again in 4 s.",
    ]


def test_one_that_waits_for_long_is_told_with_why_and_until_when(stack: StackHere, papers: PaperStore) -> None:
    papers.add(PAPER)
    work = Work(error="Claude 的余额已用完", not_before=datetime.now(UTC) + timedelta(minutes=9))
    waiting = papers.change(PAPER.ref, lambda version: version.model_copy(update={"work": work}))
    answering(stack, waiting)
    result = run("2602.10934", "--patience", "0")
    assert result.exit_code == 1
    assert "2602.10934v1 still waits: Claude 的余额已用完, not before" in result.stderr


def test_as_json_it_is_the_papers_document(stack: StackHere) -> None:
    answering(stack, a_ready(PAPER))
    found: dict[str, Any] = json.loads(run("2602.10934", "--json").stdout)
    assert found == paper_document(version_view(a_ready(PAPER), an_entry(PAPER)), DAY)
