"""What stands in a page's head for machines: true, whole, and unable to leave its place."""

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from arxiv_daily.editions.view import EditionView, PaperView
from arxiv_daily.models import PaperVersion
from arxiv_daily.publishing.environment import page_environment
from arxiv_daily.publishing.site import Site
from arxiv_daily.publishing.structured_data import (
    collection_page,
    edition_graph,
    open_graph,
    paper_graph,
    scholarly_article,
)
from tests.examples import a_failed, a_paper, a_ready, a_view, an_entry, some_facts
from tests.hostile import ATTACKS, hostile_view

SITE = Site(categories=("cs.SD", "eess.AS"), url="https://papers.example")
HEAD = page_environment("zh-CN").from_string(
    '{% import "meta.html.j2" as meta %}{{ meta.head(site, "../", graph, data, document) }}'
)
SAMPLE = Site(categories=("cs.SD",), notice="这是样例。")


def seen(version: PaperVersion | None = None, **entry: Any) -> PaperView:
    version = version or a_ready(a_paper())
    return a_view(some_facts(), [(version, an_entry(version.paper, **entry))]).papers[0]


def head(site: Site, **values: Any) -> LexborHTMLParser:
    shown = {"site": site, "graph": None, "data": None, "document": ""} | values
    return LexborHTMLParser(HEAD.render(shown))


def named(page: LexborHTMLParser) -> dict[str, str]:
    """The content of each meta element by its name or property."""
    metas = [meta.attributes for meta in page.css("meta")]
    return {meta.get("name") or meta["property"] or "": meta["content"] or "" for meta in metas}


def test_an_article_is_the_paper_as_arxiv_has_it() -> None:
    paper = a_paper(doi="10.1000/a<b> 10.1000/c", title="An $x^2$ Law", abstract="Of $\\alpha$.")
    article = scholarly_article(SITE, seen(a_ready(paper)))
    page = article.pop("mainEntityOfPage")
    assert article == {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": "https://arxiv.org/abs/2602.10934",
        "headline": "An x² Law",
        "author": [{"@type": "Person", "name": "Ana Núñez"}, {"@type": "Person", "name": "Bo Li"}],
        "abstract": "Of α.",
        "inLanguage": "en",
        "datePublished": "2026-02-11T14:54:00Z",
        "dateModified": "2026-02-11T14:54:00Z",
        "version": "1",
        "identifier": {"@type": "PropertyValue", "propertyID": "arXiv", "value": "2602.10934"},
        "sameAs": [
            "https://arxiv.org/abs/2602.10934v1",
            "https://doi.org/10.1000/a%3Cb%3E",
            "https://doi.org/10.1000/c",
        ],
        "about": [
            {"@type": "DefinedTerm", "termCode": name, "inDefinedTermSet": "https://arxiv.org/category_taxonomy"}
            for name in ("cs.SD", "eess.AS")
        ],
        "isAccessibleForFree": True,
    }
    assert (page["@id"], page["inLanguage"]) == ("https://papers.example/papers/2602.10934.html", "zh-CN")
    assert page["description"] == "我们听到其中的93%。"


def test_a_withdrawn_article_says_so() -> None:
    assert scholarly_article(SITE, seen(withdrawn="w"))["creativeWorkStatus"] == "Withdrawn"
    assert paper_graph(SITE, seen(withdrawn="w")).description.startswith("作者已撤稿：")


def test_an_edition_lists_the_papers_that_it_shows_in_their_order() -> None:
    ready, waiting = a_ready(a_paper("2602.10936")), PaperVersion(paper=a_paper("2602.10935"))
    hidden = a_ready(a_paper("2602.10934"))
    rows = [(ready, an_entry(ready.paper)), (waiting, an_entry(waiting.paper))]
    page = collection_page(SITE, a_view(some_facts(), [*rows, (hidden, an_entry(hidden.paper, hidden_by="cap"))]))
    assert (page["@type"], page["@id"]) == ("CollectionPage", "https://papers.example/editions/2026-02-12.html")
    listed = page["mainEntity"]
    assert listed["numberOfItems"] == 2
    assert [(item["position"], item["url"]) for item in listed["itemListElement"]] == [
        (1, "https://papers.example/papers/2602.10936.html"),
        (2, "https://arxiv.org/abs/2602.10935v1"),
    ]


def test_open_graph_of_a_paper() -> None:
    graph = paper_graph(SITE, seen())
    assert graph.model_dump() == {
        "title": "Hearing by Numbers",
        "description": "我们听到其中的93%。",
        "type": "article",
        "url": "https://papers.example/papers/2602.10934.html",
        "locale": "zh_CN",
        "site_name": "arXiv Daily",
    }


def test_open_graph_of_a_paper_without_a_digest_has_its_abstract() -> None:
    assert paper_graph(SITE, seen(a_failed(a_paper(), "x"))).description == "We hear 93% of all words."


def test_open_graph_of_an_edition_is_its_state_in_words() -> None:
    view = a_view(some_facts())
    graph = edition_graph(SITE, view)
    assert (graph.title, graph.description) == ("arXiv Daily – 2026-02-12", view.status_text)


def test_open_graph_of_any_other_page_is_the_sites() -> None:
    graph = open_graph(SITE, "index.html")
    assert (graph.title, graph.url, graph.type) == ("arXiv Daily", "https://papers.example/", "website")
    assert "cs.SD、eess.AS" in graph.description


def test_a_samples_notice_stands_first_wherever_a_page_is_shown() -> None:
    view = a_view(some_facts())
    for graph in (open_graph(SAMPLE, "about.html"), paper_graph(SAMPLE, seen()), edition_graph(SAMPLE, view)):
        assert graph.description.startswith("这是样例。")


def test_an_english_site_says_so() -> None:
    assert open_graph(Site(categories=("cs.SD",), language="en"), "index.html").locale == "en_US"


def test_a_head_holds_address_feeds_and_the_same_as_json() -> None:
    page = head(SITE, graph=paper_graph(SITE, seen()), document="papers/2602.10934.json")
    links = [
        (link.attributes["rel"], link.attributes.get("type"), link.attributes["href"]) for link in page.css("link")
    ]
    assert links == [
        ("canonical", None, "https://papers.example/papers/2602.10934.html"),
        ("alternate", "application/atom+xml", "../feed.xml"),
        ("alternate", "application/feed+json", "../feed.json"),
        ("alternate", "application/atom+xml", "../categories/cs.SD.xml"),
        ("alternate", "application/atom+xml", "../categories/eess.AS.xml"),
        ("alternate", "application/json", "../papers/2602.10934.json"),
    ]
    assert page.css_first("script") is None


def test_a_page_without_an_address_is_not_to_be_kept() -> None:
    page = head(SITE)
    assert named(page) == {"robots": "noindex"}
    assert page.css_first("link[rel=canonical]") is None


def test_linked_data_stand_in_the_head_as_they_are() -> None:
    data = scholarly_article(SITE, seen())
    [block] = head(SITE, graph=paper_graph(SITE, seen()), data=data).css("script")
    assert block.attributes == {"type": "application/ld+json"}
    assert json.loads(block.text()) == data


def test_hostile_texts_stay_where_they_stand() -> None:
    for paper in hostile_view().papers:
        graph, data = paper_graph(SITE, paper), scholarly_article(SITE, paper)
        page = head(SITE, graph=graph, data=data)
        assert {node.tag for node in page.css("*")} == {"html", "head", "body", "link", "meta", "script"}
        assert named(page)["og:title"] == graph.title
        [block] = page.css("script")
        assert json.loads(block.text()) == data


def test_every_hostile_title_is_told() -> None:
    papers = hostile_view().papers
    told = [(paper_graph(SITE, paper).title, scholarly_article(SITE, paper)["headline"]) for paper in papers[::2]]
    assert [
        a.kind for a, (title, headline) in zip(ATTACKS, told, strict=True) if a.marker not in title + headline
    ] == []


def test_linked_data_of_a_hostile_day_stay_in_their_block() -> None:
    view: EditionView = hostile_view()
    data = collection_page(SITE, view)
    [block] = head(SITE, graph=edition_graph(SITE, view), data=data).css("script")
    assert json.loads(block.text()) == data
