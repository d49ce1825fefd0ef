from datetime import UTC, date, datetime

import pytest

from arxiv_daily.flow.events import UNRESOLVED, Reread, UnusableEvent, requested_run
from tests.examples import DAY, NOW


@pytest.mark.parametrize("time", ["2026-02-12T00:50:00Z", "2026-02-12T08:50:00+08:00"])
def test_the_schedules_time_is_the_event_time_in_utc(time: str) -> None:
    moment = requested_run({"time": time})
    assert isinstance(moment, datetime)
    assert (moment, moment.tzinfo) == (NOW, UTC)


def test_a_back_fill_names_a_date() -> None:
    assert requested_run({"edition_date": "2026-02-12"}) == date(2026, 2, 12)


@pytest.mark.parametrize("estimate", [False, True])
def test_stale_readings_of_a_date_are_read_again_or_estimated(estimate: bool) -> None:
    event = {"reread_stale": "2026-02-12", "estimate": estimate}
    assert requested_run(event) == Reread(reread_stale=DAY, estimate=estimate)


def test_a_time_that_nobody_put_in_its_place_is_refused_with_what_to_send() -> None:
    with pytest.raises(UnusableEvent, match="Only EventBridge Scheduler does") as refusal:
        requested_run({"time": UNRESOLVED})
    assert '{"time": "2026-02-12T00:50:00Z"}' in str(refusal.value)


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"time": None},
        {"time": "yesterday"},
        {"time": "2026-02-12T00:50:00"},
        {"edition_date": "2026-02-30"},
        {"edition_date": None},
        {"time": "2026-02-12T00:50:00Z", "dry_run": True},
        {"paper_id": "2602.10934"},
        {"reread_stale": "yesterday"},
        {"reread_stale": "2026-02-12", "edition_date": "2026-02-12"},
    ],
    ids=str,
)
def test_an_event_that_says_no_time_is_refused_with_what_to_send(event: dict[str, object]) -> None:
    with pytest.raises(UnusableEvent, match=r"send .*edition_date.* or .*reread_stale"):
        requested_run(event)
