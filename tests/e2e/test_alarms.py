"""Each alarm goes off by its cause, tells its topic, and is over once its runbook (docs/operating.md) was followed."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.e2e.cloudwatch import CloudWatch
from tests.e2e.conftest import SAMPLE, Json, Stack, stack_over, wait_until
from tests.e2e.dead_letters import a_change_that_was_not_published

A_DAY = timedelta(days=1)
DAY, THE_DAY_AFTER = "2026-03-05", "2026-03-06"
PAPERS = 8


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with stack_over(SAMPLE) as running:
        yield running


@pytest.fixture(scope="module")
def watch(stack: Stack) -> CloudWatch:
    return CloudWatch(stack)


@pytest.fixture(scope="module")
def mail(stack: Stack) -> Callable[[], list[str]]:
    """What the alarms' topic sends, by a queue in a mailbox's place."""
    sqs, sns = stack.client("sqs"), stack.client("sns")
    url = sqs.create_queue(QueueName="mailbox")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    allowed = {"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}, "Action": "sqs:*", "Resource": arn}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    [topic] = [one["TopicArn"] for one in sns.list_topics()["Topics"] if "AlarmsTopic" in one["TopicArn"]]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    def received() -> list[str]:
        messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"])["Message"] for message in messages]

    return received


def probe(stack: Stack, day: str) -> None:
    stack.invoke("FetchFunctionName", {"time": f"{day}T00:50:00Z"})


def read(stack: Stack, paper_id: str) -> Json:
    return stack.invoke("OnDemandFunctionName", {"paper_id": paper_id})


def limit(stack: Stack, dollars: str) -> None:
    """Change on_demand's budget, as an update of the stack does."""
    client, name = stack.client("lambda"), stack.outputs["OnDemandFunctionName"]
    known = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    client.update_function_configuration(
        FunctionName=name, Environment={"Variables": known | {"DAILY_BUDGET": dollars}}
    )


def let_read(stack: Stack, *, enabled: bool) -> None:
    """Whether the papers queue is read."""
    client, name = stack.client("lambda"), stack.outputs["SummarizeFunctionName"]
    [mapping] = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
    client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=enabled)


def pending(stack: Stack) -> int:
    edition = stack.edition(DAY)
    return int(edition["counts"]["pending"]) if edition else 0


def test_a_budget_that_is_used_up(stack: Stack, watch: CloudWatch) -> None:
    limit(stack, "0.000001")
    assert read(stack, "2699.00001")["state"] == "failed"
    assert (watch.state("BudgetReachedAlarm"), watch.state("ClaudeClosedAlarm")) == ("ALARM", "OK")
    watch.later += timedelta(hours=1)
    limit(stack, "3")
    assert read(stack, "2699.00001")["state"] == "ready"
    let_read(stack, enabled=False)
    probe(stack, DAY)
    assert watch.state("BudgetReachedAlarm") == "OK"


def test_a_claude_that_refuses_our_credit(stack: Stack, watch: CloudWatch) -> None:
    stack.claude.take_on("2699.00002", "no_credit")
    assert read(stack, "2699.00002")["state"] == "pending"
    assert (watch.state("ClaudeClosedAlarm"), watch.state("BudgetReachedAlarm")) == ("ALARM", "OK")
    watch.later += timedelta(minutes=10)
    let_ten_minutes_pass(stack)
    assert read(stack, "2699.00002")["state"] == "ready"  # the credit was renewed: the stand-in's mood is over
    assert watch.state("ClaudeClosedAlarm") == "OK"


def let_ten_minutes_pass(stack: Stack) -> None:
    """Of what the table holds: the gate to Claude lets one worker try."""
    gate, paper = {"PK": "GATE", "SK": "CLAUDE"}, {"PK": "PAPER#2699.00002", "SK": "V#1"}
    stack.table.update_item(
        Key=gate,
        UpdateExpression="SET #until = :past",
        ExpressionAttributeNames={"#until": "until"},
        ExpressionAttributeValues={":past": 0},
    )
    stack.table.update_item(Key=paper, UpdateExpression="REMOVE not_before")


def test_an_edition_that_is_pending_at_the_next_day_s_probe(
    stack: Stack, watch: CloudWatch, mail: Callable[[], list[str]]
) -> None:
    let_read(stack, enabled=False)
    probe(stack, DAY)
    wait_until(lambda: pending(stack), "papers that wait")
    watch.later += timedelta(hours=1)
    probe(stack, DAY)
    assert watch.state("EditionOverdueAlarm") == "OK"
    watch.later += A_DAY
    probe(stack, THE_DAY_AFTER)
    assert watch.state("EditionOverdueAlarm") == "ALARM"
    [told] = wait_until(lambda: [one for one in mail() if "EditionOverdueAlarm" in one], "the alarm's mail")
    assert "arxiv-daily backfill DATE" in told
    assert "docs/operating.md#editionoverduealarm" in told
    let_read(stack, enabled=True)
    stack.complete_edition(DAY, PAPERS)
    watch.later += A_DAY
    probe(stack, THE_DAY_AFTER)
    assert watch.state("EditionOverdueAlarm") == "OK"


def test_a_ledger_that_adds_up(watch: CloudWatch) -> None:
    """One that does not is an error of the program; tests/integration/test_figures.py makes one."""
    assert watch.state("CountsOffAlarm") == "OK"


def test_a_message_that_nobody_can_read(stack: Stack, watch: CloudWatch) -> None:
    assert watch.state("DeadLettersAlarm") == "OK"
    sqs, queue, dead = stack.client("sqs"), stack.outputs["PapersQueueUrl"], stack.outputs["PapersDeadLetterQueueUrl"]
    allow_one_receive(sqs, queue)
    sqs.send_message(QueueUrl=queue, MessageBody='{"not": "a paper"}')
    wait_until(lambda: depth(sqs, dead), "a dead letter")
    assert watch.state("DeadLettersAlarm") == "ALARM"
    told = stack.command("redrive", "--discard")
    assert (told.returncode, depth(sqs, dead)) == (0, 0), told.stdout + told.stderr
    watch.later += timedelta(hours=1)
    assert watch.state("DeadLettersAlarm") == "OK"


def test_changes_that_could_not_be_published(stack: Stack, watch: CloudWatch) -> None:
    """The engine tries a stream's records for ever: what Lambda would leave after all tries is put by hand."""
    probe(stack, DAY)
    stack.complete_edition(DAY, PAPERS)
    assert watch.state("UnpublishedAlarm") == "OK"
    sqs, failures = stack.client("sqs"), stack.outputs["AggregateFailuresQueueUrl"]
    sqs.send_message(QueueUrl=failures, MessageBody=a_change_that_was_not_published(stack, DAY))
    assert watch.state("UnpublishedAlarm") == "ALARM"
    told = stack.command("redrive")
    assert (told.returncode, depth(sqs, failures)) == (0, 0), told.stdout + told.stderr
    watch.later += timedelta(hours=1)
    assert watch.state("UnpublishedAlarm") == "OK"


def allow_one_receive(sqs: Any, queue: str) -> None:
    """Where the template allows fifty, which take a minute."""
    known = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["RedrivePolicy"])["Attributes"]["RedrivePolicy"]
    policy = json.dumps(json.loads(known) | {"maxReceiveCount": 1})
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedrivePolicy": policy})


def depth(sqs: Any, url: str) -> int:
    counted = "ApproximateNumberOfMessages"
    return int(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[counted])["Attributes"][counted])


def test_probes_that_fail_with_all_their_tries(stack: Stack) -> None:
    watch = CloudWatch(stack)
    assert watch.state("FetchErrorsAlarm") == "OK"
    for _ in range(3):
        stack.invoke("FetchFunctionName", {"time": "<aws.scheduler.scheduled-time>"})
    assert watch.state("FetchErrorsAlarm") == "ALARM"
    watch.later += timedelta(hours=2)
    assert watch.state("FetchErrorsAlarm") == "OK"


def test_a_schedule_that_is_on_and_that_nobody_runs(stack: Stack) -> None:
    watch = CloudWatch(stack, later=10 * A_DAY)
    assert watch.state("NoRunAlarm") == "OK"  # a local stack's schedule is paused
    resumed = stack.command("resume")
    assert resumed.returncode == 0, resumed.stderr
    assert watch.state("NoRunAlarm") == "ALARM"
    watch.later = timedelta()
    probe(stack, THE_DAY_AFTER)
    assert watch.state("NoRunAlarm") == "OK"
