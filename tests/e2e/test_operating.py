"""Every command against a stack in trouble, and where there is no stack or nobody to be: docs/transcripts/."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest

from arxiv_daily.editions.window import budget_day
from arxiv_daily_cli.deployed import dead_letters, pausing
from arxiv_daily_cli.deployed.command import NEEDS_A_PERSON
from tests.e2e.conftest import CREDENTIALS, SAMPLE, Stack, stack_over, wait_until
from tests.e2e.dead_letters import a_change_that_was_not_published
from tests.e2e.transcripts import Transcript

DAY = "2026-03-05"
PAPERS = 8
EVENTS = Path(__file__).parents[2] / "events"
READ, ABSTRACT_ONLY, WAITING, FAILED = (f"2699.0000{number}" for number in (1, 5, 2, 4))
MOODY = "2699.00006"
"""In the sample, Claude fails twice over it, which takes its time."""
BUDGET = 3_000_000
"""Micro-dollars: what the template's DailyBudget allows."""
LEFT = 5_000
"""Of it, a little more than what the six papers cost that were read."""


@pytest.fixture(scope="module", autouse=True)
def utc() -> Iterator[None]:
    """Times of this machine are printed in its zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    os.environ.pop("TZ")
    os.environ.update({"TZ": before} if before else {})
    time.tzset()


@pytest.fixture(scope="module", autouse=True)
def impatient() -> Iterator[None]:
    """The engine's queues answer at once, and its updates take no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dead_letters, "POLL_SECONDS", 0)
        patch.setattr(pausing, "LOOK_EVERY_SECONDS", 0.1)
        patch.setattr(boto3, "DEFAULT_SESSION", None)
        yield


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with stack_over(SAMPLE) as running:
        yield running


@pytest.fixture(scope="module")
def troubled(stack: Stack) -> Stack:
    """A paper waits, one failed, dead letters lie about, the day's budget is used up, nobody reads any more."""
    stack.claude.take_on(MOODY, "clear")
    stack.claude.take_on(WAITING, "always:overloaded")
    stack.claude.take_on(FAILED, "always:too_long")
    stack.invoke("FetchFunctionName", {"time": f"{DAY}T00:50:00Z"})
    wait_until(lambda: _counts(stack) == (6, 1, 1), "six papers read, one waiting, one failed")
    _listen(stack, enabled=False)
    wait_until(lambda: _waits_for_claude(stack), "the paper that waits for Claude")
    _spend(stack, BUDGET - LEFT)
    _dead_letter(stack, "PapersDeadLetterQueueUrl", "hello", _message(READ), _message(FAILED))
    _dead_letter(stack, "AggregateFailuresQueueUrl", a_change_that_was_not_published(stack, DAY))
    _dead_letter(stack, "NotifyDeadLetterQueueUrl", _notice())
    _alarm(stack, "ALARM")
    return stack


def _counts(stack: Stack) -> tuple[int, int, int] | None:
    counts = (stack.edition(DAY) or {}).get("counts")
    return (counts["ready"], counts["pending"], counts["failed"]) if counts else None


def _listen(stack: Stack, *, enabled: bool) -> None:
    """Whether the queue wakes summarize."""
    client = stack.client("lambda")
    mappings = client.list_event_source_mappings(FunctionName=stack.outputs["SummarizeFunctionName"])
    for mapping in mappings["EventSourceMappings"]:
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=enabled)


def _waits_for_claude(stack: Stack) -> bool:
    """Whether no worker has it any more."""
    item = stack.table.get_item(Key={"PK": f"PAPER#{WAITING}", "SK": "V#1"}, ConsistentRead=True)["Item"]
    return item["state"] == "queued" and "error" in item


def _spend(stack: Stack, micro_dollars: int) -> None:
    """More of today's budget is spent, or given back."""
    stack.table.update_item(
        Key={"PK": "BUDGET", "SK": str(budget_day(datetime.now(UTC)))},
        UpdateExpression="ADD committed :more, spent :more",
        ExpressionAttributeValues={":more": micro_dollars},
    )


def _message(paper_id: str) -> str:
    return json.dumps({"paper_id": paper_id, "version": 1, "edition_date": DAY})


def _notice() -> str:
    """Of today's edition: an older one would be no news."""
    event = json.loads((EVENTS / "edition_published.json").read_text(encoding="utf-8"))
    return json.dumps({**event, "detail": {**event["detail"], "date": str(budget_day(datetime.now(UTC)))}})


def _dead_letter(stack: Stack, output: str, *bodies: str) -> None:
    for body in bodies:
        stack.client("sqs").send_message(QueueUrl=stack.outputs[output], MessageBody=body)


def _alarm(stack: Stack, state: str) -> None:
    client = stack.client("cloudwatch")
    (name,) = [
        one["AlarmName"] for one in client.describe_alarms()["MetricAlarms"] if "DeadLettersAlarm" in one["AlarmName"]
    ]
    client.set_alarm_state(AlarmName=name, StateValue=state, StateReason="as the test says")


def environment(stack: Stack) -> dict[str, str]:
    return {**CREDENTIALS, "AWS_ENDPOINT_URL": stack.endpoint}


@pytest.fixture(scope="module")
def operated(troubled: Stack) -> Transcript:
    """What an operator does from a look at the trouble to its end, and then some."""
    transcript = Transcript(
        "trouble",
        "A stack in trouble, and how it gets well",
        "One paper waits since Claude is overloaded, one failed, some messages are dead letters, today's budget is "
        "used up, and somebody switched off what wakes the reader.",
        environment(troubled),
    )
    for command in ("status", "doctor", f"edition {DAY}", f"paper {READ}", "costs --days 1"):
        transcript.run(command)
    transcript.run(f"logs {FAILED} --level warning", wide=True)
    for command in ("redrive", "redrive --discard", f"redrive {FAILED} {READ}"):
        transcript.run(command)
    _mend(troubled)
    hide = f"hide {ABSTRACT_ONLY}"
    for command in ("status", f"{hide} --reason '译文有误'", f"{hide} --undo", f"rebuild {DAY}"):
        transcript.run(command)
    for command in ("resume", "pause", "pause"):
        transcript.run(command)
    return transcript


def _mend(stack: Stack) -> None:
    """What the operator does outside the commands, until every paper was read."""
    stack.claude.take_on(WAITING, "clear")
    stack.claude.take_on(FAILED, "clear")
    _spend(stack, LEFT - BUDGET)
    _listen(stack, enabled=True)
    stack.complete_edition(DAY, PAPERS)
    wait_until(lambda: _counts(stack) == (PAPERS, 0, 0), "every paper")
    _alarm(stack, "OK")


def test_every_command_says_of_the_trouble_what_its_transcript_says(operated: Transcript) -> None:
    operated.check()


def test_exit_codes_tell_whether_a_person_is_needed(operated: Transcript) -> None:
    needing = [command.split()[0] for command, code in operated.codes if code == NEEDS_A_PERSON]
    assert needing == ["status", "doctor", "redrive"]
    assert {code for _, code in operated.codes} == {0, NEEDS_A_PERSON}


@pytest.mark.usefixtures("operated")
def test_counts_hold_after_all_of_it_and_nothing_was_bought_twice(stack: Stack) -> None:
    edition = wait_until(
        lambda: stack.edition(DAY),
        "the reading that is shown again",
        lambda found: (found or {})["counts"]["ready"] == PAPERS,
    )
    assert edition
    assert edition["counts"]["announced"] == edition["counts"]["shown"] == PAPERS
    answered = [asked["body_sha256"] for asked in stack.claude.asked() if asked["status"] == 200]
    assert len(answered) == len(set(answered)) == PAPERS


def test_no_stack_of_that_name(stack: Stack) -> None:
    transcript = Transcript(
        "no-stack",
        "There is no stack of that name",
        "Each command says so, and in which region it looked.",
        environment(stack),
    )
    commands = (
        "status",
        f"edition {DAY}",
        "costs",
        f"logs {READ}",
        f"paper {READ}",
        "redrive",
        "pause",
        f"rebuild {DAY}",
    )
    for command in commands:
        assert transcript.run(f"{command} --stack-name another") == 1
    assert transcript.run("doctor --stack-name another") == 3
    transcript.check()


def test_nobody_to_be_and_nowhere_to_ask(stack: Stack, tmp_path: Path) -> None:
    nothing = {
        **environment(stack),
        "AWS_ACCESS_KEY_ID": "",
        "AWS_SECRET_ACCESS_KEY": "",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_SHARED_CREDENTIALS_FILE": f"{tmp_path}/credentials",
        "AWS_CONFIG_FILE": f"{tmp_path}/config",
    }
    transcript = Transcript(
        "no-credentials",
        "No credentials, no region, no network, and mistakes in typing",
        "Without credentials:",
        nothing,
    )
    for command in ("status", f"paper {READ}", "redrive", "resume"):
        assert transcript.run(command) == 1
    assert transcript.run("doctor") == 3
    transcript.runs.append("Without a region:\n")
    transcript.environment = {**environment(stack), "AWS_DEFAULT_REGION": None, "AWS_CONFIG_FILE": f"{tmp_path}/config"}
    assert transcript.run("status") == 1
    transcript.runs.append("With an address at which nobody answers:\n")
    transcript.environment = {**environment(stack), "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    assert transcript.run("status") == 1
    transcript.runs.append("With what cannot be meant:\n")
    transcript.environment = environment(stack)
    for command in ("paper hello", "logs yesterday", "edition 2026-02-30", "backfill 2099-10-01", "rebuild"):
        assert transcript.run(command) == 2
    assert transcript.run("paper 2699.99999") == 1
    transcript.check()
