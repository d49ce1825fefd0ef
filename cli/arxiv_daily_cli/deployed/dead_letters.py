"""The dead letters of a stack: which queues there are, what lies in them, and how a message is taken or left."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3

from arxiv_daily.models import Value
from arxiv_daily_cli.deployed.stack import DeployedStack

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_sqs.type_defs import MessageTypeDef

HIDDEN_SECONDS = 300
"""How long a message that was received is hidden from others: longer than a redrive takes."""
POLL_SECONDS = 1
"""A receive that does not wait may miss messages."""
_BATCH = 10
_COUNTED: "tuple[QueueAttributeNameType, ...]" = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
)
_OUTPUTS = {
    "papers": ("PapersDeadLetterQueueUrl", "message{s} that no worker could read"),
    "changes": ("AggregateFailuresQueueUrl", "change{s} that could not be published"),
    "notices": ("NotifyDeadLetterQueueUrl", "notice{s} that could not be delivered"),
}


class DeadLetters(Value):
    """A dead-letter queue."""

    name: str
    what: str
    """What lies in it, in words that fit the number of messages."""
    url: str
    messages: int


@dataclass(frozen=True)
class Letter:
    """A message that was received; it comes back unless it is deleted."""

    queue: "Queue"
    message_id: str
    body: str
    receipt_handle: str

    def delete(self) -> None:
        self.queue.client.delete_message(QueueUrl=self.queue.url, ReceiptHandle=self.receipt_handle)

    def leave(self) -> None:
        """Let others see it at once."""
        self.queue.client.change_message_visibility(
            QueueUrl=self.queue.url, ReceiptHandle=self.receipt_handle, VisibilityTimeout=0
        )


@dataclass(frozen=True)
class Queue:
    client: "SQSClient"
    url: str

    def letters(self) -> list[Letter]:
        """Every message that nobody else holds."""
        found: dict[str, Letter] = {}
        while received := self._receive():
            for message in received:
                letter = Letter(self, message["MessageId"], message["Body"], message["ReceiptHandle"])
                found[letter.message_id] = letter
        return list(found.values())

    def send(self, body: str) -> None:
        self.client.send_message(QueueUrl=self.url, MessageBody=body)

    def _receive(self) -> "list[MessageTypeDef]":
        answer = self.client.receive_message(
            QueueUrl=self.url,
            MaxNumberOfMessages=_BATCH,
            VisibilityTimeout=HIDDEN_SECONDS,
            WaitTimeSeconds=POLL_SECONDS,
        )
        return answer.get("Messages", [])


def queue_of(stack: DeployedStack, name: str) -> Queue | None:
    """The dead-letter queue called papers, changes or notices; None in a stack of a release that had none."""
    url = stack.outputs.get(_OUTPUTS[name][0])
    return Queue(boto3.client("sqs"), url) if url else None


def dead_letters(stack: DeployedStack) -> tuple[DeadLetters, ...]:
    """How much lies in each of them, about: SQS counts within a minute."""
    client = boto3.client("sqs")
    known = [
        (name, what, stack.outputs[output]) for name, (output, what) in _OUTPUTS.items() if output in stack.outputs
    ]
    return tuple(_counted(name, what, url, _count(client, url)) for name, what, url in known)


def _counted(name: str, what: str, url: str, messages: int) -> DeadLetters:
    return DeadLetters(name=name, what=what.format(s="" if messages == 1 else "s"), url=url, messages=messages)


def _count(client: "SQSClient", url: str) -> int:
    found = client.get_queue_attributes(QueueUrl=url, AttributeNames=list(_COUNTED))["Attributes"]
    return sum(int(found.get(name, "0")) for name in _COUNTED)
