"""The reader of papers that summarize and on_demand share, put together from their settings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from aws_lambda_powertools.utilities import parameters

from arxiv_daily.digests.digest import Style
from arxiv_daily.digests.glossary import BadGlossary, Glossary, load
from arxiv_daily.flow.access import ArxivAccess
from arxiv_daily.flow.asking import Asking
from arxiv_daily.flow.claude import connect, load_meanwhile
from arxiv_daily.flow.spending import Spending
from arxiv_daily.flow.summarize import ReadsTexts, Summarize
from arxiv_daily.models import FullText, Paper
from arxiv_daily.observability import logger
from arxiv_daily.settings import ReaderSettings
from arxiv_daily.sources.fulltext import FullTexts
from arxiv_daily.store.before_asking import BeforeAsking
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.calls import CallStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_TERMS_CACHED_SECONDS = 300


def paper_reader(
    settings: ReaderSettings,
    table: "Table",
    arxiv: ArxivAccess,
    remaining: Callable[[], float],
    patience: float | None = None,
) -> Summarize:
    """For a run that has `remaining()` seconds left, and waits for a turn at arXiv no longer than `patience`."""

    def clock() -> datetime:
        return datetime.now(UTC)

    spending = Spending(
        calls=CallStore(table),
        budget=BudgetStore(table),
        daily=settings.daily_budget_microdollars,
        model=settings.models[0],
        clock=clock,
    )
    return Summarize(
        papers=PaperStore(table),
        texts=LoadingClaude(FullTexts(settings.arxiv_site_url, arxiv.session(remaining, patience), remaining)),
        asking=Asking(spending, ModelGateStore(table), BeforeAsking(table), partial(connect, settings), clock),
        style=Style(settings.models, settings.language, _glossary(settings)),
        clock=clock,
    )


@dataclass(frozen=True)
class LoadingClaude:
    """Reads texts; while the first one is on its way, Claude's client is loaded."""

    texts: ReadsTexts

    def read(self, paper: Paper) -> FullText:
        """Raises what reading the text raises."""
        load_meanwhile()
        return self.texts.read(paper)


def _glossary(settings: ReaderSettings) -> Glossary:
    """The built-in terms, and the operator's before them; an unusable list of theirs costs no paper its reading."""
    try:
        return _loaded(settings.categories, _own_terms(settings.glossary_parameter))
    except (parameters.exceptions.GetParameterError, BadGlossary):
        logger.exception("the glossary cannot be used; the built-in one is", parameter=settings.glossary_parameter)
        return _loaded(settings.categories, "")


def _own_terms(parameter: str) -> str:
    return str(parameters.get_parameter(parameter, max_age=_TERMS_CACHED_SECONDS)) if parameter else ""


@cache
def _loaded(categories: tuple[str, ...], own_terms: str) -> Glossary:
    return load(categories, own_terms)
