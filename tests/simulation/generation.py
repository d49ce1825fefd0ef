"""A world made up from a seed: all that arXiv's announcements do to a reader, at about its usual rates."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from tests.simulation import invented
from tests.simulation.calendar import HOLIDAYS_2026, Schedule, cutoff, mailing_dates
from tests.simulation.drafts import Draft, Drafting, finished, number_papers
from tests.simulation.fates import Fates
from tests.simulation.papers import Version
from tests.simulation.sizes import mailing_sizes
from tests.simulation.world import World

WARM_UP = timedelta(days=28)
"""Announcements begin that long before the first day."""

HELD = 0.05
"""Share of papers that moderation holds for 1 to 12 mailings."""

_OTHERS = ("cs.CL", "cs.LG", "cs.AI", "cs.MM", "cs.HC", "eess.SP", "stat.ML")
_PRIMARY_ELSEWHERE = 0.24
_LATE_CROSS_LISTS = (0, 0, 0, 1, 1, 2)
_MOST_HELD = 12


def generate(
    *,
    seed: int,
    first: date,
    last: date,
    categories: Sequence[str] = ("cs.SD", "eess.AS"),
    holidays: Iterable[date] = HOLIDAYS_2026,
) -> World:
    """The world of these listing dates (both included); the same seed makes the same world."""
    rng = Random(seed)  # noqa: S311 - a simulation, no secret
    schedule = Schedule(mailing_dates(first - WARM_UP, last, holidays))
    drafts = _Submissions(rng, schedule, tuple(categories), mailing_sizes(rng, schedule, first)).drafts
    number_papers(drafts, rng)
    return World(map(finished, drafts), schedule, categories, first, last)


class _Submissions:
    """All papers of a world, in `drafts`."""

    def __init__(self, rng: Random, schedule: Schedule, followed: tuple[str, ...], sizes: dict[date, int]) -> None:
        self._rng = rng
        self._schedule = schedule
        self._followed = followed
        self._elsewhere = tuple(other for other in _OTHERS if other not in followed)
        self._drafting = Drafting(rng)
        self._busy = [day for day, size in sizes.items() if size]
        self.drafts: list[Draft] = []
        for day, size in sizes.items():
            self._mailing(day, size)
        Fates(rng, schedule, self._drafting, self._busy, followed).befall(self.drafts)

    def _mailing(self, day: date, size: int) -> None:
        for _ in range(size):
            self._submit(self._moment(day), self._released(day), self._categories())
        for _ in range(self._rng.randint(0, 4)):
            self._submit(self._moment(day), day, self._unrelated())
        for _ in range(self._rng.choice(_LATE_CROSS_LISTS) if size else 0):
            self._late_cross_list(day)

    def _submit(self, published: datetime, listing: date, categories: tuple[str, ...]) -> Draft:
        rng = self._rng
        version = Version(1, published, invented.title(rng), invented.abstract(rng), invented.comment(rng))
        draft = self._drafting.announce(version, invented.authors(rng), categories, listing)
        self.drafts.append(draft)
        return draft

    def _late_cross_list(self, day: date) -> None:
        """A paper of days to months ago, elsewhere until now, joins a followed category."""
        published = cutoff(day) - timedelta(days=self._rng.uniform(4, 200))
        listing = self._schedule.mailing_for(published)
        if listing == self._schedule.dates[0]:  # before the world's first mailing: the date is near enough
            listing = published.date() + timedelta(days=2)
        if listing is not None and listing < day:
            draft = self._submit(published, listing, self._unrelated())
            self._drafting.cross_list(draft, day, self._rng.choice(self._followed))

    def _moment(self, day: date) -> datetime:
        start, end = self._schedule.window(day)
        return start + timedelta(seconds=self._rng.randrange(int((end - start).total_seconds())))

    def _released(self, day: date) -> date:
        """The mailing that a paper due on the day goes out with: the same, unless moderation holds it."""
        if self._rng.random() >= HELD:
            return day
        place = self._busy.index(day) + self._rng.randint(1, _MOST_HELD)
        return self._busy[place] if place < len(self._busy) else day

    def _categories(self) -> tuple[str, ...]:
        """At least one is followed; the first is the primary one."""
        followed = self._rng.sample(self._followed, k=self._rng.randint(1, len(self._followed)))
        others = self._rng.sample(self._elsewhere, k=self._rng.randint(0, 2))
        if self._rng.random() < _PRIMARY_ELSEWHERE:
            return (self._rng.choice([one for one in self._elsewhere if one not in others]), *followed, *others)
        return (*followed, *others)

    def _unrelated(self) -> tuple[str, ...]:
        return tuple(self._rng.sample(self._elsewhere, k=self._rng.randint(1, 3)))
