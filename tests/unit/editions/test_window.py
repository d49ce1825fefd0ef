from datetime import UTC, date, datetime, timedelta

import pytest

from arxiv_daily.editions.window import edition_date, window_of


def test_the_window_is_the_24_hours_before_0850_in_shanghai() -> None:
    window = window_of(date(2026, 2, 12))
    assert window.end == datetime(2026, 2, 12, 0, 50, tzinfo=UTC)
    assert window.start == datetime(2026, 2, 11, 0, 50, tzinfo=UTC)


def test_a_window_holds_its_start_and_not_its_end() -> None:
    window = window_of(date(2026, 2, 12))
    assert window.start in window
    assert window.end not in window
    assert window.end - timedelta(microseconds=1) in window


def test_a_run_at_the_anchor_works_on_that_day() -> None:
    assert edition_date(datetime(2026, 2, 12, 0, 50, tzinfo=UTC)) == date(2026, 2, 12)


def test_a_run_just_before_the_anchor_works_on_the_day_before() -> None:
    assert edition_date(datetime(2026, 2, 12, 0, 49, 59, tzinfo=UTC)) == date(2026, 2, 11)


def test_a_late_evening_in_london_is_the_next_day_in_shanghai() -> None:
    assert edition_date(datetime(2026, 2, 11, 23, 0, tzinfo=UTC)) == date(2026, 2, 11)
    assert edition_date(datetime(2026, 2, 12, 15, 59, tzinfo=UTC)) == date(2026, 2, 12)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        edition_date(datetime(2026, 2, 12, 0, 50))  # noqa: DTZ001  # that is the point
