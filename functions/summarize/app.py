"""Messages of the papers queue in, digests out."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.flow import queue
from arxiv_daily.flow.reader import paper_reader
from arxiv_daily.flow.worker import Worker
from arxiv_daily.observability import logger
from arxiv_daily.settings import SummarizeSettings
from arxiv_daily.store.table import connect

# A batch holds one message: that it failed is reported and logged, not raised.
processor = BatchProcessor(
    event_type=EventType.SQS,
    raise_on_entire_batch_failure=False,
    logger=logger,  # type: ignore[arg-type]  # Powertools' own has a Logger's methods, and is none
)


@cache
def worker() -> Worker:
    settings = SummarizeSettings.read(os.environ)
    return Worker(
        summarize=paper_reader(settings, connect(settings.table_name)),
        queue=queue.connect(settings.papers_queue_url),
        clock=lambda: datetime.now(UTC),
    )


def handle(record: SQSRecord, lambda_context: LambdaContext) -> None:
    worker().handle(record, lambda_context)


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(event, handle, processor, context)
