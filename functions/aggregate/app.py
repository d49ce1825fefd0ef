"""Records of the table's stream in, the site's objects out; or a part of the site made again from the table."""

import gc
import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from arxiv_daily.flow import bus
from arxiv_daily.flow.aggregate import Aggregate, changed_keys, traces
from arxiv_daily.flow.announcing import Announcing
from arxiv_daily.flow.publisher import Publisher
from arxiv_daily.flow.rebuilding import rebuild, requested_part
from arxiv_daily.observability import logger
from arxiv_daily.publishing import bucket
from arxiv_daily.publishing.site import Site
from arxiv_daily.settings import AggregateSettings
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.publications import PublicationStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily.store.table import connect

gc.set_threshold(1_000_000)  # a large edition keeps hundreds of objects of each paper; few are garbage


@cache
def publisher() -> Publisher:
    settings = AggregateSettings.read(os.environ)
    table = connect(settings.table_name)
    return Publisher(
        editions=EditionStore(table),
        papers=PaperStore(table),
        rows=SiteStore(table),
        gate=ModelGateStore(table),
        site=Site(
            categories=settings.categories,
            notice=settings.site_notice,
            language=settings.language,
            url=settings.site_url,
            corrections=settings.corrections_address,
        ),
        bucket=bucket.connect(settings.site_bucket_name),
    )


@cache
def announcing() -> Announcing:
    settings = AggregateSettings.read(os.environ)
    return Announcing(
        site=publisher().site,
        publications=PublicationStore(connect(settings.table_name)),
        bus=bus.connect(settings.editions_bus_name),
        clock=lambda: datetime.now(UTC),
    )


@logger.inject_lambda_context(clear_state=True)
def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    if "rebuild" in event:
        return rebuild(publisher(), requested_part(event)).model_dump(mode="json")
    logger.append_keys(traces=traces(event))
    return Aggregate(publisher().afresh(), announcing()).run(changed_keys(event)).model_dump(mode="json")
