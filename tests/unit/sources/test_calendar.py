from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from arxiv_daily.models import DayKind
from arxiv_daily.sources.calendar import calendar_day, holidays_known_until, holidays_warning, submissions_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


def eastern(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 2, 12), DayKind.MAILING),
        (date(2026, 2, 14), DayKind.WEEKEND),
        (date(2026, 2, 15), DayKind.WEEKEND),
        (date(2026, 2, 16), DayKind.MAILING),
        (date(2026, 11, 26), DayKind.MAILING),
        (date(2026, 11, 27), DayKind.HOLIDAY),
        (date(2026, 12, 26), DayKind.WEEKEND),
        (date(2026, 12, 30), DayKind.HOLIDAY),
        (date(2027, 1, 1), DayKind.HOLIDAY),
    ],
    ids=str,
)
def test_a_date_is_named_by_the_evening_before_it(day: date, kind: DayKind) -> None:
    assert calendar_day(day).kind is kind


@pytest.mark.parametrize(
    ("day", "announced", "listed"),
    [
        (date(2026, 2, 12), "09:00", "13:00"),
        (date(2026, 3, 6), "09:00", "13:00"),
        (date(2026, 3, 9), "08:00", "12:00"),
        (date(2026, 10, 30), "08:00", "12:00"),
        (date(2026, 11, 2), "09:00", "13:00"),
    ],
    ids=str,
)
def test_in_shanghai_it_is_an_hour_earlier_while_the_us_saves_daylight(day: date, announced: str, listed: str) -> None:
    calendar = calendar_day(day)
    for moment, clock in ((calendar.announced_at, announced), (calendar.listed_at, listed)):
        assert f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" == f"{day} {clock}"
        assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        (date(2026, 2, 12), "2026-02-10T14:00", "2026-02-11T14:00"),
        (date(2026, 2, 16), "2026-02-12T14:00", "2026-02-13T14:00"),
        (date(2026, 2, 17), "2026-02-13T14:00", "2026-02-16T14:00"),
        (date(2026, 11, 30), "2026-11-25T14:00", "2026-11-27T14:00"),
        (date(2026, 12, 31), "2026-12-28T14:00", "2026-12-30T14:00"),
    ],
    ids=str,
)
def test_a_mailing_announces_what_came_between_two_cut_offs_and_what_a_cancelled_one_left(
    day: date, start: str, end: str
) -> None:
    window = submissions_of(day)
    assert window is not None
    assert (window.start, window.end) == (eastern(start), eastern(end))


@pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 11, 27)], ids=str)
def test_a_date_without_a_mailing_announces_nothing(day: date) -> None:
    assert submissions_of(day) is None


def test_every_moment_of_the_year_belongs_to_one_mailing() -> None:
    days = [date(2026, 1, 2) + timedelta(days=number) for number in range(360)]
    windows = [window for window in map(submissions_of, days) if window]
    assert all(before.end == after.start for before, after in pairwise(windows))


def test_the_end_of_the_list_of_holidays_is_said_a_month_before() -> None:
    last = holidays_known_until()
    assert holidays_warning(last - timedelta(days=31)) is None
    warning = holidays_warning(last - timedelta(days=30))
    assert warning
    assert f"add {last.year + 1} to sources/holidays.toml" in warning


def test_beyond_the_list_a_date_is_not_known() -> None:
    last = holidays_known_until()
    assert calendar_day(last + timedelta(days=1)).is_known
    assert not calendar_day(last + timedelta(days=2)).is_known
