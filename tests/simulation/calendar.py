"""arXiv's own calendar: when submissions close, when mailings go out, and what each is called.

Source: info.arxiv.org/help/availability.html. Everything here is the simulation's; the product's calendar
is what it is compared with.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")

HOLIDAYS_2026 = frozenset({date(2026, 11, 26), date(2026, 12, 25), date(2026, 12, 29), date(2026, 12, 31)})
"""Evenings on which nothing is announced, beside Fridays and Saturdays."""

_CLOSING, _ANNOUNCEMENT = time(14), time(20)
_DAY = timedelta(days=1)
_SUNDAY = 6


def eastern(day: date, at: time = time.min) -> datetime:
    """That time of day in New York, in UTC."""
    return datetime.combine(day, at, EASTERN).astimezone(UTC)


def days(first: date, last: date) -> list[date]:
    """Every date from first to last, both included."""
    return [first + number * _DAY for number in range((last - first).days + 1)]


def mailing_dates(first: date, last: date, holidays: Iterable[date] = HOLIDAYS_2026) -> tuple[date, ...]:
    """Listing dates by arXiv's rule: Monday to Friday, unless the evening before is a holiday's."""
    evenings_off = frozenset(holidays)
    return tuple(day for day in days(first, last) if day.isoweekday() <= 5 and day - _DAY not in evenings_off)


class Schedule:
    """The mailings of a span of time; each is named by its listing date, the day after its evening."""

    def __init__(self, dates: Iterable[date]) -> None:
        self.dates = tuple(sorted(dates))
        """Must not be empty."""
        self._cutoffs = [cutoff(day) for day in self.dates]
        self._announced = [announced_at(day) for day in self.dates]

    def window(self, listing: date) -> tuple[datetime, datetime]:
        """Submitted from the first (included) to the second (excluded): goes out with that mailing."""
        place = self.dates.index(listing)
        start = self._cutoffs[place - 1] if place else self._cutoffs[0] - _DAY
        return start, self._cutoffs[place]

    def mailing_for(self, submitted: datetime) -> date | None:
        """The mailing that a paper goes out with when nobody holds it; None when that is beyond the span."""
        place = bisect_right(self._cutoffs, submitted)
        return self.dates[place] if place < len(self.dates) else None

    def latest(self, moment: datetime) -> date | None:
        """The newest mailing announced at or before the moment."""
        place = bisect_right(self._announced, moment)
        return self.dates[place - 1] if place else None

    def later(self, listing: date, mailings: int) -> date | None:
        """The date that many mailings on; None when that is beyond the span."""
        place = bisect_left(self.dates, listing) + mailings
        return self.dates[place] if place < len(self.dates) else None


def announced_at(listing: date) -> datetime:
    """20:00 Eastern on the evening before the listing date."""
    return eastern(listing - _DAY, _ANNOUNCEMENT)


def cutoff(listing: date) -> datetime:
    """14:00 Eastern of the announcement's day; Sunday's mailing closed on Friday."""
    evening = listing - _DAY
    return eastern(evening - 2 * _DAY if evening.weekday() == _SUNDAY else evening, _CLOSING)


def midnight(moment: datetime) -> datetime:
    """The latest midnight in New York at or before the moment, in UTC."""
    return eastern(moment.astimezone(EASTERN).date())
