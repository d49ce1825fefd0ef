"""The papers queue: sending, and putting off a message that was received."""

import math
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import boto3

from arxiv_daily.models import PaperMessage
from arxiv_daily.observability import trace_id

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import (
        MessageSystemAttributeValueTypeDef,
        SendMessageBatchRequestEntryTypeDef,
    )

_BATCH = 10
"""Messages in one SendMessageBatch; SQS's limit."""
_TRIES = 3
_LONGEST = 11 * 60 * 60
"""In seconds. SQS hides a message for at most twelve hours since it was received, and refuses a longer time."""


_LONGEST_DELAY = timedelta(minutes=15)
"""How long SQS delays a new message at most."""


def spaced(number: int, spacing: timedelta) -> timedelta:
    """How long the message of that number (from 0) is delayed, so that workers come one after the other."""
    return min(number * spacing, _LONGEST_DELAY)


class PapersQueue:
    """One message per paper that waits to be read."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def send(self, delays: Mapping[PaperMessage, timedelta]) -> list[PaperMessage]:
        """Send messages in tens, each with its delay, and those that SQS refused again; what it refused to the end."""
        refused: list[PaperMessage] = []
        messages = list(delays)
        for start in range(0, len(messages), _BATCH):
            refused += self._send_batch({message: delays[message] for message in messages[start : start + _BATCH]})
        return refused

    def _send_batch(self, delays: Mapping[PaperMessage, timedelta]) -> list[PaperMessage]:
        waiting, trace = {str(number): message for number, message in enumerate(delays)}, _trace_header()
        for _ in range(_TRIES):
            entries: list[SendMessageBatchRequestEntryTypeDef] = [
                {
                    "Id": number,
                    "MessageBody": message.model_dump_json(),
                    "DelaySeconds": int(delays[message].total_seconds()),
                    "MessageSystemAttributes": trace,
                }
                for number, message in waiting.items()
            ]
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
            waiting = {failed["Id"]: waiting[failed["Id"]] for failed in answer.get("Failed", [])}
            if not waiting:
                break
        return list(waiting.values())

    def hide(self, receipt_handle: str, duration: float) -> None:
        """Let a received message come back after `duration` seconds, unless it is deleted before.

        SQS counts whole seconds: a fraction is rounded up, since a message that came back too early only waits again.
        """
        self._client.change_message_visibility(
            QueueUrl=self._url,
            ReceiptHandle=receipt_handle,
            VisibilityTimeout=min(_LONGEST, max(0, math.ceil(duration))),
        )


def _trace_header() -> "dict[Literal['AWSTraceHeader'], MessageSystemAttributeValueTypeDef]":
    """What lets a message carry the trace of this run; nothing where nobody traces."""
    root = trace_id()
    return {"AWSTraceHeader": {"DataType": "String", "StringValue": f"Root={root}"}} if root else {}


def connect(url: str) -> PapersQueue:
    """The queue, with the region, credentials and endpoint of the environment."""
    return PapersQueue(boto3.client("sqs"), url)
