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


def test_it_is_known_which_faults_no_request_has_met(site: Site) -> None:
    passing, met, elsewhere = (
        Fault(FaultKind.UNAVAILABLE, skip=2, count=1),
        Fault(FaultKind.RATE_LIMITED),
        Fault(FaultKind.OUTAGE, Endpoint.FEED),
    )
    site.faults.add(met, passing, elsewhere)
    assert site.faults.unmet == [met, passing, elsewhere]
    ask(site)
    assert site.faults.unmet == [passing, elsewhere]
    site.faults.clear()
    assert site.faults.unmet == []


@pytest.mark.parametrize(("kind", "status"), [(FaultKind.RATE_LIMITED, 429), (FaultKind.OVERLOADED, 503)])
@pytest.mark.parametrize("asked", ["7", "Fri, 31 Dec 2100 23:59:59 GMT", ""])
def test_arxiv_asks_to_wait_in_seconds_until_a_date_or_not_at_all(
    site: Site, kind: FaultKind, status: int, asked: str
) -> None:
    site.faults.add(Fault(kind, retry_after=asked))
    reply = ask(site)
    assert (reply.status, reply.headers) == (status, {"Retry-After": asked} if asked else {})


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


def test_a_dripping_answer_is_whole_in_the_end(site: Site) -> None:
    whole = ask(site)
    site.faults.add(Fault(FaultKind.DRIPPING, seconds=0.1))
    dripping = ask(site)
    assert len(whole.pieces) == 1
    assert len(dripping.pieces) > 30
    assert b"".join(dripping.pieces) == whole.body


@pytest.mark.parametrize("path", ["/api/query", "/atom/cs.SD"])
@pytest.mark.parametrize(
    ("kind", "lacking"),
    [(FaultKind.ENTRY_WITHOUT_ID, ["id"]), (FaultKind.ENTRY_WITHOUT_DATES, ["published", "updated"])],
)
def test_an_entry_can_be_malformed_among_good_ones(site: Site, path: str, kind: FaultKind, lacking: list[str]) -> None:
    good = list(etree.fromstring(ask(site, path=path).body).iterfind(f"{ATOM}entry"))
    harmed = good[3].findtext(f"{ATOM}id").removeprefix("oai:arXiv.org:").removeprefix("http://arxiv.org/abs/")
    site.faults.add(Fault(kind, paper_id=harmed.partition("v")[0]))
    bad = list(etree.fromstring(ask(site, path=path).body).iterfind(f"{ATOM}entry"))
    changed = [(before, after) for before, after in zip(good, bad, strict=True) if len(before) != len(after)]
    assert [before for before, _ in changed] == [good[3]]
    assert {element.tag for element in changed[0][0]} - {element.tag for element in changed[0][1]} == {
        f"{ATOM}{name}" for name in lacking
    }


def test_a_listing_can_state_more_than_it_holds(site: Site) -> None:
    path = "/catchup/cs.SD/2026-10-20"
    whole = ask(site, path=path).body
    site.faults.add(Fault(FaultKind.FEWER_ENTRIES))
    fewer = ask(site, path=path).body
    assert fewer.count(b"<dt>") == whole.count(b"<dt>") - 1
    total = f"Total of {whole.count(b'<dt>')} entries".encode()
    assert total in whole
    assert total in fewer


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
