"""Editions that were published in, a mail and messages to chat groups out."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.flow import targets, topic
from arxiv_daily.flow.notify import Notify
from arxiv_daily.flow.webhooks import webhooks
from arxiv_daily.observability import logger
from arxiv_daily.settings import NotifySettings
from arxiv_daily.store.notices import NoticeStore
from arxiv_daily.store.table import connect
from arxiv_daily.telling.event import read_event

# A batch holds one message: that it failed is reported and logged, not raised.
processor = BatchProcessor(
    event_type=EventType.SQS,
    raise_on_entire_batch_failure=False,
    logger=logger,  # type: ignore[arg-type]  # Powertools' own has a Logger's methods, and is none
)


@cache
def notify() -> Notify:
    settings = NotifySettings.read(os.environ)
    return Notify(
        notices=NoticeStore(connect(settings.table_name)),
        mail=targets.mail(topic.connect(settings.notices_topic_arn)) if settings.notices_topic_arn else None,
        groups=lambda: targets.groups(webhooks(settings.webhooks_parameter)),
        clock=lambda: datetime.now(UTC),
    )


def handle(record: SQSRecord, lambda_context: LambdaContext) -> None:
    lease = timedelta(milliseconds=lambda_context.get_remaining_time_in_millis())
    notify().run(read_event(record.body), lease)


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(event, handle, processor, context)
