"""The feeds: valid in both formats, whole, and with ids and times that only change when they should."""

import json
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from arxiv_daily.editions.view import EditionView
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import PaperVersion, Point, SubPoint, TakeDown, TextSource
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.feeds import ATOM, JSON_FEED, feed_objects
from arxiv_daily.publishing.site import Site
from tests.examples import (
    DAY,
    NOW,
    a_calendar_day,
    a_checked,
    a_failed,
    a_paper,
    a_ready,
    a_view,
    an_entry,
    some_checks,
    some_facts,
)
from tests.hostile import ATTACKS, hostile_view

SITE = Site(categories=("cs.SD", "eess.AS"), url="https://papers.example")
MOVED = Site(categories=("cs.SD", "eess.AS"), url="https://elsewhere.example")
NAMESPACE = {"a": "http://www.w3.org/2005/Atom"}
ELEMENTS = {"html", "head", "body", "p", "strong", "span", "div", "ul", "li", "h3", "blockquote", "a"}
DATE_TIME = {"type": "string", "format": "date-time"}
JSON_FEED_SCHEMA = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "items", "language"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "authors": {"$ref": "#/$defs/authors"},
        "items": {
            "items": {
                "type": "object",
                "required": ["id", "url", "content_html", "date_published", "date_modified"],
                "properties": {
                    "id": {"type": "string", "pattern": "^urn:uuid:[0-9a-f-]{36}$"},
                    "url": {"type": "string", "format": "uri"},
                    "external_url": {"type": "string", "format": "uri"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string", "minLength": 1},
                    "date_published": DATE_TIME,
                    "date_modified": DATE_TIME,
                    "authors": {"$ref": "#/$defs/authors"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                },
                "additionalProperties": False,
            }
        },
    },
    "patternProperties": {"^_": {"type": "object"}},
    "$defs": {"authors": {"items": {"required": ["name"], "properties": {"name": {"type": "string", "minLength": 1}}}}},
}

JSON_FEED_VALIDATOR = Draft202012Validator(JSON_FEED_SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def stood(*versions: PaperVersion, **entry: Any) -> EditionView:
    return a_view(some_facts(), [(version, an_entry(version.paper, **entry)) for version in versions])


def feeds(*views: EditionView, site: Site = SITE) -> dict[str, SiteObject]:
    return {item.key: item for item in feed_objects(site, views, NOW, 7)}


def items(*views: EditionView, site: Site = SITE, key: str = "feed.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(feeds(*views, site=site)[key].body)["items"]
    return found


def atom(*views: EditionView, key: str = "feed.xml") -> Any:
    return etree.fromstring(feeds(*views)[key].body)


@cache
def hostile() -> dict[str, SiteObject]:
    return feeds(hostile_view())


def content(*views: EditionView, site: Site = SITE) -> str:
    """What a reader sees of the first entry."""
    return " ".join(LexborHTMLParser(items(*views, site=site)[0]["content_html"]).text().split())


def ids(entries: Iterable[dict[str, Any]]) -> list[str]:
    return [entry["id"] for entry in entries]


def checked(**paper: Any) -> PaperVersion:
    return a_checked(a_paper(**paper), some_checks())


def test_there_is_a_feed_of_each_format_for_the_site_and_for_each_category() -> None:
    found = {key: (item.content_type, item.revision) for key, item in feeds(stood(checked())).items()}
    names = ("feed", "categories/cs.SD", "categories/eess.AS")
    assert found == {f"{name}.xml": (ATOM, 7) for name in names} | {f"{name}.json": (JSON_FEED, 7) for name in names}


@pytest.mark.parametrize("key", ["feed.xml", "categories/cs.SD.xml"])
@pytest.mark.parametrize("view", [stood(checked()), stood()], ids=["a day", "an empty day"])
def test_every_atom_feed_parses_without_a_complaint(view: EditionView, key: str) -> None:
    parsed = feedparser.parse(feeds(view)[key].body)
    assert (parsed.bozo, parsed.version, len(parsed.entries)) == (False, "atom10", len(view.papers))


@pytest.mark.parametrize("key", ["feed.json", "categories/cs.SD.json"])
@pytest.mark.parametrize("view", [stood(checked()), stood()], ids=["a day", "an empty day"])
def test_every_json_feed_has_what_its_version_requires(view: EditionView, key: str) -> None:
    JSON_FEED_VALIDATOR.validate(json.loads(feeds(view)[key].body))


def test_feeds_of_a_hostile_day_are_valid() -> None:
    parsed = feedparser.parse(hostile()["feed.xml"].body)
    assert (parsed.bozo, len(parsed.entries)) == (False, 2 * len(ATTACKS))
    JSON_FEED_VALIDATOR.validate(json.loads(hostile()["feed.json"].body))


def test_an_atom_feed_and_its_entries_hold_what_rfc_4287_requires_once() -> None:
    feed = atom(stood(checked(), checked(paper_id="2602.10933")))
    for parent in [feed, *feed.findall("a:entry", NAMESPACE)]:
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"a:{name}", NAMESPACE)) == 1
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=NAMESPACE) == ["https://papers.example/feed.xml"]
    entry = feed.find("a:entry", NAMESPACE)
    links = {link.get("rel"): link.get("href") for link in entry.findall("a:link", NAMESPACE)}
    assert links == {
        "alternate": "https://papers.example/papers/2602.10934.html",
        "related": "https://arxiv.org/abs/2602.10934v1",
    }
    assert entry.xpath("a:author/a:name/text()", namespaces=NAMESPACE) == ["Ana Núñez", "Bo Li"]
    assert entry.xpath("a:category/@term", namespaces=NAMESPACE) == ["cs.SD", "eess.AS"]
    assert entry.find("a:content", NAMESPACE).get("type") == "html"


def test_both_formats_tell_the_same() -> None:
    views = [stood(checked(title="Sound & <Sense>"), a_failed(a_paper("2602.10935"), "没有全文"))]
    parsed = feedparser.parse(feeds(*views)["feed.xml"].body, sanitize_html=False, resolve_relative_uris=False)
    told = [(e.id, e.link, e.updated, e.published, e.content[0].value.strip()) for e in parsed.entries]
    assert told == [
        (i["id"], i["url"], i["date_modified"], i["date_published"], i["content_html"].strip()) for i in items(*views)
    ]


def test_only_settled_papers_that_are_shown_are_in_feeds() -> None:
    ready, pending = a_ready(a_paper()), PaperVersion(paper=a_paper("2602.10935"))
    hidden = a_ready(a_paper("2602.10936"))
    rows = [(ready, an_entry(ready.paper)), (pending, an_entry(pending.paper))]
    view = a_view(some_facts(), [*rows, (hidden, an_entry(hidden.paper, hidden_by="cap"))])
    assert [item["url"] for item in items(view)] == ["https://papers.example/papers/2602.10934.html"]


def test_a_categorys_feed_holds_its_papers_alone() -> None:
    here = a_ready(a_paper(categories=("cs.SD", "cs.LG")))
    view = stood(here, a_ready(a_paper("2602.10935", categories=("eess.AS",))))
    assert [len(items(view, key=f"categories/{name}.json")) for name in SITE.categories] == [1, 1]
    assert items(view, key="categories/cs.SD.json")[0] == next(i for i in items(view) if "cs.LG" in i["tags"])


def test_editions_follow_each_other_and_their_papers_keep_their_order() -> None:
    later = a_paper("2602.11000", published=NOW)
    newer = a_view(
        some_facts().model_copy(update={"date": DAY + timedelta(1), "window": window_of(DAY + timedelta(1))}),
        [(a_ready(later), an_entry(later))],
        calendar=a_calendar_day(date=DAY + timedelta(1)),
    )
    older = stood(a_ready(a_paper()), a_ready(a_paper("2602.10935")))
    numbers = [item["url"].rpartition("/")[2] for item in items(newer, older)]
    assert numbers == ["2602.11000.html", "2602.10935.html", "2602.10934.html"]


def test_an_entry_is_published_at_its_editions_anchor_and_updated_when_it_changed() -> None:
    read_later = a_ready(a_paper(), generated_at=NOW + timedelta(hours=2))
    [item] = items(stood(read_later))
    assert (item["date_published"], item["date_modified"]) == ("2026-02-12T00:50:00Z", "2026-02-12T02:50:00Z")


def test_a_paper_that_was_read_before_its_edition_is_not_updated_before_it_is_published() -> None:
    [item] = items(stood(a_ready(a_paper(), generated_at=NOW - timedelta(hours=2))))
    assert item["date_modified"] == item["date_published"]


def test_a_feed_changed_when_its_newest_entry_did() -> None:
    view = stood(a_ready(a_paper()), a_ready(a_paper("2602.10935"), generated_at=NOW + timedelta(hours=3)))
    assert atom(view).findtext("a:updated", namespaces=NAMESPACE) == "2026-02-12T03:50:00Z"


def test_a_feed_without_entries_changed_at_its_newest_anchor() -> None:
    assert atom(stood()).findtext("a:updated", namespaces=NAMESPACE) == "2026-02-12T00:50:00Z"


def test_a_feed_of_no_edition_is_valid() -> None:
    parsed = feedparser.parse(feeds()["feed.xml"].body)
    assert (parsed.bozo, parsed.entries) == (False, [])


def test_ids_stay_when_the_site_moves() -> None:
    view = stood(checked(), checked(paper_id="hep-th/9901001"))
    assert ids(items(view)) == ids(items(view, site=MOVED))


def test_ids_differ_by_paper_by_version_and_by_language() -> None:
    views = [stood(a_ready(paper)) for paper in (a_paper(), a_paper("2602.10935"), a_paper(version=2))]
    sites = SITE, Site(categories=("cs.SD",), language="en")
    assert len({items(view, site=site)[0]["id"] for view in views for site in sites}) == 6


def test_the_same_views_give_the_same_bytes() -> None:
    assert feeds(stood(checked())) == feeds(stood(checked()))


def test_an_entry_holds_the_whole_reading() -> None:
    text = content(stood(checked(comment="Code: https://github.com/a/b", journal_ref="JASA 12")))
    wanted = [
        "我们听到其中的93%。",
        "既有方法较慢。",
        "改为计数。",
        "准确率达到93%。",
        "公开数据集。",
        "论文原文中核实了模型所称 4 项结果中的 3 项",
        "We hear 93% of all words on IEMOCAP.",
        "一项结果的引文不在论文原文中。",
        "We hear 93% of all words.",
        "JASA 12",
        "https://github.com/a/b",
    ]
    assert [part for part in wanted if part not in text] == []


def test_an_entry_says_what_readers_should_know_of_the_text_before_the_translation() -> None:
    digest = a_ready(a_paper(), source=TextSource.ABSTRACT, notices=("原文含有写给语言模型的指令。",))
    text = content(stood(digest))
    assert text.index("仅据摘要解读") < text.index("原文含有写给语言模型的指令。") < text.index("我们听到其中的93%。")


@pytest.mark.parametrize(
    ("version", "entry", "first"),
    [
        (a_ready(a_paper()), {"withdrawn": "We withdraw it."}, "作者已撤稿：We withdraw it."),
        (
            a_ready(a_paper()).model_copy(update={"taken_down": TakeDown(reason="译文有误", at=NOW)}),
            {},
            "本站撤下了这篇论文的解读：译文有误",
        ),
        (a_failed(a_paper(), "没有全文"), {}, "未能解读：没有全文"),
    ],
    ids=["withdrawn", "taken down", "failed"],
)
def test_what_became_of_a_paper_is_said_first(version: PaperVersion, entry: dict[str, Any], first: str) -> None:
    assert content(stood(version, **entry)).startswith(first)


def test_what_was_taken_down_is_in_no_feed() -> None:
    view = stood(checked().model_copy(update={"taken_down": TakeDown(reason="译文有误", at=NOW)}))
    assert all("我们听到" not in item.body.decode() for item in feeds(view).values())


def test_a_sites_notice_stands_in_the_feed_and_in_every_entry() -> None:
    site = Site(categories=("cs.SD",), notice="这是样例。")
    assert content(stood(checked()), site=site).startswith("这是样例。")
    assert all(item.body.decode().count("这是样例。") == 2 for item in feeds(stood(checked()), site=site).values())


def test_a_point_below_a_point_may_have_a_term_alone() -> None:
    version = a_ready(a_paper())
    assert version.digest
    part = version.digest.reading.method.model_copy(
        update={"points": (Point(term="甲", points=(SubPoint(term="乙"), SubPoint(text="丙"))),)}
    )
    reading = version.digest.reading.model_copy(update={"method": part})
    version = version.model_copy(update={"digest": version.digest.model_copy(update={"reading": reading})})
    assert "甲：乙丙" in content(stood(version)).replace(" ", "")


def test_feeds_of_an_english_site_speak_english() -> None:
    site = Site(categories=("cs.SD",), language="en")
    text = content(stood(a_failed(a_paper(), "no full text")), site=site)
    assert text.startswith("Could not be read")


def test_formulas_stand_as_plain_text() -> None:
    [item] = items(stood(a_ready(a_paper(title="An $x^2$ Law", abstract="Of $\\alpha$."))))
    assert item["title"] == "An x² Law"
    assert "Of α." in item["content_html"]
    assert "<math" not in item["content_html"]


def test_hostile_texts_are_text() -> None:
    for item in json.loads(hostile()["feed.json"].body)["items"]:
        page = LexborHTMLParser(item["content_html"])
        nodes = page.css("*")
        assert {node.tag for node in nodes} <= ELEMENTS
        assert {name for node in nodes for name in node.attributes} <= {"lang", "href"}
        links = [node.attributes["href"] or "" for node in page.css("a")]
        assert all(link.startswith(("https://papers.example/", "https://arxiv.org/")) for link in links)


def test_every_hostile_text_can_be_read_in_its_entries() -> None:
    shown = [LexborHTMLParser(item["content_html"]).text() for item in json.loads(hostile()["feed.json"].body)["items"]]
    for attack, read, failed in zip(ATTACKS, shown[::2], shown[1::2], strict=True):
        assert attack.marker in read, attack.kind
        assert attack.marker in failed, attack.kind


def test_hostile_titles_are_plain_text_on_one_line() -> None:
    for entry in etree.fromstring(hostile()["feed.xml"].body).findall("a:entry", NAMESPACE):
        title = entry.findtext("a:title", namespaces=NAMESPACE)
        assert "MARK" in title
        assert title == " ".join(title.split())
        assert len(entry.find("a:title", NAMESPACE)) == 0
