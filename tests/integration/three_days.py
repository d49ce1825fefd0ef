"""Three days of a simulated arXiv through the real fetch code, and the editions that they leave behind."""

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.flow.outbox import Outbox
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
from tests.simulation import Fault, SimulatedArxiv, World, generate
from tests.simulation.calendar import announced_at
from tests.simulation.invented import DECOY as SOUNDS_WITHDRAWN
from tests.simulation.invented import WITHDRAWALS

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST, BAD, LAST = date(2026, 12, 8), date(2026, 12, 9), date(2026, 12, 10)
AFTERWARDS = LAST + timedelta(days=1)
"""The day on which the last edition can still be mended."""
WHOLE = bool(os.environ.get("ARXIV_DAILY_SIMULATE_ALL"))
"""Otherwise brief faults one after the other, and a share of those that last: each run takes some seconds."""
THREE_PROBES = (8, 14, 22)
"""Hours, each at fifty minutes past."""
PROBES = (8, 12, 14, 22) if WHOLE else THREE_PROBES

TAKEN_BACK, DECOY = "2612.00692", "2612.00719"
"""New on the first day, replaced on the second: by a withdrawal, and by a version whose comment sounds like one."""
OLD = "2606.00029"
"""Of months ago, and cross-listed on the second day: no window of the API shows it, a listing alone names it."""


class Place(NamedTuple):
    """Where a paper ended."""

    day: date
    kind: str
    is_withdrawn: bool


EndState = dict[str, Place]


def moment(day: date, hour: int) -> datetime:
    """When that day's probe is, in UTC."""
    return datetime.combine(day, time(hour, 50), SHANGHAI).astimezone(UTC)


def _world() -> World:
    world = generate(seed=11, first=FIRST, last=LAST, categories=("cs.SD", "eess.AS"))
    papers = dict(world.papers)
    for paper_id, comment in ((TAKEN_BACK, WITHDRAWALS[0]), (DECOY, SOUNDS_WITHDRAWN)):
        first, second = papers[paper_id].versions
        second = replace(second, comment=comment, withdrawn=paper_id == TAKEN_BACK)
        papers[paper_id] = replace(papers[paper_id], versions=(first, second))
    *before, cross_list = papers[OLD].events
    early = announced_at(BAD)
    cross_list = replace(cross_list, listing_date=BAD, announced_at=early, visible_at=early + timedelta(hours=2))
    papers[OLD] = replace(papers[OLD], events=(*before, cross_list))
    return World(papers.values(), world.schedule, world.categories, FIRST, LAST)


WORLD = _world()
CALM = {
    paper: Place(line.listing_date, str(line.kind), paper in WORLD.withdrawn)
    for paper, line in WORLD.expected(FIRST, LAST).items()
}
"""By the simulation's own log of what it announced."""


class OpenGate:
    """Time stands still in these tests: nobody has to wait."""

    def __init__(self) -> None:
        self.longest = 0.0
        """Real seconds that a request held its turn."""
        self._entered = 0.0

    def enter(self, patience: float) -> float:
        self._entered = monotonic()
        return 0.0

    def leave(self, answered: float, pause: float = 0.0) -> None:
        self.longest = max(self.longest, monotonic() - self._entered)


class SilentOutbox(Outbox):
    """Sends nothing: these days are about which papers are read, and looking for lost work is a third of their time."""

    def sweep(self, day: date) -> int:
        return 0


class Settings(ArxivSettings):
    arxiv_site_url: str


class ThreeDays:
    """The fetch function's runs, each at its time, over one simulated arXiv and one table."""

    def __init__(self, sim: SimulatedArxiv, fetch: Fetch, editions: EditionStore, papers: PaperStore) -> None:
        self.sim = sim
        self.gate = OpenGate()
        self._fetch = _reading(sim, fetch, self.gate)
        self._editions = editions
        self._papers = papers

    def go_wrong(self, *faults: Fault) -> None:
        self.sim.faults.add(*faults)

    def run(
        self,
        first: date = FIRST,
        last: date = AFTERWARDS,
        probes: Sequence[int] = PROBES,
        waiting: Collection[str] = (),
    ) -> EndState:
        """Live through these days; where every paper is then, while arXiv shows no metadata of those that wait.

        Every fault that was ordered must have been met by then.
        """
        for number in range((last - first).days + 1):
            for hour in probes:
                self.sim.now = moment(first + timedelta(days=number), hour)
                self._probe()
        assert not self.sim.faults.unmet, f"no request met {self.sim.faults.unmet}"
        views = self._views()
        unseen = sorted(seen.paper_id for view in views for seen in view.unseen)
        assert unseen == sorted(waiting), f"without metadata: {unseen}"
        return _places(views)

    def _probe(self) -> None:
        """A run that failed is tried once more, as Lambda does."""
        for _ in range(2):
            try:
                self._fetch.run(self.sim.now)
            except ArxivError:
                continue
            break

    def _views(self) -> list[EditionView]:
        """The editions up to now."""
        days = [FIRST + timedelta(days=number) for number in range((self.sim.now.date() - FIRST).days + 1)]
        return [self._view(day) for day in days]

    def _view(self, day: date) -> EditionView:
        entries = self._editions.entries(day)
        versions = self._papers.versions([entry.ref for entry in entries])
        return edition_view(self._editions.facts(day), entries, versions, self._editions.seen(day), calendar_day(day))


def _places(views: Sequence[EditionView]) -> EndState:
    """Each paper is in one place, and the counts add up."""
    found: EndState = {}
    for view in views:
        counts = view.counts
        assert counts.announced == counts.new + counts.cross_listed == len(view.papers) + len(view.unseen)
        for one in view.papers:
            assert one.paper.paper_id not in found, f"{one.paper.paper_id} is in an edition twice, or in two"
            found[one.paper.paper_id] = Place(view.date, str(one.kind), one.withdrawn is not None)
    return found


def _reading(sim: SimulatedArxiv, fetch: Fetch, gate: OpenGate) -> Fetch:
    """The same, over the simulated arXiv."""
    settings = Settings(ARXIV_REQUEST_INTERVAL_SECONDS=0, CONTACT="", ARXIV_SITE_URL=sim.site_url)
    asks = arxiv_session(settings, gate, lambda: 300.0, sleep=lambda seconds: None)
    resolving = replace(
        fetch.collecting.resolving, api=ArxivApi(sim.api_url, asks), withdrawals=Withdrawals(sim.site_url, asks)
    )
    collecting = replace(
        fetch.collecting,
        feed=Feed(sim.feed_url, asks),
        catchup=CatchUp(sim.site_url, asks, "arXiv-Daily/0.1"),
        resolving=resolving,
    )
    return replace(fetch, collecting=collecting, outbox=SilentOutbox(**vars(fetch.outbox)))


@pytest.fixture(name="days")
def three_days(
    fetch: Fetch, editions: EditionStore, papers: PaperStore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ThreeDays]:
    """With small pages, and little patience."""
    monkeypatch.setattr(api, "PAGE_SIZE", 8)
    monkeypatch.setattr(session, "TIMEOUT_SECONDS", (1.0, 0.25))
    with SimulatedArxiv(WORLD) as sim:
        yield ThreeDays(sim, fetch, editions, papers)
