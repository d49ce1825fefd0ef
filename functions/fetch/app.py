"""The schedule's event in, an edition and its messages out."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import requests
from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.flow import queue
from arxiv_daily.flow.access import ArxivAccess, arxiv_access
from arxiv_daily.flow.collecting import Collecting
from arxiv_daily.flow.events import requested_run
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.flow.joining import Joining
from arxiv_daily.flow.listings import Listings
from arxiv_daily.flow.outbox import Outbox
from arxiv_daily.flow.rereading import Rereading
from arxiv_daily.flow.resolving import Resolving
from arxiv_daily.observability import logger
from arxiv_daily.settings import FetchSettings
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.catchup import CatchUp
from arxiv_daily.sources.feed import Feed
from arxiv_daily.sources.user_agent import user_agent
from arxiv_daily.sources.withdrawals import Withdrawals
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily.store.table import connect

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@cache
def access() -> tuple[FetchSettings, "Table", ArxivAccess]:
    settings = FetchSettings.read(os.environ)
    table = connect(settings.table_name)
    return settings, table, arxiv_access(settings, table)


def fetch(context: LambdaContext) -> Fetch:
    settings, table, arxiv = access()
    session = arxiv.session(lambda: context.get_remaining_time_in_millis() / 1000)
    collecting = _collecting(settings, table, session)
    outbox = Outbox(
        editions=collecting.editions,
        papers=PaperStore(table),
        rows=collecting.rows,
        budget=BudgetStore(table),
        queue=queue.connect(settings.papers_queue_url),
        clock=lambda: datetime.now(UTC),
        spacing=timedelta(seconds=settings.arxiv_request_interval_seconds),
    )
    return Fetch(
        editions=collecting.editions,
        collecting=collecting,
        outbox=outbox,
        gate=ModelGateStore(table),
        rereading=Rereading(outbox, settings.model),
    )


def _collecting(settings: FetchSettings, table: "Table", session: requests.Session) -> Collecting:
    editions, papers = EditionStore(table), PaperStore(table)
    resolving = Resolving(
        api=ArxivApi(settings.arxiv_api_url, session),
        withdrawals=Withdrawals(settings.arxiv_site_url, session),
        editions=editions,
        papers=papers,
        joining=Joining(editions, papers, settings.categories, settings.filters),
    )
    return Collecting(
        feed=Feed(settings.arxiv_feed_url, session),
        catchup=CatchUp(settings.arxiv_site_url, session, user_agent(settings.contact)),
        editions=editions,
        rows=SiteStore(table),
        listings=Listings(editions, papers, shows_replacements=settings.show_replacements),
        resolving=resolving,
        look_back=timedelta(days=settings.look_back_days),
    )


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return fetch(context).do(requested_run(event)).model_dump(mode="json")
