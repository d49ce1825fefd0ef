"""Messages of the papers queue in, digests out."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.flow import queue
from arxiv_daily.flow.access import WORKER_PATIENCE_SECONDS, ArxivAccess, arxiv_access
from arxiv_daily.flow.reader import paper_reader
from arxiv_daily.flow.worker import Worker
from arxiv_daily.observability import logger
from arxiv_daily.settings import SummarizeSettings
from arxiv_daily.store.table import connect

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

# A batch holds one message: that it failed is reported and logged, not raised.
processor = BatchProcessor(
    event_type=EventType.SQS,
    raise_on_entire_batch_failure=False,
    logger=logger,  # type: ignore[arg-type]  # Powertools' own has a Logger's methods, and is none
)


@cache
def access() -> tuple[SummarizeSettings, "Table", ArxivAccess, queue.PapersQueue]:
    settings = SummarizeSettings.read(os.environ)
    table = connect(settings.table_name)
    return settings, table, arxiv_access(settings, table), queue.connect(settings.papers_queue_url)


def worker(context: LambdaContext) -> Worker:
    settings, table, arxiv, papers_queue = access()
    return Worker(
        summarize=paper_reader(
            settings,
            table,
            arxiv,
            lambda: context.get_remaining_time_in_millis() / 1000,
            WORKER_PATIENCE_SECONDS,
        ),
        queue=papers_queue,
        clock=lambda: datetime.now(UTC),
    )


def handle(record: SQSRecord, lambda_context: LambdaContext) -> None:
    worker(lambda_context).handle(record, lambda_context)


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    return process_partial_response(event, handle, processor, context)
