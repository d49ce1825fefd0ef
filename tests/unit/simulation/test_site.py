"""The simulated endpoints answer as arXiv's do, at the moment they are asked."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from lxml import etree

from tests.simulation import Kind, Reply, Site, WireFormat, World
from tests.simulation.calendar import announced_at, eastern

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
ARXIV = "{http://arxiv.org/schemas/atom}"
ACCEPT = {"Accept": "*/*"}
DAY = date(2026, 10, 20)
NOON = datetime(2026, 10, 20, 16, tzinfo=UTC)
BOTH = "(cat:cs.SD OR cat:eess.AS)"


@pytest.fixture
def site(world: World) -> Site:
    return Site(world)


def ask(site: Site, now: datetime = NOON, /, **parameters: str | int) -> Reply:
    return site.answer("/api/query", urlencode(parameters), ACCEPT, now)


def get(site: Site, path: str, now: datetime = NOON) -> Reply:
    return site.answer(path, "", ACCEPT, now)


def ids(reply: Reply) -> list[str]:
    feed = etree.fromstring(reply.body)
    return [entry.findtext(f"{ATOM}id").rpartition("/")[2] for entry in feed.iterfind(f"{ATOM}entry")]


def total(reply: Reply) -> int:
    return int(etree.fromstring(reply.body).findtext(f"{OPENSEARCH}totalResults"))


def test_the_api_shows_a_paper_from_the_end_of_its_lag_on(site: Site) -> None:
    line = next(line for line in site.world.announced if line.kind is Kind.NEW)
    before, after = line.visible_at - timedelta(seconds=1), line.visible_at
    assert ids(ask(site, before, id_list=line.paper_id)) == []
    assert ids(ask(site, after, id_list=line.paper_id)) == [f"{line.paper_id}v1"]


def test_a_late_cross_list_moves_no_date(site: Site) -> None:
    line = next(
        line
        for line in site.world.announced
        if line.kind is Kind.CROSS and line.announced_at - line.published > timedelta(days=30)
    )
    before, after = (
        etree.fromstring(ask(site, now, id_list=line.paper_id).body).find(f"{ATOM}entry")
        for now in (line.visible_at - timedelta(seconds=1), line.visible_at)
    )
    for name in ("published", "updated", "id"):
        assert before.findtext(f"{ATOM}{name}") == after.findtext(f"{ATOM}{name}")
    assert len(before.findall(f"{ATOM}category")) < len(after.findall(f"{ATOM}category"))


def test_the_search_is_by_category_and_minute_newest_first(site: Site) -> None:
    search = f"{BOTH} AND submittedDate:[202610120000 TO 202610142359]"
    reply = ask(site, search_query=search, max_results=500, sortBy="submittedDate", sortOrder="descending")
    start, end = datetime(2026, 10, 12, tzinfo=UTC), datetime(2026, 10, 15, tzinfo=UTC)
    found = [
        (paper.published, f"{paper.paper_id}v{event.version}")
        for paper, event in site.world.visible(NOON)
        if start <= paper.published < end and set(event.categories) & {"cs.SD", "eess.AS"}
    ]
    assert found
    assert ids(reply) == [ref for _, ref in sorted(found, reverse=True)]
    assert total(reply) == len(found)


def test_pages_follow_each_other(site: Site) -> None:
    query: dict[str, str | int] = {"search_query": BOTH, "sortBy": "submittedDate"}
    whole = ids(ask(site, NOON, **query, max_results=2000))
    pages = [ids(ask(site, NOON, **query, start=start, max_results=50)) for start in range(0, len(whole), 50)]
    assert [ref for page in pages for ref in page] == whole
    assert len(ids(ask(site, NOON, **query))) == 10


def test_the_bounds_of_a_search_are_inclusive(site: Site) -> None:
    line = next(line for line in site.world.announced if line.visible_at < NOON)
    minute = f"{line.published:%Y%m%d%H%M}"
    reply = ask(site, search_query=f"{BOTH} AND submittedDate:[{minute} TO {minute}]")
    assert [ref.partition("v")[0] for ref in ids(reply)] == [line.paper_id]


@pytest.mark.parametrize(
    "parameters",
    [
        {"id_list": "abc"},
        {"id_list": "2610.00001,nonsense/1"},
        {"search_query": BOTH, "max_results": 2001},
        {"search_query": BOTH, "start": 29999, "max_results": 100},
        {"search_query": BOTH, "start": -1},
        {"search_query": "all:speech"},
        {},
    ],
)
def test_a_question_that_arxiv_rejects_gets_an_error_entry(site: Site, parameters: dict[str, str | int]) -> None:
    reply = ask(site, NOON, **parameters)
    assert reply.status == 400
    entry = etree.fromstring(reply.body).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id").startswith("https://arxiv.org/api/errors#")


def test_unknown_ids_have_no_entry(site: Site) -> None:
    known = next(line for line in site.world.announced if line.visible_at < NOON).paper_id
    reply = ask(site, id_list=f"{known}v1,2610.99999,hep-th/9901001,{known}v9")
    assert ids(reply) == [f"{known}v1"]
    assert total(reply) == 1


def test_without_an_accept_header_the_api_answers_406(site: Site) -> None:
    assert site.answer("/api/query", "id_list=2610.00001", {}, NOON).status == 406


def test_the_wire_format_follows_the_year(world: World) -> None:
    newer, older = (
        etree.fromstring(ask(Site(world, wire=wire), search_query=BOTH, max_results=1).body)
        for wire in (WireFormat.OF_2026, WireFormat.OF_2025)
    )
    links = [[dict(link.attrib) for link in feed.iterfind(f"{ATOM}entry/{ATOM}link")] for feed in (newer, older)]
    assert [link.get("title") for link in links[0]] == [None, "pdf"]
    assert all(set(link) == {"href"} for link in links[1])


def test_the_feed_shows_the_mailing_from_midnight_on(site: Site) -> None:
    before, after = (
        etree.fromstring(get(site, "/atom/cs.SD+eess.AS", moment).body)
        for moment in (eastern(DAY) - timedelta(seconds=1), eastern(DAY))
    )
    published = [
        {entry.findtext(f"{ATOM}published") for entry in feed.iterfind(f"{ATOM}entry")} for feed in (before, after)
    ]
    assert published == [{"2026-10-19T00:00:00-04:00"}, {"2026-10-20T00:00:00-04:00"}]
    assert after.findtext(f"{ATOM}updated").startswith("2026-10-20T04:00:00")


def test_the_feed_names_what_the_log_names(site: Site) -> None:
    feed = etree.fromstring(get(site, "/atom/cs.SD+eess.AS").body)
    named = {
        (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ARXIV}announce_type").removesuffix("-cross"))
        for entry in feed.iterfind(f"{ATOM}entry")
    }
    lines = [line for line in site.world.announced if line.listing_date == DAY]
    assert named == {(f"oai:arXiv.org:{line.paper_id}v{line.version}", line.kind) for line in lines}


def test_on_a_weekend_the_feed_keeps_the_last_mailing(site: Site) -> None:
    feed = etree.fromstring(get(site, "/atom/cs.SD", datetime(2026, 10, 18, 12, tzinfo=UTC)).body)
    assert feed.findtext(f"{ATOM}updated").startswith("2026-10-18")
    assert {entry.findtext(f"{ATOM}published")[:10] for entry in feed.iterfind(f"{ATOM}entry")} == {"2026-10-16"}


def listed(page: str) -> dict[str, list[str]]:
    sections = re.findall(r"<h3>(\w+) submissions.*?</h3>(.*?)</dl>", page, re.DOTALL)
    return {name: re.findall(r'title="Abstract" id="([^"]+)"', text) for name, text in sections}


def test_catch_up_lists_a_categorys_day(site: Site) -> None:
    for category in ("cs.SD", "eess.AS"):
        page = get(site, f"/catchup/{category}/{DAY}").body.decode()
        for name, kinds in (("New", ["new"]), ("Cross", ["cross"]), ("Replacement", ["replace", "replace-cross"])):
            wanted = [paper.paper_id for paper, event in site.world.on(DAY) if paper.kind(event, {category}) in kinds]
            assert listed(page).get(name, []) == wanted
        assert f"Total of {sum(map(len, listed(page).values()))} entries" in page
        assert "on Tue, 20 Oct 2026</h1>" in page


def test_catch_up_answers_from_the_announcement_on_for_90_days(site: Site) -> None:
    evening, path = announced_at(DAY), f"/catchup/cs.SD/{DAY}"
    assert get(site, path, evening - timedelta(seconds=1)).status == 400
    assert get(site, path, evening).status == 200
    assert get(site, path, eastern(DAY) + timedelta(days=90, hours=12)).status == 200
    assert get(site, path, eastern(DAY) + timedelta(days=91, hours=12)).status == 400


def test_catch_up_says_when_nothing_went_out(site: Site) -> None:
    page = get(site, "/catchup/cs.SD/2026-10-17").body.decode()
    assert "<p>No updates for Sat, 17 Oct 2026</p>" in page
    newer = Site(site.world, dated_totals=True)
    assert "Total of 0 entries for Sat, 17 Oct 2026" in get(newer, "/catchup/cs.SD/2026-10-17").body.decode()


def test_robots_txt_can_forbid_the_catch_up_pages(world: World) -> None:
    assert "\nAllow: /catchup" in get(Site(world), "/robots.txt").body.decode()
    assert "\nDisallow: /catchup" in get(Site(world, robots_allow_catchup=False), "/robots.txt").body.decode()


def test_full_texts_are_there_from_the_announcement_on(site: Site) -> None:
    line = next(line for line in site.world.announced if line.kind is Kind.NEW)
    for kind in ("html", "pdf"):
        path = f"/{kind}/{line.paper_id}v1"
        assert get(site, path, line.announced_at - timedelta(seconds=1)).status == 404
        assert len(get(site, path, line.announced_at).body) > 1_500


def test_a_withdrawn_version_has_no_text_but_the_earlier_one_has(site: Site) -> None:
    line = next(line for line in site.world.announced if line.withdrawn)
    for kind in ("html", "pdf"):
        replies = [get(site, f"/{kind}/{line.paper_id}{v}", line.announced_at) for v in ("", f"v{line.version}", "v1")]
        assert [reply.status for reply in replies] == [404, 404, 200]
