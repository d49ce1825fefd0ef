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
from arxiv_daily.flow.worker import ComesBack, Worker
from arxiv_daily.observability import logger
from arxiv_daily.settings import SummarizeSettings
from arxiv_daily.store.table import connect

# A batch holds one message: that it failed is reported, not raised.
processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@cache
def worker() -> Worker:
    settings = SummarizeSettings.read(os.environ)
    return Worker(
        summarize=paper_reader(settings, connect(settings.table_name)),
        queue=queue.connect(settings.papers_queue_url),
        clock=lambda: datetime.now(UTC),
    )


def handle(record: SQSRecord, lambda_context: LambdaContext) -> None:
    try:
        worker().handle(record, lambda_context)
    except ComesBack as later:
        logger.info(str(later))
        raise
    except Exception:
        # The batch reports the message as failed and says nothing of why.
        logger.exception("message not worked on")
        raise


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(event, handle, processor, context)
