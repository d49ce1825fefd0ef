"""Days that were missed are caught up on, whatever happens to the catch-up pages and robots.txt; so are withdrawals."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from tests.integration.three_days import (  # noqa: F401  # three_days is the fixture `days`
    BAD,
    CALM,
    FIRST,
    LAST,
    TAKEN_BACK,
    WHOLE,
    WORLD,
    EndState,
    ThreeDays,
    moment,
    three_days,
)
from tests.simulation import Endpoint, Fault, FaultKind

OUT = Fault(FaultKind.OUTAGE, since=moment(BAD, 8), until=moment(LAST, 14))
"""Until the feed shows the next announcement: what was missed stands on the catch-up pages alone."""
CAUGHT_UP = (Endpoint.ROBOTS, Endpoint.CATCHUP)


def name_of(kinds: Sequence[FaultKind]) -> str:
    return "-".join(kind.name.lower() for kind in kinds)


def test_what_an_outage_hid_is_caught_up_on(days: ThreeDays) -> None:
    days.go_wrong(OUT)
    assert days.run() == CALM
    assert [one.status for one in days.sim.log.exchanges(Endpoint.CATCHUP)] == [200, 200]


BRIEF = [
    FaultKind.OUTAGE,
    FaultKind.RATE_LIMITED,
    FaultKind.UNAVAILABLE,
    FaultKind.OVERLOADED,
    FaultKind.BROKEN_OFF,
    FaultKind.STALL,
    FaultKind.REDIRECT,
]


@pytest.mark.parametrize("kinds", [[kind] for kind in BRIEF] if WHOLE else [BRIEF[::2], BRIEF[1::2]], ids=name_of)
def test_catching_up_is_tried_again_at_once(days: ThreeDays, kinds: Sequence[FaultKind]) -> None:
    days.go_wrong(OUT)
    for kind in kinds:
        seconds = 0.6 if kind is FaultKind.STALL else 0.0
        days.go_wrong(*(Fault(kind, endpoint, count=1, seconds=seconds) for endpoint in CAUGHT_UP))
    assert days.run() == CALM
    assert days.sim.faults.left == [OUT]


UNREADABLE = [
    (FaultKind.FEWER_ENTRIES, Endpoint.CATCHUP),
    (FaultKind.HTML_PAGE, Endpoint.ROBOTS),
    (FaultKind.HTML_PAGE, Endpoint.CATCHUP),
    (FaultKind.TRUNCATED, Endpoint.CATCHUP),
    (FaultKind.EMPTY_BODY, Endpoint.CATCHUP),
    (FaultKind.STALL, Endpoint.CATCHUP),
    (FaultKind.UNAVAILABLE, Endpoint.CATCHUP),
    (FaultKind.UNAVAILABLE, Endpoint.ROBOTS),
    (FaultKind.FORBIDDEN, Endpoint.CATCHUP),
    (FaultKind.FORBIDDEN, Endpoint.ROBOTS),
]


@pytest.mark.parametrize(
    ("kind", "endpoint"), UNREADABLE if WHOLE else UNREADABLE[:2], ids=lambda one: one.name.lower()
)
def test_a_day_that_a_probe_cannot_catch_up_on_loses_nothing(
    days: ThreeDays, kind: FaultKind, endpoint: Endpoint
) -> None:
    """What the API's window shows joins the edition of that probe; the next one reads what else was missed."""
    seconds = 0.6 if kind is FaultKind.STALL else 0.0
    days.go_wrong(OUT, Fault(kind, endpoint, until=moment(LAST, 15), seconds=seconds))
    found = days.run()
    assert found.keys() == CALM.keys()
    assert_each_in_its_place_or_a_day_late(found)


def test_a_catch_up_page_that_is_missing_once_is_asked_for_again(days: ThreeDays) -> None:
    days.go_wrong(OUT, Fault(FaultKind.NOT_FOUND, Endpoint.CATCHUP, count=1))
    found = days.run()
    assert found.keys() == CALM.keys()
    assert_each_in_its_place_or_a_day_late(found)


def test_without_catch_up_pages_an_outage_loses_no_paper_that_the_window_shows(days: ThreeDays) -> None:
    days.sim.site.robots_allow_catchup = False
    days.go_wrong(OUT)
    found = days.run()
    oldest = max(moment(FIRST - timedelta(days=1), 8), moment(BAD, 8) - timedelta(days=21))
    unseen = {paper for paper, line in WORLD.expected(BAD, BAD).items() if line.published < oldest}
    assert found.keys() == CALM.keys() - unseen
    # It was submitted before the first window, so that a listing alone could have told of its withdrawal.
    assert found.pop(TAKEN_BACK) == CALM[TAKEN_BACK]._replace(is_withdrawn=False)
    assert_each_in_its_place_or_a_day_late(found)


def assert_each_in_its_place_or_a_day_late(found: EndState) -> None:
    """No paper is anywhere that was not announced; only what was announced on the bad day may be with the next."""
    for paper, place in found.items():
        assert place in {CALM[paper], CALM[paper]._replace(day=LAST if CALM[paper].day == BAD else CALM[paper].day)}


PDF_FAULTS = [FaultKind.FORBIDDEN, FaultKind.UNAVAILABLE, FaultKind.RATE_LIMITED, FaultKind.OUTAGE]


@pytest.mark.parametrize("kinds", [[kind] for kind in PDF_FAULTS] if WHOLE else [PDF_FAULTS[:2]], ids=name_of)
def test_whether_a_paper_was_withdrawn_is_looked_at_once_pdfs_are_back(
    days: ThreeDays, kinds: Sequence[FaultKind]
) -> None:
    since = moment(BAD, 8)
    for kind in kinds:
        days.go_wrong(Fault(kind, Endpoint.PDF, since=since, until=since + timedelta(hours=24 // len(kinds))))
        since += timedelta(hours=24 // len(kinds))
    assert days.run() == CALM
