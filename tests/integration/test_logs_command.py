import json
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from typer.testing import CliRunner, Result

from arxiv_daily_cli.deployed.logs import command
from arxiv_daily_cli.main import app
from tests.integration.deployed import StackHere, a_stack

NOW = datetime.now(UTC) - timedelta(minutes=5)
RUN, OTHER_RUN = "6bae1c57-6767-4abb-9b0f-df56f14608b0", "1938d924-abd2-4a3e-aa00-87d733e746ba"


@pytest.fixture(autouse=True)
def stack(aws: None, monkeypatch: pytest.MonkeyPatch) -> StackHere:
    found, client = a_stack("papers-table"), boto3.client("logs")
    for name in ("FetchLogGroup", "OnDemandLogGroup", "SummarizeLogGroup"):
        client.create_log_group(logGroupName=f"of-{name}")
        client.create_log_stream(logGroupName=f"of-{name}", logStreamName="a-worker")
        found.make("AWS::Logs::LogGroup", name, f"of-{name}")
    monkeypatch.setattr(command, "find", lambda name: found)
    return found


def log(function: str, *texts: str, at: datetime = NOW) -> None:
    events: Any = [{"timestamp": int(at.timestamp() * 1000), "message": text} for text in texts]
    boto3.client("logs").put_log_events(
        logGroupName=f"of-{function}LogGroup", logStreamName="a-worker", logEvents=events
    )


def a_line(message: str, at: datetime = NOW, **fields: Any) -> str:
    """As the product writes it."""
    frame = {"level": "INFO", "location": "run:58", "message": message, "timestamp": at.isoformat(), "cold_start": True}
    return json.dumps({**frame, "service": "arxiv-daily", "function_request_id": RUN, **fields})


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, ["logs", *arguments])


def told(*arguments: str) -> list[str]:
    return [" ".join(line.split()) for line in run(*arguments).stdout.splitlines()]


def test_lines_of_all_functions_stand_in_the_order_of_time() -> None:
    later = NOW + timedelta(seconds=2)
    log("OnDemand", a_line("paper worked on", later, paper_id="2602.10934", version=1, state="done"), at=later)
    log("Fetch", a_line("joined", paper_id="2602.10934"))
    first, second = told("arXiv:2602.10934v1")
    assert first.endswith("fetch INFO joined")
    assert second.endswith("on_demand INFO paper worked on version=1 state=done")


def test_lines_about_other_papers_are_left_out() -> None:
    log(
        "Fetch",
        a_line("one", paper_id="2602.10934"),
        a_line("two", paper_id="2602.1093"),
        a_line("three", paper="x2602.1093"),
    )
    assert [line.split()[-1] for line in told("2602.1093")] == ["two"]


def test_a_paper_is_found_under_every_name_that_lines_give_it() -> None:
    log("Fetch", a_line("a", paper="2602.10934v1"), a_line("b", papers=["2602.10934v2"]), a_line("2602.10934v1 waits"))
    assert len(told("2602.10934")) == 3


def test_an_edition_is_found_by_what_lines_say_and_not_by_when_they_were_written() -> None:
    day = NOW.date().isoformat()
    log("Fetch", a_line("probe read", edition_date=day), a_line("published", editions=[day]), a_line("another"))
    assert [line.split()[4] for line in told(day)] == ["probe", "published"]


def test_an_error_is_told_with_its_name_and_without_its_trace() -> None:
    trace = {"type": "ClaudeFailed", "value": "Claude 回答 HTTP 500", "frames": []}
    log(
        "Summarize",
        a_line("a try failed", paper_id="2602.10934", exception="Traceback …", stack_trace=trace, level="WARNING"),
    )
    (line,) = told("2602.10934")
    assert line.endswith("summarize WARNING a try failed ClaudeFailed: Claude 回答 HTTP 500")


def test_a_run_that_lambda_ended_while_it_read_the_paper_is_told() -> None:
    log("Summarize", a_line("reading", paper_id="2602.10934"))
    ended = [f"2026-02-12T01:05:00Z {one} Task timed out after 300.00 seconds" for one in (RUN, OTHER_RUN)]
    log("Summarize", *ended, at=NOW + timedelta(minutes=1))
    lines = told("2602.10934")
    assert len(lines) == 2
    assert lines[1].endswith(f"ERROR 2026-02-12T01:05:00Z {RUN} Task timed out after 300.00 seconds")


def test_figures_for_cloudwatch_are_no_lines_to_read() -> None:
    log("Fetch", json.dumps({"_aws": {"Timestamp": 1}, "paper_id": "2602.10934"}))
    assert run("2602.10934").stdout == ""


def test_since_says_how_far_back() -> None:
    log("Fetch", a_line("joined", NOW - timedelta(hours=3), paper_id="2602.10934"), at=NOW - timedelta(hours=3))
    assert len(told("2602.10934", "--since", "4h")) == 1
    result = run("2602.10934", "--since", "2h")
    assert (result.stdout, "look further back with --since" in result.stderr) == ("", True)


def test_as_json_every_line_is_whole() -> None:
    log("Fetch", a_line("joined", paper_id="2602.10934"))
    found = json.loads(run("2602.10934", "--json").stdout)
    assert (found["function"], found["line"]["function_request_id"]) == ("fetch", RUN)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["hello"], "or name an edition's date"),
        (["2026-13-01"], "2026-13-01 is no date"),
        (["2602.10934", "--since", "yesterday"], "yesterday is no span of time"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", " ").split())


def test_level_leaves_out_what_is_less_grave() -> None:
    levels = ("INFO", "WARNING", "ERROR", "CRITICAL")
    log("Fetch", *(a_line(f"a-{level}", paper_id="2602.10934", level=level) for level in levels))
    assert [line.split()[-1] for line in told("2602.10934", "--level", "error")] == ["a-ERROR", "a-CRITICAL"]
    assert len(told("2602.10934", "--level", "WARNING")) == 3
