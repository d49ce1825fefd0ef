"""Changes of the table that could not be published: published from the table as it is now.

A dead letter of the stream holds no change, only where in the stream a batch of them lies, and that for a day.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from arxiv_daily.editions.window import edition_date
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed.command import papers
from arxiv_daily_cli.deployed.dead_letters import Letter, queue_of
from arxiv_daily_cli.deployed.redrive.filtering import reaches_aggregate
from arxiv_daily_cli.deployed.redrive.outcome import Deed, Outcome
from arxiv_daily_cli.deployed.stack import DeployedStack
from arxiv_daily_cli.functions import FunctionFailed

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

_QUEUE = "changes"
_BEFORE = timedelta(days=3)
"""How much older than a change the edition may be that it is about, as a rule: so long are papers tried again."""
_GONE = {"TrimmedDataAccessException", "ResourceNotFoundException", "ExpiredIteratorException"}

Key = dict[str, dict[str, str]]
"""Of an item, as streams write it."""


class _Batch(BaseModel):
    """Where in the stream the changes lie; what else Lambda says of them is not needed."""

    stream: str = Field(alias="streamArn")
    shard: str = Field(alias="shardId")
    first: str = Field(alias="startSequenceNumber")
    last: int = Field(alias="endSequenceNumber")
    since: AwareDatetime = Field(alias="approximateArrivalOfFirstRecord")
    until: AwareDatetime = Field(alias="approximateArrivalOfLastRecord")


class _Descriptor(BaseModel):
    batch: _Batch = Field(alias="DDBStreamBatchInfo")


def redrive_changes(stack: DeployedStack, streams: "DynamoDBStreamsClient", *, discard: bool) -> list[Outcome]:
    """Each letter's editions and papers are published; a letter is deleted only after that."""
    dead = queue_of(stack, _QUEUE)
    return [_redriven(stack, streams, letter, discard=discard) for letter in dead.letters()] if dead else []


def _redriven(stack: DeployedStack, streams: "DynamoDBStreamsClient", letter: Letter, *, discard: bool) -> Outcome:
    def outcome(about: str, deed: Deed, said: str) -> Outcome:
        letter.leave() if deed is Deed.LEFT else letter.delete()
        return Outcome(queue=_QUEUE, about=about, deed=deed, said=said, message_id=letter.message_id)

    try:
        batch = _Descriptor.model_validate_json(letter.body).batch
    except ValidationError:
        return outcome(letter.body, Deed.DISCARDED if discard else Deed.LEFT, "is no batch of changes")
    about = f"changes of {batch.since:%Y-%m-%d %H:%M} UTC"
    keys, note = _keys(stack, streams, batch)
    try:
        report = (
            stack.aggregate({"Records": [_record(key) for key in keys]}) if keys else {"editions": [], "papers": []}
        )
    except FunctionFailed as failure:
        return outcome(about, Deed.LEFT, str(failure))
    return outcome(about, Deed.PUBLISHED, f"published {_list(report)}{note}")


def _keys(stack: DeployedStack, streams: "DynamoDBStreamsClient", batch: _Batch) -> tuple[list[Key], str]:
    """The items that changed, while the stream still has them; else the editions that may have, and a word on that."""
    try:
        return list(_changed(streams, batch)), ""
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") not in _GONE:
            raise
    days = _likely(stack, batch)
    note = "; the stream keeps changes for a day, so that is a guess: arxiv-daily rebuild --all makes sure"
    return [{"PK": {"S": f"EDITION#{day}"}, "SK": {"S": "FACTS"}} for day in days], note


def _changed(client: "DynamoDBStreamsClient", batch: _Batch) -> Iterator[Key]:
    """Of the batch's records, those that aggregate was handed."""
    iterator: str | None = client.get_shard_iterator(
        StreamArn=batch.stream,
        ShardId=batch.shard,
        ShardIteratorType="AT_SEQUENCE_NUMBER",
        SequenceNumber=batch.first,
    )["ShardIterator"]
    position = -1
    while iterator and position < batch.last:
        answer = client.get_records(ShardIterator=iterator)
        for record in answer["Records"]:
            change: Any = record["dynamodb"]
            position = int(change["SequenceNumber"])
            if position <= batch.last and reaches_aggregate(change):
                yield change["Keys"]
        iterator = answer.get("NextShardIterator")


def _likely(stack: DeployedStack, batch: _Batch) -> list[date]:
    first, last = edition_date(batch.since) - _BEFORE, edition_date(batch.until)
    rows = SiteStore(stack.table).rows()
    return sorted(row.date for row in rows if first <= row.date <= last or row.pending or row.unpaid)


def _record(key: Key) -> dict[str, Any]:
    return {"eventSource": "aws:dynamodb", "eventName": "MODIFY", "dynamodb": {"Keys": key}}


def _list(report: dict[str, Any]) -> str:
    editions = [f"edition {day}" for day in report["editions"]]
    versions = [papers(len(report["papers"]))] if report["papers"] else []
    return ", ".join(editions + versions) or "nothing: no page shows what changed"
