"""Papers in the making: what happens to a paper is noted step by step, then folded into its events."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from tests.simulation.calendar import EASTERN, announced_at
from tests.simulation.papers import Event, Paper, Version

MAX_LAG = timedelta(hours=20)
_USUAL_LAG = timedelta(hours=4)
_LICENCES = (
    "http://creativecommons.org/licenses/by/4.0/",
    "http://creativecommons.org/licenses/by-nc-sa/4.0/",
    "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
)


@dataclass(frozen=True)
class Step:
    """An announcement on a listing date: the categories it adds, or the version that it brings."""

    listing_date: date
    lag: timedelta
    added: tuple[str, ...] = ()
    version: int | None = None


@dataclass
class Draft:
    """A paper without an id; `versions` must be in order, `steps` need not be."""

    authors: tuple[str, ...]
    licence: str
    versions: list[Version]
    steps: list[Step] = field(default_factory=list)
    paper_id: str = ""

    @property
    def published(self) -> datetime:
        return self.versions[0].submitted

    @property
    def last_listing(self) -> date:
        return max(step.listing_date for step in self.steps)


class Drafting:
    """Makes and changes drafts, drawing what is left open (licence, lag) from `rng`."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def announce(
        self, first: Version, authors: tuple[str, ...], categories: tuple[str, ...], listing: date, *, number: int = 1
    ) -> Draft:
        """A paper's first announcement; `number` when its earlier versions were never seen here."""
        versions = [replace(first, number=older) for older in range(1, number + 1)]
        draft = Draft(authors, self._rng.choice(_LICENCES), versions)
        draft.steps.append(Step(listing, self._lag(), categories, number))
        return draft

    def cross_list(self, draft: Draft, listing: date, *categories: str) -> None:
        """The categories are added; neither versions nor dates of the paper move."""
        draft.steps.append(Step(listing, self._lag(), categories))

    def replace(self, draft: Draft, listing: date, version: Version) -> None:
        """Missing numbers in between are filled with the same text."""
        for number in range(len(draft.versions) + 1, version.number + 1):
            draft.versions.append(replace(version, number=number))
        draft.steps.append(Step(listing, self._lag(), version=version.number))

    def _lag(self) -> timedelta:
        """Between announcement and index: mostly below 4 hours, never above 20."""
        if self._rng.random() < 0.85:
            return self._rng.random() * _USUAL_LAG
        return _USUAL_LAG + self._rng.random() * (MAX_LAG - _USUAL_LAG)


def finished(draft: Draft) -> Paper:
    """The paper, its steps folded into events in the order of their listing dates."""
    events: list[Event] = []
    categories: tuple[str, ...] = ()
    version = 1
    for step in sorted(draft.steps, key=lambda step: step.listing_date):
        categories += tuple(category for category in step.added if category not in categories)
        version = step.version or version
        public = announced_at(step.listing_date)
        event = Event(step.listing_date, version, categories, step.added, public, public + step.lag, not events)
        events.append(event)
    return Paper(draft.paper_id, draft.authors, draft.licence, tuple(draft.versions), tuple(events))


def number_papers(drafts: Iterable[Draft], rng: Random) -> None:
    """Ids YYMM.NNNNN by month of submission (Eastern), rising with the time of submission."""
    counters: dict[str, int] = {}
    for draft in sorted(drafts, key=lambda draft: draft.published):
        month = f"{draft.published.astimezone(EASTERN):%y%m}"
        counters[month] = counters.get(month, 0) + rng.randint(1, 40)
        draft.paper_id = f"{month}.{counters[month]:05d}"
