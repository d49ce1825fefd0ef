"""arXiv's calendar (info.arxiv.org/help/availability): when papers are announced, and why not.

Submissions close at 14:00 US Eastern and are announced at 20:00, Sunday to Thursday; a mailing is named by the date
after its evening, which is the edition's date in Shanghai. It explains and estimates: what is visible counts anyhow.
"""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from arxiv_daily.models import CalendarDay, DayKind, Window

EASTERN = ZoneInfo("America/New_York")
CUT_OFF, ANNOUNCEMENT = time(14), time(20)
WARN_BEFORE = timedelta(days=30)
"""How long before the list of holidays ends that is said."""

_DAY = timedelta(days=1)
_NO_EVENINGS = (5, 6)
"""Friday and Saturday, as isoweekday counts."""


def calendar_day(day: date) -> CalendarDay:
    """What the calendar says of a date: the mailing that carries it was announced on the evening before."""
    return CalendarDay(
        date=day,
        kind=_kind(day - _DAY),
        announced_at=_at(day - _DAY, ANNOUNCEMENT),
        listed_at=_at(day, time()),
        is_known=(day - _DAY).year in _holidays(),
    )


def submissions_of(day: date) -> Window | None:
    """When the papers of a date's mailing were submitted, by the cut-offs; None when the date has no mailing.

    Papers that moderation held were submitted earlier.
    """
    if _kind(day - _DAY) is not DayKind.MAILING:
        return None
    before = day - _DAY
    while _kind(before - _DAY) is not DayKind.MAILING:
        before -= _DAY
    return Window(start=_cut_off(before), end=_cut_off(day))


def holidays_known_until() -> date:
    """The last evening whose holidays are listed."""
    return date(max(_holidays()), 12, 31)


def holidays_warning(today: date) -> str | None:
    """A sentence for the log when the list of holidays ends soon, or has ended."""
    last = holidays_known_until()
    if today + WARN_BEFORE < last:
        return None
    return (
        f"arXiv's holidays are listed until {last}: later ones are taken for ordinary days; "
        f"add {last.year + 1} to sources/holidays.toml from info.arxiv.org/help/availability"
    )


def _kind(evening: date) -> DayKind:
    if evening.isoweekday() in _NO_EVENINGS:
        return DayKind.WEEKEND
    return DayKind.HOLIDAY if evening in _holidays().get(evening.year, ()) else DayKind.MAILING


def _cut_off(day: date) -> datetime:
    """When submissions for a date's mailing closed: on the day of its evening, on Friday for Sunday's evening."""
    evening = day - _DAY
    return _at(evening - 2 * _DAY if evening.isoweekday() == 7 else evening, CUT_OFF)  # noqa: PLR2004 - Sunday


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, EASTERN).astimezone(UTC)


@cache
def _holidays() -> dict[int, frozenset[date]]:
    text = files("arxiv_daily.sources").joinpath("holidays.toml").read_text(encoding="utf-8")
    return {int(year): frozenset(evenings) for year, evenings in tomllib.loads(text).items()}
