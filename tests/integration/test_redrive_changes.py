"""Changes that could not be published, and a stream that remembers them or does not."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.exceptions import ClientError

from arxiv_daily.models import EditionRow
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed import dead_letters as queues
from arxiv_daily_cli.deployed.redrive.changes import redrive_changes
from arxiv_daily_cli.deployed.redrive.outcome import Deed, Outcome
from arxiv_daily_cli.functions import FunctionFailed
from tests.examples import DAY
from tests.integration.conftest import Inbox
from tests.integration.deployed import StackHere, a_stack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

FIRST = 100
"""The sequence number of the first record that a FakeStream holds."""


class FakeStream:
    """A stream of keys, a record in each answer; one that forgot refuses to begin.

    An item's state is done, unless the sort key is followed by another one.
    """

    def __init__(self, *keys: tuple[str, str], forgot: bool = False) -> None:
        self._keys, self._forgot = keys, forgot

    def get_shard_iterator(self, *, SequenceNumber: str, **named: str) -> dict[str, str]:
        if self._forgot:
            raise ClientError({"Error": {"Code": "TrimmedDataAccessException", "Message": ""}}, "GetShardIterator")
        assert SequenceNumber == f"000{FIRST}"  # as it was given: a stream's numbers are texts
        return {"ShardIterator": str(FIRST)}

    def get_records(self, *, ShardIterator: str) -> dict[str, Any]:
        partition, sort_and_state = self._keys[int(ShardIterator) - FIRST]
        sort, _, state = sort_and_state.partition(" ")
        keys = {"PK": {"S": partition}, "SK": {"S": sort}}
        record = {"SequenceNumber": ShardIterator, "Keys": keys, "NewImage": {**keys, "state": {"S": state or "done"}}}
        return {"Records": [{"dynamodb": record}], "NextShardIterator": str(int(ShardIterator) + 1)}


@pytest.fixture
def stack(table: "Table", monkeypatch: pytest.MonkeyPatch) -> StackHere:
    monkeypatch.setattr(queues, "POLL_SECONDS", 0)
    return a_stack(table.name)


@pytest.fixture
def failures(stack: StackHere) -> Inbox:
    return Inbox(boto3.client("sqs"), stack.queue("AggregateFailuresQueueUrl"))


def send(queue: Inbox, body: str) -> None:
    queue.client.send_message(QueueUrl=queue.url, MessageBody=body)


def left(queue: Inbox) -> list[str]:
    return [found["Body"] for found in queue.receive()]


def redrive(stack: StackHere, stream: FakeStream, *, discard: bool = False) -> list[Outcome]:
    return redrive_changes(stack, cast("DynamoDBStreamsClient", stream), discard=discard)


def descriptor(records: int = 1) -> str:
    """As Lambda writes it for a batch of a stream that failed to the end."""
    at = "2026-02-12T01:00:00Z"
    batch = {
        "shardId": "shardId-00000001770857460000-00000000",
        "startSequenceNumber": f"000{FIRST}",
        "endSequenceNumber": str(FIRST + records - 1),
        "approximateArrivalOfFirstRecord": at,
        "approximateArrivalOfLastRecord": at,
        "batchSize": records,
        "streamArn": "arn:aws:dynamodb:us-east-1:123456789012:table/papers-table/stream/2026-02-12",
    }
    context = {"condition": "RetryAttemptsExhausted", "approximateInvokeCount": 11}
    return json.dumps({"requestContext": context, "version": "1.0", "DDBStreamBatchInfo": batch})


def keys(event: dict[str, Any]) -> list[tuple[str, str]]:
    found = [record["dynamodb"]["Keys"] for record in event["Records"]]
    return [(key["PK"]["S"], key["SK"]["S"]) for key in found]


def published(event: dict[str, Any]) -> dict[str, Any]:
    """What aggregate answers when it published everything."""
    days = {partition.partition("#")[2] for partition, _ in keys(event) if partition.startswith("EDITION#")}
    return {"editions": sorted(days), "papers": [], "written": len(days)}


def test_the_items_that_changed_are_published_from_the_table(stack: StackHere, failures: Inbox) -> None:
    stack.answers["aggregate"] = published
    send(failures, descriptor(records=2))
    stream = FakeStream(("EDITION#2026-02-12", "FACTS"), ("PAPER#2602.10934", "V#1"), ("EDITION#2026-02-13", "FACTS"))
    (outcome,) = redrive(stack, stream)
    assert keys(stack.asked[0]) == [("EDITION#2026-02-12", "FACTS"), ("PAPER#2602.10934", "V#1")]
    assert (outcome.deed, outcome.said) == (Deed.PUBLISHED, "published edition 2026-02-12")
    assert left(failures) == []


def test_changes_between_them_that_no_page_shows_are_passed_over(stack: StackHere, failures: Inbox) -> None:
    stack.answers["aggregate"] = published
    send(failures, descriptor(records=5))
    others = (("BUDGET", "2026-02-12"), ("PAPER#2602.10934", "V#1 working"), ("PAPER#2602.10934", "PAPER"))
    redrive(stack, FakeStream(("EDITION#2026-02-12", "FACTS"), *others, ("GATE", "CLAUDE")))
    assert keys(stack.asked[0]) == [("EDITION#2026-02-12", "FACTS"), ("GATE", "CLAUDE")]


def test_changes_that_the_stream_has_forgotten_are_guessed_from_when_they_came(
    stack: StackHere, failures: Inbox, rows: SiteStore
) -> None:
    for back, pending in ((0, 0), (2, 0), (20, 0), (30, 1)):
        rows.put(EditionRow(date=DAY - timedelta(days=back), status_text="", shown=1, pending=pending, rev=1))
    stack.answers["aggregate"] = published
    send(failures, descriptor())
    (outcome,) = redrive(stack, FakeStream(forgot=True))
    assert outcome.said.startswith("published edition 2026-01-13, edition 2026-02-10, edition 2026-02-12; ")
    assert "arxiv-daily rebuild --all" in outcome.said
    assert left(failures) == []


def test_changes_that_cannot_be_published_stay(stack: StackHere, failures: Inbox) -> None:
    def broken(event: dict[str, Any]) -> dict[str, Any]:
        raise FunctionFailed("aggregate failed: PublishContended: too many writers")

    stack.answers["aggregate"] = broken
    send(failures, descriptor())
    (outcome,) = redrive(stack, FakeStream(("EDITION#2026-02-12", "FACTS")), discard=True)
    assert (outcome.deed, "too many writers" in outcome.said) == (Deed.LEFT, True)
    assert left(failures) == [descriptor()]


def test_a_letter_that_is_no_batch_of_changes_stays_unless_it_is_discarded(stack: StackHere, failures: Inbox) -> None:
    send(failures, "{}")
    assert [one.deed for one in redrive(stack, FakeStream())] == [Deed.LEFT]
    assert [one.deed for one in redrive(stack, FakeStream(), discard=True)] == [Deed.DISCARDED]
    assert left(failures) == []
