"""The simulation's calendar keeps arXiv's published schedule."""

from datetime import UTC, date, datetime, timedelta

from tests.simulation.calendar import Schedule, announced_at, cutoff, mailing_dates, midnight

WINTER = Schedule(mailing_dates(date(2026, 2, 2), date(2026, 2, 27)))
HOLIDAYS = Schedule(mailing_dates(date(2026, 11, 2), date(2027, 1, 8)))


def test_a_mailing_is_named_by_the_day_after_its_evening() -> None:
    assert announced_at(date(2026, 2, 12)) == datetime(2026, 2, 12, 1, tzinfo=UTC)
    assert announced_at(date(2026, 7, 9)) == datetime(2026, 7, 9, tzinfo=UTC)


def test_sunday_evening_announces_what_came_in_until_friday() -> None:
    assert WINTER.window(date(2026, 2, 16)) == (
        datetime(2026, 2, 12, 19, tzinfo=UTC),
        datetime(2026, 2, 13, 19, tzinfo=UTC),
    )


def test_monday_evening_announces_the_weekend() -> None:
    start, end = WINTER.window(date(2026, 2, 17))
    assert end - start == timedelta(days=3)


def test_nothing_goes_out_on_weekend_evenings() -> None:
    assert {day.isoweekday() for day in WINTER.dates} == {1, 2, 3, 4, 5}


def test_a_cancelled_mailing_goes_out_with_the_next() -> None:
    assert date(2026, 11, 27) not in HOLIDAYS.dates
    assert HOLIDAYS.mailing_for(datetime(2026, 11, 26, 12, tzinfo=UTC)) == date(2026, 11, 30)
    start, end = HOLIDAYS.window(date(2026, 11, 30))
    assert (start, end) == (cutoff(date(2026, 11, 26)), cutoff(date(2026, 11, 30)))


def test_the_last_days_of_the_year_have_one_mailing() -> None:
    dates = [day for day in HOLIDAYS.dates if date(2026, 12, 29) <= day <= date(2027, 1, 3)]
    assert dates == [date(2026, 12, 29), date(2026, 12, 31)]


def test_a_paper_at_the_cut_off_has_missed_it() -> None:
    end = cutoff(date(2026, 2, 12))
    assert WINTER.mailing_for(end - timedelta(seconds=1)) == date(2026, 2, 12)
    assert WINTER.mailing_for(end) == date(2026, 2, 13)


def test_the_latest_mailing_is_the_one_announced() -> None:
    moment = announced_at(date(2026, 2, 12))
    assert WINTER.latest(moment) == date(2026, 2, 12)
    assert WINTER.latest(moment - timedelta(seconds=1)) == date(2026, 2, 11)


def test_midnight_is_new_yorks() -> None:
    assert midnight(datetime(2026, 2, 12, 4, 59, tzinfo=UTC)) == datetime(2026, 2, 11, 5, tzinfo=UTC)
    assert midnight(datetime(2026, 2, 12, 5, tzinfo=UTC)) == datetime(2026, 2, 12, 5, tzinfo=UTC)
