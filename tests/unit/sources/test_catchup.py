"""The pages are as arXiv's own templates make them (arXiv/arxiv-browse, templates/catchup.html)."""

from datetime import date

import pytest
import requests

from arxiv_daily.models import Announcement, Kind, Listing
from arxiv_daily.sources.catchup import CatchUp
from arxiv_daily.sources.errors import ArxivUnavailable, CatchUpNotAllowed
from tests.unit.sources.fakes import HTML, Answer, FakeNetwork, session_over

DAY = date(2026, 2, 12)
SITE = "https://arxiv.org"
ROBOTS = f"{SITE}/robots.txt"
SOUND, SPEECH = (f"{SITE}/catchup/{category}/{DAY}?page=1" for category in ("cs.SD", "eess.AS"))
TEXT = "text/plain"

ENTRY = """<dt><a name='item1'>[1]</a> <a href ="/abs/{paper}" title="Abstract" id="{paper}"> arXiv:{paper} </a>
[<a href="/pdf/{paper}" title="Download PDF" id="pdf-{paper}">pdf</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span> On
 {paper}</div></div></dd>"""


def a_page(total: int | None = None, heading: str = "Thu, 12 Feb 2026", **sections: list[str]) -> Answer:
    parts = [
        f"<dl id='articles'><h3>{name.title()} submissions (showing {len(ids)} of {len(ids)} entries)</h3>"
        + "".join(ENTRY.format(paper=paper) for paper in ids)
        + "</dl>"
        for name, ids in sections.items()
    ]
    number = sum(map(len, sections.values())) if total is None else total
    body = f"<h1>Catchup results for Sound on {heading}</h1> Total of {number} entries {''.join(parts)}"
    return Answer(f"<html><body><div id='dlpage'>{body}</div></body></html>".encode(), content_type=HTML)


class Pages(FakeNetwork):
    """Answers by address; what a test does not name is not there."""

    def __init__(self, **named: Answer) -> None:
        super().__init__()
        self.pages = {ROBOTS: Answer(status=404)} | {
            {"robots": ROBOTS, "sound": SOUND, "speech": SPEECH}.get(name, name): page for name, page in named.items()
        }

    def answer(self, request: requests.PreparedRequest) -> Answer | Exception:
        return self.pages.get(str(request.url), Answer(status=404, content_type=HTML))


def read(pages: Pages, *categories: str) -> Listing:
    return CatchUp(SITE, session_over(pages), "arXiv-Daily/0.1").read(categories or ("cs.SD",), DAY)


def test_every_paper_stands_once_with_its_strongest_kind() -> None:
    pages = Pages(
        sound=a_page(new=["2602.00001"], cross=["2602.00002", "cs/0601001"], replacement=["2601.00003"]),
        speech=a_page(cross=["2602.00001"], replacement=["2602.00002"]),
    )
    listing = read(pages, "cs.SD", "eess.AS")
    assert listing.date == DAY
    assert {one.paper_id: one.kind for one in listing.announcements} == {
        "2602.00001": Kind.NEW,
        "2602.00002": Kind.CROSS,
        "cs/0601001": Kind.CROSS,
        "2601.00003": Kind.REPLACE,
    }
    assert listing.announcements[0] == Announcement(paper_id="2602.00001", kind=Kind.NEW, title="On 2602.00001")


def test_a_date_without_updates_is_an_empty_listing() -> None:
    assert read(Pages(sound=a_page())) == Listing(date=DAY)


def test_robots_txt_is_asked_first_and_once() -> None:
    pages = Pages(sound=a_page(), speech=a_page())
    read(pages, "cs.SD", "eess.AS")
    assert pages.urls == [ROBOTS, SOUND, SPEECH]


@pytest.mark.parametrize("agent", ["*", "arxiv-daily"])
def test_what_robots_txt_keeps_programs_from_is_not_asked(agent: str) -> None:
    pages = Pages(robots=Answer(f"User-agent: {agent}\nDisallow: /catchup\n".encode(), content_type=TEXT))
    with pytest.raises(CatchUpNotAllowed, match=r"robots\.txt"):
        read(pages)
    assert pages.urls == [ROBOTS]


def a_refusal(reason: str) -> Answer:
    return Answer(f"<html><h1>{reason}</h1></html>".encode(), content_type=HTML, status=400)


TOO_LONG_AGO = a_refusal(f"Invalid date: {DAY}. Catchup only allowed for past 90 days")
NO_SUBJECT = a_refusal("Invalid subject. Subject must be an archive, category or &#39;grp_physics&#39;")
PASSING = {
    "404": Answer(status=404, content_type=HTML),
    "410": Answer(status=410, content_type=HTML),
    "400": Answer(status=400, content_type=HTML),
    "not announced yet": a_refusal(f"Invalid date: {DAY}. Can&#39;t request date later than today"),
}


def test_a_date_that_arxiv_says_is_too_long_ago_is_told_apart() -> None:
    with pytest.raises(CatchUpNotAllowed, match="too long ago"):
        read(Pages(sound=TOO_LONG_AGO))


@pytest.mark.parametrize("answer", PASSING.values(), ids=PASSING.keys())
def test_a_page_that_is_not_there_may_come_later(answer: Answer) -> None:
    with pytest.raises(ArxivUnavailable, match=f"HTTP {answer.status}"):
        read(Pages(sound=answer, speech=answer), "cs.SD", "eess.AS")


@pytest.mark.parametrize("answer", PASSING.values(), ids=PASSING.keys())
def test_without_one_categorys_page_the_listing_of_the_others_is_partial(
    answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    listing = read(Pages(sound=answer, speech=a_page(new=["2602.00001"])), "cs.SD", "eess.AS")
    assert ([one.paper_id for one in listing.announcements], listing.is_partial) == (["2602.00001"], True)
    (said,) = caplog.records
    assert (said.levelname, SOUND in vars(said)["reason"]) == ("WARNING", True)


def test_a_category_that_arxiv_does_not_know_is_left_out_and_said(caplog: pytest.LogCaptureFixture) -> None:
    listing = read(Pages(sound=NO_SUBJECT, speech=a_page(new=["2602.00001"])), "cs.SD", "eess.AS")
    assert ([one.paper_id for one in listing.announcements], listing.is_partial) == (["2602.00001"], False)
    (said,) = caplog.records
    assert (said.levelname, vars(said)["category"]) == ("ERROR", "cs.SD")


def test_categories_that_arxiv_all_does_not_know_are_no_empty_listing() -> None:
    with pytest.raises(ArxivUnavailable, match="no such category"):
        read(Pages(sound=NO_SUBJECT))


def test_further_pages_are_followed() -> None:
    second = f"{SITE}/catchup/cs.SD/{DAY}?page=2"
    pages = Pages(sound=a_page(3, new=["2602.00001", "2602.00002"]), **{second: a_page(3, new=["2602.00003"])})
    assert len(read(pages).announcements) == 3


@pytest.mark.parametrize(
    "page",
    [
        Answer(b"<html>Welcome</html>", content_type=HTML),
        Answer(status=500),
        Answer(status=403),
        a_page(heading="Wed, 11 Feb 2026", new=["2602.00001"]),
        a_page(2, new=["2602.00001"]),
        a_page(1, new=["2602.00001", "2602.00002"]),
        a_page(withdrawn=["2602.00001"]),
        Answer(a_page(new=["2602.00001"]).body.replace(b"New submissions (showing 1 of 1 entries)", b""), HTML),
        a_page(new=["what is this"]),
    ],
    ids=["no listing", "500", "403", "another date", "cut", "too many", "unknown section", "no heading", "no id"],
)
def test_a_page_that_cannot_be_read_whole_is_an_error_and_never_an_empty_listing(page: Answer) -> None:
    with pytest.raises(ArxivUnavailable):
        read(Pages(sound=page))


def test_a_page_given_twice_does_not_stand_for_the_next_one() -> None:
    page = a_page(3, new=["2602.00001", "2602.00002"])
    with pytest.raises(ArxivUnavailable, match="holds 2 entries and states 3"):
        read(Pages(sound=page, **{f"{SITE}/catchup/cs.SD/{DAY}?page=2": page}))


@pytest.mark.parametrize(
    "robots",
    [Answer(status=500), Answer(status=403), Answer(b"<html>Are you a robot?</html>", content_type=HTML)],
    ids=["500", "403", "a page"],
)
def test_an_unreadable_robots_txt_allows_nothing(robots: Answer) -> None:
    with pytest.raises(ArxivUnavailable, match=r"robots\.txt"):
        read(Pages(robots=robots, sound=a_page()))


def test_rules_for_the_robot_that_a_contact_address_spells_are_not_ours() -> None:
    pages = Pages(robots=Answer(b"User-agent: gptbot\nDisallow: /\n", content_type=TEXT), sound=a_page())
    agent = "arXiv-Daily/0.1 (mailto:ada@gptbot.example)"
    assert CatchUp(SITE, session_over(pages), agent).read(["cs.SD"], DAY) == Listing(date=DAY)
