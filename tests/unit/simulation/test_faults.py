"""Trouble comes when and where a test orders it, and no longer."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from lxml import etree

from tests.simulation import Endpoint, Fault, FaultKind, FaultsByChance, Reply, Site, Stale, World

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2026, 10, 20, 16, tzinfo=UTC)


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)


def ask(site: Site, start: int = 0, now: datetime = NOW, path: str = "/api/query") -> Reply:
    parameters = {"search_query": "cat:cs.SD", "sortBy": "submittedDate", "start": start, "max_results": 20}
    return site.answer(path, urlencode(parameters), {"Accept": "*/*"}, now)


def entries(reply: Reply) -> list[str]:
    return [entry.findtext(f"{ATOM}id") for entry in etree.fromstring(reply.body).iterfind(f"{ATOM}entry")]


def test_faults_come_one_after_the_other(site: Site) -> None:
    site.faults.add(
        Fault(FaultKind.RATE_LIMITED, count=2, retry_after="7"), Fault(FaultKind.UNAVAILABLE, Endpoint.API, count=1)
    )
    replies = [ask(site) for _ in range(4)]
    assert [reply.status for reply in replies] == [429, 429, 503, 200]
    assert replies[0].headers["Retry-After"] == "7"


def test_a_fault_can_let_requests_pass_first(site: Site) -> None:
    site.faults.add(Fault(FaultKind.UNAVAILABLE, skip=1, count=1))
    assert [ask(site).status for _ in range(3)] == [200, 503, 200]


def test_a_fault_concerns_its_endpoint_and_its_time(site: Site) -> None:
    site.faults.add(Fault(FaultKind.OUTAGE, Endpoint.API, since=NOW, until=NOW + timedelta(hours=1)))
    moments = [NOW - timedelta(seconds=1), NOW, NOW + timedelta(hours=1)]
    assert [ask(site, now=now).dropped for now in moments] == [False, True, False]
    assert not ask(site, path="/atom/cs.SD").dropped


def test_any_answer_can_be_slow(site: Site) -> None:
    site.faults.add(Fault(FaultKind.STALL, seconds=15, count=1))
    slow, quick = ask(site), ask(site)
    assert (slow.seconds, quick.seconds) == (15, 0)
    assert slow.body == quick.body


@pytest.mark.parametrize(
    ("kind", "status", "share"),
    [
        (FaultKind.NOT_ACCEPTABLE_WITH_BODY, 406, 1),
        (FaultKind.NOT_ACCEPTABLE, 406, 0),
        (FaultKind.EMPTY_BODY, 200, 0),
        (FaultKind.TRUNCATED, 200, 0.5),
    ],
)
def test_bodies_are_kept_cut_or_lost(site: Site, kind: FaultKind, status: int, share: float) -> None:
    whole = ask(site)
    site.faults.add(Fault(kind))
    reply = ask(site)
    assert reply.status == status
    assert reply.body == whole.body[: int(len(whole.body) * share)]


def test_a_broken_connection_promises_more_than_it_sends(site: Site) -> None:
    site.faults.add(Fault(FaultKind.BROKEN_OFF))
    reply = ask(site)
    assert reply.sent_bytes is not None
    assert reply.sent_bytes < len(reply.body)


def test_an_error_entry_can_come_with_status_200(site: Site) -> None:
    site.faults.add(Fault(FaultKind.ERROR_ENTRY, count=1))
    assert entries(ask(site))[0].startswith("http://arxiv.org/api/errors#")


def test_a_page_in_the_middle_can_be_empty(site: Site) -> None:
    site.faults.add(Fault(FaultKind.EMPTY_PAGE, from_start=1, count=1))
    assert [len(entries(ask(site, start))) for start in (0, 20, 20)] == [20, 0, 20]


def test_a_paper_can_appear_between_two_pages(site: Site) -> None:
    usual = entries(ask(site)) + entries(ask(site, 20))
    site.faults.add(Fault(FaultKind.LATE_ENTRY))
    first, second = entries(ask(site)), entries(ask(site, 20))
    assert first == usual[1:21]
    assert second == usual[20:]
    assert set(first) & set(second) == {usual[20]}


def test_a_redirect_is_followed_to_the_answer(site: Site) -> None:
    site.faults.add(
        Fault(FaultKind.REDIRECT, count=1), Fault(FaultKind.REDIRECT_AWAY, count=1, location="http://x.test/")
    )
    moved = site.answer("/atom/cs.SD", "", {}, NOW)
    path, _, query = moved.headers["Location"].partition("?")
    assert (moved.status, path, query) == (301, "/atom/cs.SD", "moved=1")
    assert site.answer("/atom/cs.SD", "", {}, NOW).headers["Location"] == "http://x.test/"
    assert site.answer(path, query, {}, NOW).status == 200


def dates(site: Site) -> set[str]:
    feed = etree.fromstring(ask(site, path="/atom/cs.SD+eess.AS").body)
    return {entry.findtext(f"{ATOM}published")[:10] for entry in feed.iterfind(f"{ATOM}entry")}


def test_a_feed_can_be_stale_for_one_category_or_for_all(site: Site) -> None:
    for category, expected in ((None, {"2026-10-15"}), ("eess.AS", {"2026-10-15", "2026-10-20"})):
        site.faults.clear()
        site.faults.add(Fault(FaultKind.STALE_FEED, stale=Stale(date(2026, 10, 15), category)))
        assert dates(site) == expected


def test_a_stale_feed_can_state_todays_date(site: Site) -> None:
    today = ask(site, path="/atom/cs.SD")
    site.faults.add(Fault(FaultKind.STALE_FEED, stale=Stale(date(2026, 10, 15), states=date(2026, 10, 20))))
    assert dates(site) == {"2026-10-20"}
    assert not set(entries(today)) & set(entries(ask(site, path="/atom/cs.SD")))


def test_a_share_of_all_requests_meets_a_fault_by_chance_until_that_ends(site: Site) -> None:
    faults = site.faults = FaultsByChance(0.25, {Endpoint.API: (FaultKind.UNAVAILABLE, FaultKind.NOT_FOUND)}, seed=1)
    statuses = [ask(site).status for _ in range(400)]
    assert set(statuses) == {200, 404, 503}
    assert faults.met == {FaultKind.UNAVAILABLE: statuses.count(503), FaultKind.NOT_FOUND: statuses.count(404)}
    assert 60 < faults.met.total() < 140
    faults.end()
    assert {ask(site).status for _ in range(50)} == {200}


def test_what_is_ordered_comes_before_what_chance_brings(site: Site) -> None:
    site.faults = FaultsByChance(0.0, {Endpoint.API: (FaultKind.UNAVAILABLE,)}, seed=1)
    site.faults.add(Fault(FaultKind.RATE_LIMITED, count=1))
    assert [ask(site).status for _ in range(2)] == [429, 200]


def test_an_endpoint_meets_its_own_faults_alone(site: Site) -> None:
    site.faults = FaultsByChance(1.0, {Endpoint.HTML: (FaultKind.UNAVAILABLE,)}, seed=1)
    assert ask(site).status == 200
    assert ask(site, path="/html/2699.00001v1").status == 503
