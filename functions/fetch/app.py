"""The schedule's event in, an edition and its messages out."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.flow import queue
from arxiv_daily.flow.events import run_time
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.flow.turns import arxiv_turns
from arxiv_daily.observability import logger
from arxiv_daily.settings import FetchSettings
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.session import arxiv_session
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily.store.table import connect


@cache
def fetch() -> Fetch:
    settings = FetchSettings.read(os.environ)
    table = connect(settings.table_name)
    return Fetch(
        api=ArxivApi(settings.arxiv_api_url, arxiv_session(settings, arxiv_turns(table, settings))),
        editions=EditionStore(table),
        papers=PaperStore(table),
        rows=SiteStore(table),
        queue=queue.connect(settings.papers_queue_url),
        categories=settings.categories,
        clock=lambda: datetime.now(UTC),
    )


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return fetch().run(run_time(event)).model_dump(mode="json")
