"""On the hostile day, what Jekyll makes of the post is the day's text and nothing else."""

from collections import Counter
from urllib.parse import unquote

import pytest
import yaml

from tests.hostile import ATTACKS, Attack, visible
from tests.site.jekyll import BLOG, Blog, Page

MARKUP = {
    ("a", "href"),
    ("details", ""),
    ("div", ""),
    ("h2", "id"),
    ("hr", ""),
    ("li", ""),
    ("p", ""),
    ("strong", ""),
    ("summary", ""),
    ("ul", ""),
}
"""Elements with their attributes, as the templates write them."""
TABLE = {("table", ""), ("tbody", ""), ("tr", ""), ("td", "")}
"""GitHub's kramdown takes the bar in a line of the seed's header for one."""
ARXIV, MODEL = 14, 25
"""How often an attack stands in the post: in the fields that hold any text, and in those that a model fills."""


@pytest.fixture(scope="module")
def page(blog: Blog) -> Page:
    return blog.page("hostile")


@pytest.mark.parametrize("name", ["hostile", "ids"])
def test_there_is_no_element_and_no_attribute_but_the_templates(blog: Blog, name: str) -> None:
    assert blog.page(name).elements <= (MARKUP if blog.is_plain else MARKUP | TABLE)


@pytest.mark.parametrize("name", ["hostile", "ids"])
def test_the_only_table_is_that_of_the_seeds_header(blog: Blog, name: str) -> None:
    tables = [] if blog.is_plain else ["抓取总数：", "本页显示："]
    assert [cell.partition("：")[0] + "：" for cell in blog.page(name).texts("td")] == tables


@pytest.mark.parametrize("name", ["hostile", "ids"])
def test_every_link_leads_to_arxiv(blog: Blog, name: str) -> None:
    links = [node.attributes["href"] or "" for node in blog.page(name).body.css("a")]
    assert links
    assert all(link.startswith(("https://arxiv.org/abs/", "https://arxiv.org/pdf/")) for link in links)


def test_every_title_is_a_heading_and_reads_as_it_was_written(page: Page) -> None:
    assert page.texts("h2") == [visible(attack.text) for attack in ATTACKS for _ in ("read", "failed")]


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_every_text_reads_as_it_was_written_wherever_it_stands(page: Page, attack: Attack) -> None:
    text, said = visible(attack.text), visible(attack.plain)
    expected = {text: ARXIV + MODEL} if text == said else {text: ARXIV, said: MODEL}
    assert {shown: page.text.count(shown) for shown in expected} == expected


def test_no_marker_is_lost_or_doubled(page: Page, posts: dict[str, str]) -> None:
    of_page = {attack.marker: page.body.text().count(attack.marker) for attack in ATTACKS}
    assert of_page == {attack.marker: posts["hostile"].count(attack.marker) for attack in ATTACKS}


def test_every_paper_has_its_parts_in_their_order(page: Page) -> None:
    blocks = [str(node.tag) for node in page.body.iter() if not str(node.tag).startswith("-")]
    head = ["p"] if blocks[1] == "h2" else ["p", "ul"]
    read, failed = ["h2", "ul", "p", "details", "hr"], ["h2", "ul", "p", "p", "hr"]
    assert blocks == head + (read + failed) * len(ATTACKS) + ["p", "ul"]


def test_every_reading_has_the_same_points(page: Page) -> None:
    shapes = Counter(
        " ".join(str(node.tag) for node in reading.css("ul, li, strong, br"))
        for reading in page.body.css("details > div")
    )
    part = "ul li strong ul li strong li li"
    assert shapes == {" ".join([part] * 3): len(ATTACKS)}


def test_no_liquid_ran(page: Page) -> None:
    assert BLOG not in page.body.text()


@pytest.mark.parametrize("name", ["hostile", "ids", "day"])
def test_the_front_matter_is_ours(posts: dict[str, str], name: str) -> None:
    _, front, _ = posts[name].split("---\n", 2)
    assert yaml.safe_load(front) == {
        "layout": "post",
        "title": "arXiv Daily – 2026-02-12",
        "tags": ["arxiv", "cs.SD", "eess.AS"],
    }


def test_the_page_around_it_has_its_title_and_no_script_but_the_themes(blog: Blog) -> None:
    hostile, day = blog.page("hostile").whole, blog.page("day").whole
    heading = hostile.css_first("h1")
    assert heading is not None
    assert heading.text() == "arXiv Daily – 2026-02-12"
    assert len(hostile.css("script, style, iframe, img, link")) == len(day.css("script, style, iframe, img, link"))


def test_the_blogs_home_page_quotes_nothing_of_it_but_the_header(blog: Blog) -> None:
    assert not [attack.kind for attack in ATTACKS if attack.marker in blog.home()]


def test_the_blogs_feed_is_well_formed_and_holds_the_same_text(blog: Blog, page: Page) -> None:
    in_feed = blog.in_feed("hostile")
    assert in_feed.body is not None
    assert " ".join(in_feed.body.text().split()) == page.text


def test_an_id_is_shown_as_it_is_and_leads_no_further_than_to_its_page(blog: Blog) -> None:
    page, named = blog.page("ids"), [" ".join(f"{attack.stored}v1".split()) for attack in ATTACKS]
    links = page.body.css("ul a[href^='https://arxiv.org/abs/']")[: len(named)]
    assert [" ".join(link.text().split()) for link in links] == [
        visible(f"https://arxiv.org/abs/{ref}") for ref in named
    ]
    for attack, link in zip(ATTACKS, links, strict=True):
        assert attack.marker in unquote(str(link.attributes["href"]))
