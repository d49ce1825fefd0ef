"""A paper's id in, its digest out."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.flow.access import ArxivAccess, arxiv_access
from arxiv_daily.flow.on_demand import InvalidEvent, OnDemand, requested_paper
from arxiv_daily.flow.reader import paper_reader
from arxiv_daily.models import InvalidPaperId
from arxiv_daily.observability import logger
from arxiv_daily.publishing.documents import error_document, paper_document
from arxiv_daily.settings import OnDemandSettings
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.errors import ArxivError
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.table import connect

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@cache
def access() -> tuple[OnDemandSettings, "Table", ArxivAccess]:
    settings = OnDemandSettings.read(os.environ)
    table = connect(settings.table_name)
    return settings, table, arxiv_access(settings, table)


def on_demand(context: LambdaContext) -> OnDemand:
    settings, table, arxiv = access()

    def remaining() -> float:
        return context.get_remaining_time_in_millis() / 1000

    return OnDemand(
        api=ArxivApi(settings.arxiv_api_url, arxiv.session(remaining)),
        summarize=paper_reader(settings, table, arxiv, remaining),
        editions=EditionStore(table),
    )


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    deadline = datetime.now(UTC) + timedelta(milliseconds=context.get_remaining_time_in_millis())
    try:
        seen, edition = on_demand(context).run(requested_paper(event), context.aws_request_id, deadline)
    except (InvalidEvent, InvalidPaperId, ArxivError) as error:
        return error_document(error)
    return paper_document(seen, edition)
