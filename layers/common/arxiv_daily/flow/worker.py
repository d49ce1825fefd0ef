"""A message of the papers queue: read its paper, and say when it is to come back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from pydantic import ValidationError

from arxiv_daily.flow.queue import PapersQueue
from arxiv_daily.flow.summarize import Summarize
from arxiv_daily.models import PaperMessage, PaperRef
from arxiv_daily.observability import logger, traced
from arxiv_daily.store.clock import LEASE_MARGIN

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

_UNREADABLE_AFTER = timedelta(seconds=1)
_AFTER_LEASE = timedelta(seconds=5)


class ComesBack(Exception):
    """The message was put off: reporting it as failed keeps it in the queue until then."""


class UnreadableMessage(Exception):
    """The body names no paper; the queue gives such a message to its dead-letter queue."""


@dataclass(frozen=True)
class Worker:
    summarize: Summarize
    queue: PapersQueue
    clock: Callable[[], datetime]

    def handle(self, record: SQSRecord, context: "LambdaContext") -> None:
        """Work on the paper of one message.

        Raises ComesBack or UnreadableMessage, so that the batch reports the message as failed.
        """
        trace = traced(record.attributes.get("AWSTraceHeader"))
        message = self._message(record)
        logger.append_keys(trace=trace, edition_date=message.edition_date and message.edition_date.isoformat())
        remaining = timedelta(milliseconds=context.get_remaining_time_in_millis())
        # Should we be killed, the message shows up again soon after the lease has ended.
        self._hide(record, remaining + LEASE_MARGIN + _AFTER_LEASE)
        ref = PaperRef(paper_id=message.paper_id, version=message.version)
        outcome = self.summarize.run(ref, context.aws_request_id, self.clock() + remaining, trace)
        if outcome.come_back_at:
            self._hide(record, outcome.come_back_at - self.clock())
            reason = outcome.version.work.error or "another worker has it"
            raise ComesBack(f"{ref} comes back at {outcome.come_back_at.isoformat()}: {reason}")

    def _message(self, record: SQSRecord) -> PaperMessage:
        try:
            return PaperMessage.model_validate_json(record.body)
        except ValidationError as error:
            self._hide(record, _UNREADABLE_AFTER)
            raise UnreadableMessage(f"message {record.message_id} names no paper: {record.body}") from error

    def _hide(self, record: SQSRecord, duration: timedelta) -> None:
        self.queue.hide(record.receipt_handle, duration.total_seconds())
