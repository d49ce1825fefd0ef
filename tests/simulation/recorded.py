"""A world made of real announcements: their papers, dates and kinds, with drawn times of submission and lags."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from tests.simulation.calendar import EASTERN, Schedule
from tests.simulation.drafts import Draft, Drafting, finished
from tests.simulation.papers import Version
from tests.simulation.world import World

Row = Mapping[str, Any]
"""id, version, title, authors, categories (primary first), comment, abstract, announce_date, announce_type."""

_HELD = 0.05
_MOST_HELD = 5
_IDS_A_DAY = 900
"""So many ids arXiv gives on a day, roughly: an id tells when its paper was submitted."""

_LATE = timedelta(days=7)
_WITHDRAWN = re.compile(r"withdr[ae]w", re.IGNORECASE)


def from_announcements(rows: Iterable[Row], *, seed: int, categories: Sequence[str] = ("cs.SD", "eess.AS")) -> World:
    """The world in which these rows were announced; its mailings are the dates that occur in them.

    A second `new` of a paper is its cross-list into another followed category. An old paper with its primary
    category elsewhere is a late cross-list, one at home was held. Rows in none of the categories are left out, and
    so are replacements of papers that the rows should have announced and did not.
    """
    ordered = sorted(rows, key=lambda row: (row["announce_date"], row["id"]))
    schedule = Schedule({date.fromisoformat(row["announce_date"]) for row in ordered})
    reading = _Reading(Random(seed), schedule, frozenset(categories))  # noqa: S311 - a simulation, no secret
    by_id: dict[str, list[Row]] = {}
    for row in ordered:
        by_id.setdefault(row["id"], []).append(row)
    drafts = [draft for history in by_id.values() if (draft := reading.draft(history))]
    return World(map(finished, drafts), schedule, categories, schedule.dates[0], schedule.dates[-1])


class _Reading:
    """Turns the rows of one paper, oldest first, into a draft."""

    def __init__(self, rng: Random, schedule: Schedule, followed: frozenset[str]) -> None:
        self._rng = rng
        self._schedule = schedule
        self._followed = followed
        self._drafting = Drafting(rng)

    def draft(self, history: Sequence[Row]) -> Draft | None:
        history = [row for row in history if not self._followed.isdisjoint(row["categories"])]
        if not history:
            return None
        again = [row for row in history[1:] if row["announce_type"] == "new"]
        joined = _joined_later(history[0], again, self._followed)
        draft = self._first(history[0], joined)
        if draft is None:
            return None
        draft.paper_id = history[0]["id"]
        for row, category in zip(again, joined, strict=True):
            self._drafting.cross_list(draft, _listing(row), category)
        for row in history[1:]:
            if row["announce_type"] != "new" and row["version"] > draft.versions[-1].number:
                self._drafting.replace(draft, _listing(row), _version(row, self._moment(_listing(row))))
        return draft

    def _first(self, row: Row, joined: tuple[str, ...]) -> Draft | None:
        listing, estimate = _listing(row), _submitted_about(row["id"])
        categories = _categories(row)
        if row["announce_type"] != "new":
            return self._announced_before(row, estimate)
        leading = next(category for category in categories if category in self._followed)
        now = tuple(category for category in categories if category not in joined or category == leading)
        late = estimate + _LATE < self._schedule.window(listing)[0]
        if (late or row["version"] > 1) and now[0] not in self._followed:
            return self._late_cross_list(row, now, min(estimate, self._schedule.window(listing)[0] - _LATE))
        published = estimate if late else self._published(row["id"], listing)
        return self._announce(row, published, now, listing)

    def _announced_before(self, row: Row, estimate: datetime) -> Draft | None:
        """A paper whose first version came out before the rows begin; None when it cannot have."""
        begin = self._schedule.dates[0]
        if estimate.date() > begin + timedelta(days=5):
            return None
        published = min(estimate, self._schedule.window(begin)[0] - timedelta(hours=1))
        older = {**row, "version": max(1, row["version"] - 1), "comment": None}
        listing = min(published.date() + timedelta(days=2), begin - timedelta(days=1))
        draft = self._announce(older, published, _categories(row), listing)
        if row["version"] > 1:
            self._drafting.replace(draft, _listing(row), _version(row, self._moment(_listing(row))))
        return draft

    def _late_cross_list(self, row: Row, categories: tuple[str, ...], published: datetime) -> Draft:
        before = tuple(category for category in categories if category not in self._followed)
        draft = self._announce(row, published, before, published.date() + timedelta(days=2))
        joins = (category for category in categories if category in self._followed)
        self._drafting.cross_list(draft, _listing(row), *joins)
        return draft

    def _announce(self, row: Row, published: datetime, categories: tuple[str, ...], listing: date) -> Draft:
        version = _version(row, published)
        return self._drafting.announce(version, tuple(row["authors"]), categories, listing, number=version.number)

    def _published(self, paper_id: str, listing: date) -> datetime:
        """A moment that the schedule allows, sometimes of an earlier mailing, in the id's month where it can be."""
        place = self._schedule.dates.index(listing)
        if self._rng.random() < _HELD:
            place = max(0, place - self._rng.randint(1, _MOST_HELD))
        moments = [self._moment(self._schedule.dates[place]) for _ in range(20)]
        fitting = [moment for moment in moments if f"{moment.astimezone(EASTERN):%y%m}" == paper_id[:4]]
        return fitting[0] if fitting else self._moment(listing)

    def _moment(self, listing: date) -> datetime:
        start, end = self._schedule.window(listing)
        return start + timedelta(seconds=self._rng.randrange(int((end - start).total_seconds())))


def _joined_later(first: Row, again: Sequence[Row], followed: frozenset[str]) -> tuple[str, ...]:
    """The followed category that a paper got with each later announcement, best guess first: one that the first
    row does not list, one that is not its leading one, the same again."""
    here = [category for category in _categories(first) if category in followed]
    joined: list[str] = []
    for row in again:
        added = [category for category in _categories(row) if category in followed and category not in here]
        guesses = [category for category in (*added, *here[1:]) if category not in joined]
        joined.append((guesses or here)[0])
    return tuple(joined)


def _categories(row: Row) -> tuple[str, ...]:
    return tuple(row["categories"])


def _listing(row: Row) -> date:
    return date.fromisoformat(row["announce_date"])


def _version(row: Row, submitted: datetime) -> Version:
    gone = row["announce_type"] != "new" and bool(_WITHDRAWN.search(row["comment"] or ""))
    return Version(row["version"], submitted, row["title"], row["abstract"], row["comment"], gone)


def _submitted_about(paper_id: str) -> datetime:
    """From YYMM.NNNNN: the month, and the day by the number's place in it."""
    month = datetime(2000 + int(paper_id[:2]), int(paper_id[2:4]), 1, 12, tzinfo=UTC)
    return month + timedelta(days=min(27.0, int(paper_id[5:]) / _IDS_A_DAY))
