"""A paper's id in, its digest out."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.editions.view import version_view
from arxiv_daily.flow.on_demand import InvalidEvent, OnDemand, requested_paper
from arxiv_daily.flow.reader import paper_reader
from arxiv_daily.flow.turns import arxiv_turns
from arxiv_daily.models import InvalidPaperId
from arxiv_daily.observability import logger
from arxiv_daily.publishing.documents import error_document, paper_document
from arxiv_daily.settings import OnDemandSettings
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.errors import ArxivError
from arxiv_daily.sources.session import arxiv_session
from arxiv_daily.store.table import connect


@cache
def on_demand() -> OnDemand:
    settings = OnDemandSettings.read(os.environ)
    table = connect(settings.table_name)
    session = arxiv_session(settings, arxiv_turns(table, settings))
    return OnDemand(api=ArxivApi(settings.arxiv_api_url, session), summarize=paper_reader(settings, table))


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    deadline = datetime.now(UTC) + timedelta(milliseconds=context.get_remaining_time_in_millis())
    try:
        version, edition = on_demand().run(requested_paper(event), context.aws_request_id, deadline)
    except (InvalidEvent, InvalidPaperId, ArxivError) as error:
        return error_document(error)
    return paper_document(version_view(version), edition)
