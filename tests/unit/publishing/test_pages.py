"""What pages hold, and that they need nothing but themselves."""

import gzip
import re
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from arxiv_daily.editions.view import EditionView
from arxiv_daily.models import EditionRow, Kind, PaperVersion, Probe, Seen, TakeDown, TextSource
from arxiv_daily.publishing import overview
from arxiv_daily.publishing.assets import asset_objects
from arxiv_daily.publishing.site import Site
from tests.examples import DAY, NOW, a_checked, a_failed, a_paper, a_ready, a_view, an_entry, some_checks, some_facts

SITE = Site(categories=("cs.SD", "eess.AS"), corrections="errors@example.org")
SETTLED = some_facts(probes=(Probe(at=NOW, witness="api", seen=1),), settled_by="listing")
CODE = "https://github.com/example/hearing"


def of_every_state() -> EditionView:
    """Newest first: ready, from the abstract alone, failed, pending, taken down, withdrawn, replaced and late."""
    papers = [a_paper(f"2602.0000{9 - at}") for at in range(8)]
    taken_down = a_ready(papers[4]).model_copy(update={"taken_down": TakeDown(reason="译错了。", at=NOW)})
    stood = [
        (a_checked(papers[0], some_checks()), an_entry(papers[0])),
        (a_ready(papers[1], source=TextSource.ABSTRACT), an_entry(papers[1])),
        (a_failed(papers[2], "模型拒绝"), an_entry(papers[2])),
        (PaperVersion(paper=papers[3]), an_entry(papers[3])),
        (taken_down, an_entry(papers[4])),
        (a_ready(papers[5]), an_entry(papers[5], withdrawn="An error in Section 3.")),
        (a_ready(papers[6]), an_entry(papers[6], kind=Kind.REPLACE)),
        (a_ready(papers[7]), an_entry(papers[7], late=True)),
    ]
    unseen = Seen(paper_id="2501.00009", kind=Kind.CROSS, witness="feed", since=NOW, title="Unseen")
    return a_view(SETTLED, stood, [unseen])


def edition(view: EditionView, site: Site = SITE) -> LexborHTMLParser:
    return LexborHTMLParser(site.edition_pages(view)[1].body)


def home(view: EditionView) -> LexborHTMLParser:
    return LexborHTMLParser(overview.home(SITE, view, [], 1).body)


def paper_page(version: PaperVersion) -> LexborHTMLParser:
    return LexborHTMLParser(SITE.paper_objects(version, DAY, an_entry(version.paper))[0].body)


def view_of(*versions: PaperVersion) -> EditionView:
    return a_view(SETTLED, [(version, an_entry(version.paper)) for version in versions])


def one(made: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = made.css_first(selector)
    assert found is not None, selector
    return found


def texts(made: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in made.css(selector)]


def every_page() -> dict[str, LexborHTMLParser]:
    view = of_every_state()
    rows = [EditionRow(date=DAY, status="complete", status_text="…", shown=8, shown_in={"cs.SD": 8}, pending=0, rev=1)]
    objects = [
        SITE.edition_pages(view)[1],
        overview.home(SITE, view, rows, 1),
        overview.category_page(SITE, "cs.SD", [view], rows, 1),
        overview.archive(SITE, [2026], rows),
        overview.archive_year(SITE, 2026, rows),
        SITE.paper_objects(a_checked(a_paper(), some_checks()), DAY, an_entry(a_paper()))[0],
        SITE.paper_objects(a_failed(a_paper("hep-th/9901001"), "x"), None, None)[0],
        *(item for item in overview.constant_objects(SITE) if item.key.endswith(".html")),
    ]
    return {item.key: LexborHTMLParser(item.body) for item in objects}


PAGES = every_page()


@pytest.mark.parametrize("key", PAGES)
class TestEveryPage:
    def test_it_needs_nothing_that_the_security_policy_forbids(self, key: str) -> None:
        made = PAGES[key]
        assert made.css("[style], style, base, iframe, object, embed, img") == []
        assert [
            one for one in made.css("script:not([src])") if one.attributes.get("type") != "application/ld+json"
        ] == []
        handlers = [name for node in made.css("*") for name in node.attributes if name.startswith("on")]
        assert handlers == []

    def test_it_loads_nothing_from_elsewhere(self, key: str) -> None:
        loaded = [node.attributes["src"] for node in PAGES[key].css("[src]")]
        loaded += [node.attributes["href"] for node in PAGES[key].css('link[rel="stylesheet"], link[rel="icon"]')]
        assert loaded
        assert [address for address in loaded if address is None or "//" in address] == []

    def test_it_has_one_first_heading_and_no_level_is_left_out(self, key: str) -> None:
        levels = [int(str(node.tag)[1]) for node in PAGES[key].css("main :is(h1, h2, h3, h4)")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_every_id_stands_once_and_links_within_the_page_arrive(self, key: str) -> None:
        made = PAGES[key]
        ids = [node.attributes["id"] for node in made.css("[id]")]
        assert len(ids) == len(set(ids))
        wanted = {(node.attributes["href"] or "")[1:] for node in made.css('a[href^="#"]')}
        assert wanted <= set(ids)

    def test_what_only_a_script_can_serve_is_hidden_without_one(self, key: str) -> None:
        made = PAGES[key]
        alone = made.css("button, main input:not(#query)")
        hidden = made.css(
            "[hidden] button, [hidden] input, button[hidden], dialog button, dialog input, #search button"
        )
        assert len(alone) == len([node for node in hidden if node in alone])

    def test_it_links_home_to_the_archive_and_to_what_it_is(self, key: str) -> None:
        root = "/" if key == "404.html" else "../" * key.count("/")
        links = {node.attributes["href"] for node in PAGES[key].css("header a, footer a")}
        assert {f"{root}{name}.html" for name in ("index", "archive", "search", "about", "categories/cs.SD")} <= links


class TestAnEdition:
    def test_it_says_of_each_paper_what_became_of_it(self) -> None:
        made = edition(of_every_state())
        assert texts(made, ".papers .notice") == [
            "未能解读：模型拒绝",
            "正在解读，完成后自动补上。",
            "本站撤下了这篇论文的解读：译错了。",
            "作者已撤稿：An error in Section 3.",
        ]
        assert texts(made, ".papers .mark [aria-hidden], .papers .mark.degraded") == ["结果核实 3/4", "仅据摘要解读"]
        assert "晚到：本期首次发布后才加入" in texts(made, ".papers .quiet")
        assert "这是此前收录过的论文的更新版本（v1）。" in texts(made, ".papers .quiet")

    def test_its_contents_lead_to_each_paper_in_order(self) -> None:
        made = edition(of_every_state())
        ids = [node.attributes["id"] for node in made.css("article.paper")]
        assert [node.attributes["href"] for node in made.css(".contents ol a")] == [f"#{paper_id}" for paper_id in ids]
        assert made.css_first("details#contents[open]") is None

    def test_a_reading_and_the_original_abstract_are_folded(self) -> None:
        made = edition(view_of(a_ready(a_paper())))
        assert texts(made, ".papers details:not([open]) > summary") == ["详细解读", "英文摘要"]
        assert texts(made, ".reading h3") == ["研究背景与既有问题", "方法", "任务与效果"]

    def test_an_empty_one_has_neither_contents_nor_their_script(self) -> None:
        made = edition(a_view(some_facts()))
        assert made.css(".contents, .papers") == []
        assert not any("contents." in (node.attributes["src"] or "") for node in made.css("script[src]"))

    def test_a_long_list_of_authors_is_folded_and_none_is_lost(self) -> None:
        names = tuple(f"Author {number}" for number in range(40))
        made = edition(view_of(a_ready(a_paper(authors=names))))
        assert texts(made, ".authors summary") == ["另 32 位"]
        assert re.findall(r"Author \d+", one(made, ".authors").text()) == list(names)
        assert edition(view_of(a_ready(a_paper(authors=names[:10])))).css(".authors details") == []

    def test_links_lead_to_what_is_there(self) -> None:
        paper = a_paper(comment=f"Code: {CODE}")
        links = {node.attributes["href"] for node in edition(view_of(a_ready(paper))).css("article a")}
        of_arxiv = {f"https://arxiv.org/{kind}/2602.10934v1" for kind in ("abs", "pdf", "html")}
        assert links == {"../papers/2602.10934.html", CODE, *of_arxiv}
        from_pdf = edition(view_of(a_ready(paper, source=TextSource.PDF)))
        assert from_pdf.css('[href^="https://arxiv.org/html"]') == []

    def test_formulas_are_set_and_the_title_element_has_none(self) -> None:
        paper = a_paper(title="On $x^2$ and <b>")
        made, own = edition(view_of(a_ready(paper))), paper_page(a_ready(paper))
        assert len(made.css("h2 math")) == len(made.css(".contents math")) == len(own.css("h1 math")) == 1
        assert one(own, "title").text() == "On x² and <b> · arXiv Daily"


class TestHome:
    def test_it_shows_the_day_and_each_paper_a_click_from_its_place(self) -> None:
        made, view = home(of_every_state()), of_every_state()
        assert one(made, "h1 time").attributes["datetime"] == "2026-02-12"
        assert texts(made, "h1") == ["2月12日 2026 年 周四"]
        assert texts(made, ".status") == [view.status_text]
        assert [node.attributes["href"] for node in made.css(".glance h2 a")] == [
            f"editions/2026-02-12.html#{seen.paper.paper_id}" for seen in view.shown
        ]

    def test_it_marks_what_became_of_each(self) -> None:
        marks = texts(home(of_every_state()), ".glance .mark > [aria-hidden], .glance .mark:not(.verified)")
        assert marks == [
            "结果核实 3/4", "仅据摘要解读", "未能解读", "正在解读", "解读已撤下", "已撤稿", "更新版本（v1）", "晚到",
        ]  # fmt: skip

    def test_it_tells_the_first_sentence_in_its_language(self) -> None:
        made = home(view_of(a_ready(a_paper()), PaperVersion(paper=a_paper("2602.00001"))))
        assert [(node.text(), node.attributes.get("lang")) for node in made.css(".glance p:not(.quiet)")] == [
            ("我们听到其中的93%。", None),
            ("We hear 93% of all words.", "en"),
        ]


class TestAPaper:
    def test_its_reading_is_open_and_its_bibtex_can_be_selected(self) -> None:
        made = paper_page(a_checked(a_paper(), some_checks()))
        assert made.css("main details") == []
        assert one(made, "pre#bibtex").text().startswith("@misc{")
        assert [node.attributes["href"] for node in made.css('[href$=".json"]:not([href^="../feed"])')]

    def test_it_links_to_its_place_in_its_edition(self) -> None:
        made = paper_page(a_ready(a_paper()))
        assert made.css_first('a[href="../editions/2026-02-12.html#2602.10934"]') is not None


def test_a_category_shows_its_own_papers_alone() -> None:
    other = a_paper("2602.00001", categories=("cs.CL",), primary_category="cs.CL")
    view = view_of(a_ready(a_paper()), a_ready(other))
    made = LexborHTMLParser(overview.category_page(SITE, "cs.SD", [view], [], 1).body)
    assert [node.attributes["data-paper"] for node in made.css("[data-paper]")] == ["2602.10934"]
    assert made.css_first('a[href="cs.SD.xml"]') is not None


def test_style_and_scripts_of_a_page_weigh_little() -> None:
    weights = {item.key: len(gzip.compress(item.body)) for item in asset_objects()}
    loaded = {
        key: sum(weight for name, weight in weights.items() if name in (made.html or "")) for key, made in PAGES.items()
    }
    assert 5_000 < min(loaded.values()) <= max(loaded.values()) < 15_000
