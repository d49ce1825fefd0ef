"""Everything that happens on the simulated arXiv, known beforehand; and the oracle that tests ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tests.simulation.calendar import Schedule
from tests.simulation.papers import Event, Kind, Paper


@dataclass(frozen=True)
class Announced:
    """One line of the announcement log: what a follower of the world's categories was told on a date.

    `kind` is new, cross or replace (of either sort); `withdrawn` marks a version that takes the paper back.
    """

    listing_date: date
    paper_id: str
    version: int
    kind: Kind
    categories: tuple[str, ...]
    published: datetime
    announced_at: datetime
    visible_at: datetime
    withdrawn: bool


class World:
    """Papers, the mailings that announce them, and the categories that the reader follows.

    `first` and `last` bound the span that was asked for; papers announced in the weeks before belong to the world
    too, so that looking back from the first day finds something. Nothing is announced after `last`.
    """

    def __init__(
        self, papers: Iterable[Paper], schedule: Schedule, categories: Sequence[str], first: date, last: date
    ) -> None:
        self.papers = {paper.paper_id: paper for paper in papers}
        self.schedule = schedule
        self.categories = tuple(categories)
        self.first, self.last = first, last

    @cached_property
    def mailings(self) -> tuple[date, ...]:
        """Listing dates within the span."""
        return tuple(day for day in self.schedule.dates if self.first <= day <= self.last)

    @cached_property
    def announced(self) -> tuple[Announced, ...]:
        """All that was announced in the followed categories, oldest first, from before the span on."""
        known = set(self.schedule.dates)
        lines = [
            _line(paper, event, kind)
            for paper in self.papers.values()
            for event in paper.events
            if event.listing_date in known and (kind := paper.kind(event, self.categories))
        ]
        return tuple(sorted(lines, key=lambda line: (line.listing_date, line.paper_id, line.version)))

    def expected(self, first: date, last: date) -> dict[str, Announced]:
        """Ids announced as new or cross-listed on these listing dates, each with its first such line in the span."""
        found: dict[str, Announced] = {}
        for line in self.announced:
            if first <= line.listing_date <= last and line.kind is not Kind.REPLACE:
                found.setdefault(line.paper_id, line)
        return found

    @cached_property
    def withdrawn(self) -> dict[str, date]:
        """Papers taken back, each with the listing date of its first withdrawn version."""
        found: dict[str, date] = {}
        for line in self.announced:
            if line.withdrawn:
                found.setdefault(line.paper_id, line.listing_date)
        return found

    @cached_property
    def _by_date(self) -> dict[date, list[tuple[Paper, Event]]]:
        found: dict[date, list[tuple[Paper, Event]]] = {}
        for paper in sorted(self.papers.values(), key=lambda paper: paper.paper_id):
            for event in paper.events:
                found.setdefault(event.listing_date, []).append((paper, event))
        return found

    def on(self, listing: date) -> list[tuple[Paper, Event]]:
        """Every announcement of one mailing, in any category, by id."""
        return self._by_date.get(listing, [])

    def visible(self, moment: datetime) -> list[tuple[Paper, Event]]:
        """What the API's index holds: each paper in its latest visible state."""
        return [(paper, event) for paper in self.papers.values() if (event := paper.visible(moment))]


def _line(paper: Paper, event: Event, kind: Kind) -> Announced:
    return Announced(
        listing_date=event.listing_date,
        paper_id=paper.paper_id,
        version=event.version,
        kind=Kind.REPLACE if kind is Kind.REPLACE_CROSS else kind,
        categories=event.categories,
        published=paper.published,
        announced_at=event.announced_at,
        visible_at=event.visible_at,
        withdrawn=kind in (Kind.REPLACE, Kind.REPLACE_CROSS) and paper.version(event.version).withdrawn,
    )
