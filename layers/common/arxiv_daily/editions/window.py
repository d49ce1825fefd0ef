"""The anchor of an edition and its window."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from arxiv_daily.models import Window

EDITION_ZONE = ZoneInfo("Asia/Shanghai")
ANCHOR = time(8, 50)
"""Wall-clock time in EDITION_ZONE at which an edition's window ends."""


def edition_date(now: datetime) -> date:
    """The date of the latest anchor at or before `now`; ValueError when `now` has no time zone."""
    if now.tzinfo is None:
        raise ValueError(f"{now.isoformat()} has no time zone: which edition it means is unknown")
    local = now.astimezone(EDITION_ZONE)
    return local.date() if local.time() >= ANCHOR else local.date() - timedelta(days=1)


def window_of(day: date) -> Window:
    """The 24 hours that end at the anchor of `day`."""
    end = datetime.combine(day, ANCHOR, EDITION_ZONE).astimezone(UTC)
    return Window(start=end - timedelta(days=1), end=end)


def budget_day(now: datetime) -> date:
    """The date in EDITION_ZONE whose budget pays for a call at `now` (machine time)."""
    return now.astimezone(EDITION_ZONE).date()
