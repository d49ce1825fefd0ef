"""The reader of papers that summarize and on_demand share, put together from their settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from aws_lambda_powertools.utilities import parameters

from arxiv_daily.digests.errors import ClaudeClosed
from arxiv_daily.flow.access import ArxivAccess
from arxiv_daily.flow.summarize import Asks, Summarize
from arxiv_daily.settings import ReaderSettings
from arxiv_daily.sources.fulltext import FullTexts
from arxiv_daily.store.calls import CallStore
from arxiv_daily.store.papers import PaperStore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_KEY_CACHED_SECONDS = 300


def paper_reader(
    settings: ReaderSettings,
    table: "Table",
    arxiv: ArxivAccess,
    remaining: Callable[[], float],
    patience: float | None = None,
) -> Summarize:
    """For a run that has `remaining()` seconds left, and waits for a turn at arXiv no longer than `patience`."""

    def claude() -> Asks:
        return _claude(_api_key(settings.anthropic_api_key_parameter), settings.anthropic_base_url)

    return Summarize(
        papers=PaperStore(table),
        calls=CallStore(table),
        texts=FullTexts(settings.arxiv_site_url, arxiv.session(remaining, patience)),
        claude=claude,
        model=settings.model,
        clock=lambda: datetime.now(UTC),
    )


@cache
def _claude(api_key: str, base_url: str) -> Asks:
    from arxiv_daily.digests.claude import Claude  # noqa: PLC0415  # takes a second, and is not always needed

    return Claude(api_key, base_url)


def _api_key(parameter: str) -> str:
    """Raises ClaudeClosed when the parameter cannot be read."""
    try:
        return str(parameters.get_parameter(parameter, decrypt=True, max_age=_KEY_CACHED_SECONDS))
    except parameters.exceptions.GetParameterError as error:
        raise ClaudeClosed("没有 Claude 的密钥，解读服务暂时不可用") from error
