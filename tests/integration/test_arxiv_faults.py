"""Each fault of arXiv, for hours or for one request, leaves the editions of a calm run behind."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from arxiv_daily.editions.view import edition_view
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.settings import ArxivSettings
from arxiv_daily.sources import api, session
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.sources.catchup import CatchUp
from arxiv_daily.sources.errors import ArxivError
from arxiv_daily.sources.feed import Feed
from arxiv_daily.sources.session import arxiv_session
from arxiv_daily.sources.withdrawals import Withdrawals
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.simulation import Endpoint, Fault, FaultKind, SimulatedArxiv, Stale, WireFormat, generate

WHOLE = bool(os.environ.get("ARXIV_DAILY_SIMULATE_ALL"))
"""Otherwise brief faults one after the other, and every third of those that last: each run takes some seconds."""
PROBES = (8, 12, 14, 22) if WHOLE else (8, 14, 22)
"""Hours, each at fifty minutes past."""
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, BAD, LAST = date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 10)
WORLD = generate(seed=11, first=FIRST, last=LAST, categories=("cs.SD", "eess.AS"))
SINCE, UNTIL = (datetime.combine(day, time(8, 50), SHANGHAI).astimezone(UTC) for day in (BAD, LAST))
DAY_LONG: dict[str, Any] = {"since": SINCE, "until": UNTIL}

EndState = dict[str, tuple[date, str]]


class OpenGate:
    """Time stands still in these tests: nobody has to wait."""

    def enter(self, patience: float) -> float:
        return 0.0

    def leave(self, answered: float, pause: float = 0.0) -> None:
        pass


class Settings(ArxivSettings):
    arxiv_site_url: str


@pytest.fixture
def sim() -> Iterator[SimulatedArxiv]:
    with SimulatedArxiv(WORLD) as running:
        yield running


@pytest.fixture(autouse=True)
def small_pages_and_little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAGE_SIZE", 20)
    monkeypatch.setattr(session, "TIMEOUT_SECONDS", (1.0, 0.25))


@pytest.fixture
def end_state(fetch: Fetch, sim: SimulatedArxiv, editions: EditionStore, papers: PaperStore) -> Callable[[], EndState]:
    """Run three days over the simulated arXiv; the edition and kind of every paper."""
    settings = Settings(ARXIV_REQUEST_INTERVAL_SECONDS=0, CONTACT="", ARXIV_SITE_URL=sim.site_url)
    asks = arxiv_session(settings, OpenGate(), lambda: 300.0, sleep=lambda seconds: None)
    resolving = replace(
        fetch.collecting.resolving, api=ArxivApi(sim.api_url, asks), withdrawals=Withdrawals(sim.site_url, asks)
    )
    collecting = replace(
        fetch.collecting,
        feed=Feed(sim.feed_url, asks),
        catchup=CatchUp(sim.site_url, asks, "arXiv-Daily/0.1"),
        resolving=resolving,
    )
    real = replace(fetch, collecting=collecting)

    def run() -> EndState:
        for number in range((LAST - FIRST).days + 2):
            for hour in PROBES:
                sim.now = datetime.combine(FIRST + timedelta(days=number), time(hour, 50), SHANGHAI).astimezone(UTC)
                _probe(real, sim.now)
        return _state(editions, papers)

    return run


def _probe(fetch: Fetch, now: datetime) -> None:
    """A run that failed is tried once more, as Lambda does."""
    for _ in range(2):
        try:
            fetch.run(now)
        except ArxivError:
            continue
        break


def _state(editions: EditionStore, papers: PaperStore) -> EndState:
    found: EndState = {}
    for number in range((LAST - FIRST).days + 2):
        day = FIRST + timedelta(days=number)
        entries = editions.entries(day)
        versions = papers.versions([entry.ref for entry in entries])
        view = edition_view(editions.facts(day), entries, versions, editions.seen(day), calendar_day(day))
        assert view.counts.announced == view.counts.new + view.counts.cross_listed
        assert not view.unseen
        found |= {seen.paper.paper_id: (day, str(seen.kind)) for seen in view.papers}
    return found


CALM = {paper: (line.listing_date, str(line.kind)) for paper, line in WORLD.expected(FIRST, LAST).items()}
"""By the simulation's own log of what it announced."""


def test_calm_days_end_as_announced(end_state: Callable[[], EndState]) -> None:
    assert len(CALM) > 30
    assert end_state() == CALM


def test_the_wire_format_of_2025_says_the_same(end_state: Callable[[], EndState], sim: SimulatedArxiv) -> None:
    sim.site.wire = WireFormat.OF_2025
    assert end_state() == CALM


SINGLE = [
    FaultKind.OUTAGE,
    FaultKind.RATE_LIMITED,
    FaultKind.UNAVAILABLE,
    FaultKind.NOT_ACCEPTABLE,
    FaultKind.NOT_ACCEPTABLE_WITH_BODY,
    FaultKind.HTML_PAGE,
    FaultKind.EMPTY_BODY,
    FaultKind.TRUNCATED,
    FaultKind.BROKEN_OFF,
    FaultKind.EMPTY_PAGE,
    FaultKind.ERROR_ENTRY,
    FaultKind.REDIRECT,
]


TOGETHER = [[kind] for kind in SINGLE] if WHOLE else [SINGLE[first::3] for first in range(3)]
SKIPPED = (1, 0, 2) if WHOLE else (1, 0)
"""Requests that go well before each of a kind's faults."""


@pytest.mark.parametrize("kinds", TOGETHER, ids=lambda kinds: "-".join(kind.name.lower() for kind in kinds))
def test_a_fault_now_and_then(end_state: Callable[[], EndState], sim: SimulatedArxiv, kinds: list[FaultKind]) -> None:
    for kind in kinds:
        for endpoint in (Endpoint.API, Endpoint.FEED):
            sim.faults.add(*(Fault(kind, endpoint, count=1, skip=skip) for skip in SKIPPED))
    assert end_state() == CALM
    assert sim.faults.left == []


LONG = {
    "outage": [Fault(FaultKind.OUTAGE, **DAY_LONG)],
    "the API answers 429 all day": [Fault(FaultKind.RATE_LIMITED, Endpoint.API, **DAY_LONG)],
    "the API answers 503 all day": [Fault(FaultKind.UNAVAILABLE, Endpoint.API, **DAY_LONG)],
    "the API answers 406 without a body all day": [Fault(FaultKind.NOT_ACCEPTABLE, Endpoint.API, **DAY_LONG)],
    "the API answers 406 with a body all day": [Fault(FaultKind.NOT_ACCEPTABLE_WITH_BODY, Endpoint.API, **DAY_LONG)],
    "the API answers with a page all day": [Fault(FaultKind.HTML_PAGE, Endpoint.API, **DAY_LONG)],
    "the API's pages are cut all day": [Fault(FaultKind.TRUNCATED, Endpoint.API, **DAY_LONG)],
    "the API's second pages are empty all day": [Fault(FaultKind.EMPTY_PAGE, Endpoint.API, from_start=1, **DAY_LONG)],
    "the API's pages shift": [Fault(FaultKind.LATE_ENTRY, Endpoint.API, count=3, skip=2)],
    "the API stalls": [Fault(FaultKind.STALL, Endpoint.API, count=5, seconds=0.6)],
    "the feed is gone all day": [Fault(FaultKind.NOT_FOUND, Endpoint.FEED, **DAY_LONG)],
    "the feed is empty all day": [Fault(FaultKind.EMPTY_PAGE, Endpoint.FEED, **DAY_LONG)],
    "the feed is stuck at yesterday's": [
        Fault(FaultKind.STALE_FEED, Endpoint.FEED, stale=Stale(FIRST), **DAY_LONG),
    ],
    "the feed gives yesterday's papers today's date": [
        Fault(FaultKind.STALE_FEED, Endpoint.FEED, stale=Stale(FIRST, states=BAD), **DAY_LONG),
    ],
    "one category of the feed is stuck": [
        Fault(FaultKind.STALE_FEED, Endpoint.FEED, stale=Stale(FIRST, "eess.AS"), **DAY_LONG),
    ],
    "one category of the feed is stuck, under today's date": [
        Fault(FaultKind.STALE_FEED, Endpoint.FEED, stale=Stale(FIRST, "eess.AS", BAD), **DAY_LONG),
    ],
    "arXiv sends us elsewhere all day": [
        Fault(FaultKind.REDIRECT_AWAY, location="http://elsewhere.invalid/", **DAY_LONG),
    ],
}


@pytest.mark.parametrize("name", LONG if WHOLE else list(LONG)[1::3])
def test_a_fault_that_lasts(end_state: Callable[[], EndState], sim: SimulatedArxiv, name: str) -> None:
    sim.faults.add(*LONG[name])
    assert end_state() == CALM


def test_without_catch_up_pages_an_outage_loses_no_paper_that_the_window_shows(
    end_state: Callable[[], EndState], sim: SimulatedArxiv
) -> None:
    sim.site.robots_allow_catchup = False
    sim.faults.add(Fault(FaultKind.OUTAGE, **DAY_LONG))
    found = end_state()
    old = {paper for paper, line in WORLD.expected(FIRST, LAST).items() if line.published < SINCE - timedelta(days=21)}
    horizon = datetime.combine(FIRST - timedelta(days=1), time(8, 50), SHANGHAI).astimezone(UTC)
    before = {paper for paper, line in WORLD.expected(FIRST, LAST).items() if line.published < horizon}
    assert CALM.keys() - found.keys() <= old | before
