"""Each fault of arXiv, for hours or for one request, leaves the editions of a calm run behind."""

from collections.abc import Sequence
from typing import Any

import pytest

from arxiv_daily.sources import session
from tests.integration.three_days import (  # noqa: F401  # three_days is the fixture `days`
    BAD,
    CALM,
    FIRST,
    LAST,
    THREE_PROBES,
    WHOLE,
    ThreeDays,
    moment,
    three_days,
)
from tests.simulation import Endpoint, Fault, FaultKind, Stale, WireFormat

SINCE, UNTIL = moment(BAD, 8), moment(LAST, 8)
DAY_LONG: dict[str, Any] = {"since": SINCE, "until": UNTIL}


def test_calm_days_end_as_announced(days: ThreeDays) -> None:
    assert len(CALM) > 30
    assert sum(place.is_withdrawn for place in CALM.values()) == 1
    assert days.run() == CALM


def test_the_wire_format_of_2025_says_the_same(days: ThreeDays) -> None:
    days.sim.site.wire = WireFormat.OF_2025
    assert days.run() == CALM


SINGLE = [
    FaultKind.OUTAGE,
    FaultKind.RATE_LIMITED,
    FaultKind.UNAVAILABLE,
    FaultKind.FORBIDDEN,
    FaultKind.NOT_ACCEPTABLE,
    FaultKind.NOT_ACCEPTABLE_WITH_BODY,
    FaultKind.HTML_PAGE,
    FaultKind.EMPTY_BODY,
    FaultKind.TRUNCATED,
    FaultKind.BROKEN_OFF,
    FaultKind.EMPTY_PAGE,
    FaultKind.ERROR_ENTRY,
    FaultKind.REDIRECT,
]


TOGETHER = [[kind] for kind in SINGLE] if WHOLE else [SINGLE[first::3] for first in range(3)]
SKIPPED = (1, 0, 2) if WHOLE else (1, 0)
"""Requests that go well before each of a kind's faults."""


@pytest.mark.parametrize("kinds", TOGETHER, ids=lambda kinds: "-".join(kind.name.lower() for kind in kinds))
def test_a_fault_now_and_then(days: ThreeDays, kinds: list[FaultKind]) -> None:
    for kind in kinds:
        for endpoint in (Endpoint.API, Endpoint.FEED):
            days.go_wrong(*(Fault(kind, endpoint, count=1, skip=skip) for skip in SKIPPED))
    assert days.run() == CALM
    assert days.sim.faults.left == []


LONG_AGO, FAR_OFF = "Tue, 01 Jan 2019 00:00:00 GMT", "Fri, 31 Dec 2100 23:59:59 GMT"
ASKED_TO_WAIT = [
    (kind, asked)
    for kind in (FaultKind.RATE_LIMITED, FaultKind.OVERLOADED)
    for asked in ("2", "86400", LONG_AGO, FAR_OFF, "soon", "")
]


@pytest.mark.parametrize(
    "asked",
    [[one] for one in ASKED_TO_WAIT] if WHOLE else [ASKED_TO_WAIT],
    ids=lambda asked: "-".join(f"{kind.name.lower()} {wait or 'nothing'}" for kind, wait in asked[:2]),
)
def test_arxiv_asks_to_wait_in_every_way(days: ThreeDays, asked: Sequence[tuple[FaultKind, str]]) -> None:
    for endpoint in (Endpoint.API, Endpoint.FEED):
        days.go_wrong(*(Fault(kind, endpoint, count=1, since=SINCE, retry_after=wait) for kind, wait in asked))
    assert days.run() == CALM
    assert days.sim.faults.left == []


LONG = {
    "outage": [Fault(FaultKind.OUTAGE, **DAY_LONG)],
    "the API answers 429 all day": [Fault(FaultKind.RATE_LIMITED, Endpoint.API, **DAY_LONG)],
    "the API answers 429 until a date all day": [
        Fault(FaultKind.RATE_LIMITED, Endpoint.API, retry_after=FAR_OFF, **DAY_LONG),
    ],
    "the API answers 503 all day": [Fault(FaultKind.UNAVAILABLE, Endpoint.API, **DAY_LONG)],
    "the API answers 406 without a body all day": [Fault(FaultKind.NOT_ACCEPTABLE, Endpoint.API, **DAY_LONG)],
    "the API answers 406 with a body all day": [Fault(FaultKind.NOT_ACCEPTABLE_WITH_BODY, Endpoint.API, **DAY_LONG)],
    "the API answers with a page all day": [Fault(FaultKind.HTML_PAGE, Endpoint.API, **DAY_LONG)],
    "the API's second pages are empty all day": [Fault(FaultKind.EMPTY_PAGE, Endpoint.API, from_start=1, **DAY_LONG)],
    "the API's pages are cut all day": [Fault(FaultKind.TRUNCATED, Endpoint.API, **DAY_LONG)],
    "the API's pages shift": [Fault(FaultKind.LATE_ENTRY, Endpoint.API, count=3, since=moment(BAD, 14))],
    "the API stalls": [Fault(FaultKind.STALL, Endpoint.API, count=5, seconds=0.6)],
    "the feed is gone all day": [Fault(FaultKind.NOT_FOUND, Endpoint.FEED, **DAY_LONG)],
    "the feed is empty all day": [Fault(FaultKind.EMPTY_PAGE, Endpoint.FEED, **DAY_LONG)],
    "an entry of the feed has no id all day": [
        Fault(FaultKind.ENTRY_WITHOUT_ID, Endpoint.FEED, paper_id="2612.00964", **DAY_LONG),
    ],
    "an entry of the feed has no dates all day": [
        Fault(FaultKind.ENTRY_WITHOUT_DATES, Endpoint.FEED, paper_id="2612.00964", **DAY_LONG),
    ],
    "the feed is stuck at yesterday's": [
        Fault(FaultKind.STALE_FEED, Endpoint.FEED, stale=Stale(FIRST), **DAY_LONG),
    ],
    "the feed gives yesterday's papers today's date": [
        Fault(FaultKind.STALE_FEED, Endpoint.FEED, stale=Stale(FIRST, states=BAD), **DAY_LONG),
    ],
    "one category of the feed is stuck": [
        Fault(FaultKind.STALE_FEED, Endpoint.FEED, stale=Stale(FIRST, "eess.AS"), **DAY_LONG),
    ],
    "one category of the feed is stuck, under today's date": [
        Fault(FaultKind.STALE_FEED, Endpoint.FEED, stale=Stale(FIRST, "eess.AS", BAD), **DAY_LONG),
    ],
    "arXiv sends us elsewhere all day": [
        Fault(FaultKind.REDIRECT_AWAY, location="http://elsewhere.invalid/", **DAY_LONG),
    ],
}


@pytest.mark.parametrize("name", LONG if WHOLE else list(LONG)[3::4])
def test_a_fault_that_lasts(days: ThreeDays, name: str) -> None:
    days.go_wrong(*LONG[name])
    assert days.run() == CALM


def test_three_probes_are_enough_while_a_category_of_the_feed_is_stuck_under_todays_date(days: ThreeDays) -> None:
    days.go_wrong(*LONG["one category of the feed is stuck, under today's date"])
    assert days.run(probes=THREE_PROBES) == CALM


HARMED = "2612.00964"
"""Announced on the bad day, and visible before its second probe."""


@pytest.mark.parametrize(
    "kind",
    [FaultKind.ENTRY_WITHOUT_ID, FaultKind.ENTRY_WITHOUT_DATES] if WHOLE else [FaultKind.ENTRY_WITHOUT_ID],
    ids=lambda kind: kind.name.lower(),
)
def test_a_malformed_entry_harms_no_other_paper(days: ThreeDays, kind: FaultKind) -> None:
    days.go_wrong(Fault(kind, Endpoint.API, paper_id=HARMED, **DAY_LONG))
    others = {paper: place.day for paper, place in CALM.items() if place.day <= BAD and paper != HARMED}
    found = days.run(last=BAD, waiting=[HARMED])
    assert {paper: place.day for paper, place in found.items()} == others
    assert days.run(first=LAST) == CALM


def test_an_answer_that_drips_is_cut(days: ThreeDays, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "TIMEOUT_SECONDS", (1.0, 5.0))
    monkeypatch.setattr(session, "ANSWER_SECONDS", 0.5)
    for endpoint in (Endpoint.API, Endpoint.FEED):
        days.go_wrong(Fault(FaultKind.DRIPPING, endpoint, count=1, since=SINCE, seconds=0.15))
    assert days.run() == CALM
    assert days.gate.longest < 3
