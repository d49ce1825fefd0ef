import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from typer.testing import CliRunner, Result

from arxiv_daily.editions.window import budget_day, edition_date, window_of
from arxiv_daily.models import EditionRow, Kind, Seen
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed.holidays import Holidays
from arxiv_daily_cli.deployed.status import command, condition
from arxiv_daily_cli.main import app
from tests.examples import a_paper
from tests.integration.days import Days
from tests.integration.deployed import StackHere, a_stack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

TODAY = edition_date(datetime.now(UTC))
LONG_AGO = TODAY - timedelta(days=9)


@pytest.fixture
def days(editions: EditionStore, papers: PaperStore) -> Days:
    return Days(editions, papers)


@pytest.fixture(autouse=True)
def stack(table: "Table", monkeypatch: pytest.MonkeyPatch) -> StackHere:
    """All is well: a schedule that is on, an alarm that is off, empty dead letters."""
    found = a_stack(table.name)
    found.queue("PapersDeadLetterQueueUrl")
    boto3.client("scheduler").create_schedule(
        Name="probes",
        ScheduleExpression="cron(50 8 * * ? *)",
        ScheduleExpressionTimezone="Asia/Shanghai",
        FlexibleTimeWindow={"Mode": "OFF"},
        State="ENABLED",
        Target={
            "Arn": "arn:aws:lambda:us-east-1:123456789012:function:f",
            "RoleArn": "arn:aws:iam::123456789012:role/r",
        },
    )
    found.make("AWS::Scheduler::Schedule", "FetchFunctionSchedule", "probes")
    put_alarm(acts=True)
    found.make("AWS::CloudWatch::Alarm", "ClaudeClosedAlarm", "an-alarm")
    monkeypatch.setattr(command, "find", lambda name: found)
    return found


def put_alarm(*, acts: bool) -> None:
    boto3.client("cloudwatch").put_metric_alarm(
        AlarmName="an-alarm",
        AlarmDescription="Claude refuses our key. Renew it.",
        MetricName="ReadingState",
        Namespace="arxiv-daily",
        ComparisonOperator="GreaterThanThreshold",
        EvaluationPeriods=1,
        Period=300,
        Statistic="Maximum",
        Threshold=0,
        ActionsEnabled=acts,
    )


def schedule(expression: str) -> None:
    """Another one than every day's, on."""
    client = boto3.client("scheduler")
    kept = client.get_schedule(Name="probes")
    client.update_schedule(
        **{name: kept[name] for name in ("Name", "FlexibleTimeWindow", "Target")},  # type: ignore[arg-type]
        ScheduleExpression=expression,
        State="ENABLED",
    )


def published(rows: SiteStore, day: date, pending: int = 0) -> None:
    rows.put(EditionRow(date=day, status_text="", shown=1, pending=pending, rev=1))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["status", *arguments])


def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("--json").stdout)
    return found


def whats(found: dict[str, Any]) -> list[str]:
    return [problem["what"] for problem in found["problems"]]


def said(result: Result) -> str:
    return " ".join(result.stdout.split())


def test_a_day_that_went_well_is_told_with_exit_code_0(days: Days, rows: SiteStore) -> None:
    days.read(TODAY, 3)
    published(rows, TODAY)
    result = run()
    assert result.exit_code == 0
    assert "All is well." in result.stdout
    assert "on; next probe" in result.stdout
    assert "08:50 Asia/Shanghai" in result.stdout
    assert f"│ {TODAY} │ complete │ 3 │ 3 │ 3 │ 0 │ 0 │" in said(result)


def test_the_screen_fits_eighty_columns(days: Days, rows: SiteStore, stack: StackHere) -> None:
    days.fail(days_with_a_paper(days, TODAY))
    published(rows, TODAY)
    boto3.client("sqs").send_message(QueueUrl=stack.outputs["PapersDeadLetterQueueUrl"], MessageBody="hello")
    lines = CliRunner(env={"COLUMNS": "80"}).invoke(app, ["status"]).stdout.splitlines()
    assert max(map(len, lines)) <= 80


def days_with_a_paper(days: Days, day: date) -> Any:
    paper = a_paper()
    days.of(day, [paper])
    return paper


def test_a_paper_that_waits_is_told_with_its_reason_and_when_it_is_due(
    days: Days, rows: SiteStore, papers: PaperStore
) -> None:
    paper, until = days_with_a_paper(days, TODAY), datetime.now(UTC) + timedelta(minutes=5)
    published(rows, TODAY, pending=1)
    papers.change(
        paper.ref,
        lambda version: version.model_copy(
            update={"work": version.work.model_copy(update={"error": "Claude 回答 HTTP 529", "not_before": until})}
        ),
    )
    (found,) = document()["pending"]
    assert (found["paper"], found["reason"]) == ("2602.10934v1", "Claude 回答 HTTP 529")
    assert datetime.fromisoformat(found["not_before"]) - until < timedelta(seconds=1)
    assert "2602.10934v1" in run().stdout


def test_papers_of_old_editions_that_still_wait_come_first_and_need_a_person(
    days: Days, rows: SiteStore, budget: BudgetStore
) -> None:
    paper, yesterday = days_with_a_paper(days, LONG_AGO), budget_day(datetime.now(UTC)) - timedelta(days=1)
    for back in range(2):
        budget.await_turn(yesterday - timedelta(days=back), [paper.ref])
    published(rows, LONG_AGO, pending=1)
    for back in range(5):
        days.read(TODAY - timedelta(days=back), 1)
        published(rows, TODAY - timedelta(days=back))
    found = document()
    assert [one["edition_date"] for one in found["pending"]] == [str(LONG_AGO)]
    assert len(found["editions"]) == 5
    first = yesterday - timedelta(days=1)
    assert whats(found) == [f"1 paper is pending, the first since {first}, of the edition of {LONG_AGO}"]


def test_a_paper_of_an_old_edition_that_was_filled_today_needs_nobody(
    days: Days, rows: SiteStore, budget: BudgetStore
) -> None:
    days.read(TODAY, 1)
    published(rows, TODAY)
    paper = days_with_a_paper(days, LONG_AGO)
    published(rows, LONG_AGO, pending=1)
    budget.await_turn(budget_day(datetime.now(UTC)), [paper.ref])
    result = run()
    assert (result.exit_code, str(paper.ref) in result.stdout) == (0, True)


def test_a_paper_without_metadata_waits_for_arxiv(days: Days, rows: SiteStore, editions: EditionStore) -> None:
    days.of(TODAY, [])
    editions.note(TODAY, Seen(paper_id="2602.20000", kind=Kind.NEW, witness="feed", since=datetime.now(UTC)))
    published(rows, TODAY, pending=1)
    (found,) = document()["pending"]
    assert (found["paper"], "named by feed" in found["reason"]) == ("2602.20000", True)


def test_a_paper_of_which_arxiv_shows_nothing_for_days_needs_a_person(
    days: Days, rows: SiteStore, editions: EditionStore
) -> None:
    days.of(LONG_AGO, [])
    since = datetime.now(UTC) - timedelta(days=3)
    editions.note(LONG_AGO, Seen(paper_id="2602.20000", kind=Kind.NEW, witness="feed", since=since))
    published(rows, LONG_AGO, pending=1)
    assert whats(document()) == []
    editions.mark_overdue(LONG_AGO, "2602.20000")
    (what,) = whats(document())
    assert what == f"1 paper is pending, the first since {budget_day(since)}, of the edition of {LONG_AGO}"
    assert f"arxiv-daily backfill {LONG_AGO}" in document()["problems"][0]["next"]


def test_failed_papers_are_told_with_their_reasons_and_need_nobody(days: Days, rows: SiteStore) -> None:
    days.fail(days_with_a_paper(days, TODAY))
    published(rows, TODAY)
    result = run()
    assert result.exit_code == 0
    assert "模型拒绝解读这篇论文" in result.stdout


def test_more_failed_papers_than_fit_are_counted(days: Days, rows: SiteStore) -> None:
    failed = [a_paper(f"2602.1{number:04}") for number in range(8)]
    days.of(TODAY, failed)
    for paper in failed:
        days.fail(paper)
    published(rows, TODAY)
    result = run()
    assert "Failed (8)" in result.stdout
    assert "and 3 more" in result.stdout


def test_dead_letters_need_a_person(stack: StackHere) -> None:
    client, url = boto3.client("sqs"), stack.outputs["PapersDeadLetterQueueUrl"]
    client.send_message(QueueUrl=url, MessageBody="hello")
    result = run()
    assert result.exit_code == 3
    assert "In the dead letters: 1 message that no worker could read" in said(result)
    assert "arxiv-daily redrive" in result.stdout
    client.send_message(QueueUrl=url, MessageBody="hello")
    assert "2 messages that no worker could read" in said(run())


def test_every_queue_of_dead_letters_that_the_stack_has_is_counted(stack: StackHere) -> None:
    for output in ("AggregateFailuresQueueUrl", "NotifyDeadLetterQueueUrl"):
        stack.queue(output)
    assert [queue["name"] for queue in document()["dead_letters"]] == ["papers", "changes", "notices"]


def test_an_alarm_that_is_on_is_told_with_its_first_sentence() -> None:
    boto3.client("cloudwatch").set_alarm_state(AlarmName="an-alarm", StateValue="ALARM", StateReason="a test")
    found = document()
    assert whats(found) == ["ClaudeClosedAlarm is on: Claude refuses our key."]
    assert found["alarms"]["known"] == 1


def test_an_alarm_whose_actions_are_off_needs_nobody() -> None:
    put_alarm(acts=False)
    boto3.client("cloudwatch").set_alarm_state(AlarmName="an-alarm", StateValue="ALARM", StateReason="a test")
    assert (run().exit_code, document()["alarms"]["on"]) == (0, [])


def test_a_closed_gate_is_told_with_its_reason(table: "Table") -> None:
    ModelGateStore(table).close("Claude 的余额已用完", datetime.now(UTC))
    result = run()
    assert result.exit_code == 3
    assert "Claude is closed to all papers: Claude 的余额已用完" in said(result)


def test_a_budget_in_which_no_paper_fits_any_more_is_used_up(budget: BudgetStore) -> None:
    assert document()["budget"]["is_used_up"] is False
    budget.reserve("2602.00001", Reservation(budget_day(datetime.now(UTC)), 2_999_999, 3_000_000))
    found = document()
    assert found["budget"]["committed"] == 2_999_999
    assert whats(found) == ["today's budget is used up: papers are read from their abstracts, or wait"]


def test_a_paused_schedule_is_somebodys_will() -> None:
    client = boto3.client("scheduler")
    kept = client.get_schedule(Name="probes")
    client.update_schedule(
        **{name: kept[name] for name in ("Name", "ScheduleExpression", "FlexibleTimeWindow", "Target")},  # type: ignore[arg-type]
        State="DISABLED",
    )
    result = run()
    assert (result.exit_code, "paused; arxiv-daily resume" in result.stdout) == (0, True), result.stdout


def test_a_schedule_that_brought_no_edition_needs_a_person(stack: StackHere, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run().exit_code == 0  # deployed a moment ago
    older = replace(stack, changed_at=datetime.now(UTC) - timedelta(days=3))
    monkeypatch.setattr(command, "find", lambda name: older)
    assert "although the schedule is on" in said(run())


def test_a_day_without_probes_needs_no_edition(stack: StackHere, monkeypatch: pytest.MonkeyPatch) -> None:
    older = replace(stack, changed_at=datetime.now(UTC) - timedelta(days=30))
    monkeypatch.setattr(command, "find", lambda name: older)
    yesterday, days = TODAY - timedelta(days=1), ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
    others = ",".join(name for number, name in enumerate(days) if number != yesterday.weekday())
    schedule(f"cron(50 8 ? * {others} *)")
    assert whats(document()) == [f"there is no edition of {yesterday - timedelta(days=1)}, although the schedule is on"]
    published(SiteStore(stack.table), yesterday - timedelta(days=1))
    EditionStore(stack.table).open(yesterday - timedelta(days=1), window_of(yesterday - timedelta(days=1)))
    assert whats(document()) == []


def test_what_may_not_be_asked_is_not_known_and_hides_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(stack: StackHere) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "DescribeAlarms")

    monkeypatch.setattr(condition, "alarms_of", denied)
    result = run()
    assert result.exit_code == 3
    assert "Alarms: not known" in said(result)
    assert "lack the permission DescribeAlarms" in said(result)
    assert "next probe" in result.stdout


def test_editions_that_may_not_be_asked_for_are_not_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(store: SiteStore) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "Query")

    monkeypatch.setattr(SiteStore, "rows", denied)
    result = run()
    assert (result.exit_code, "There is no edition yet" in result.stdout) == (3, False)
    assert "Editions: not known" in said(result)
    found = document()
    assert (found["editions"], found["budget"]["unpaid"]) == (None, None)


def test_that_the_list_of_holidays_ends_is_told_and_needs_nobody_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Holidays(until=date(2026, 12, 31), are_ending=True)
    monkeypatch.setattr(condition, "holidays_at", lambda now: known)
    result = run()
    assert (result.exit_code, "All is well." in result.stdout) == (0, True)
    assert "Holidays listed until 2026-12-31" in said(result)
    assert "update to a release that lists 2027" in said(result)
    assert document()["holidays"] == {"until": "2026-12-31", "are_ending": True}
    monkeypatch.setattr(condition, "holidays_at", lambda now: known.model_copy(update={"are_ending": False}))
    assert "Holidays" not in run().stdout
