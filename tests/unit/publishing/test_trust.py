"""What readers see of how far a reading can be trusted."""

import json

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from arxiv_daily.editions.view import EditionView
from arxiv_daily.models import Checks, ModelGate, PaperVersion, Probe, TextSource
from arxiv_daily.publishing.formulas import prose
from arxiv_daily.publishing.site import Site
from tests.examples import (
    DAY,
    NOW,
    a_checked,
    a_claim,
    a_failed,
    a_paper,
    a_ready,
    a_view,
    an_entry,
    some_checks,
    some_facts,
)
from tests.unit.publishing.test_inert import HOSTILE

SITE, ENGLISH = (Site(categories=("cs.SD", "eess.AS"), language=language) for language in ("zh-CN", "en"))
FULL = Checks(claimed=1, verified=1)
CLOSED = ModelGate(closed="Claude 回答 HTTP 402，解读服务暂时不可用", rev=1)


def view_of(*versions: PaperVersion, gate: ModelGate | None = None) -> EditionView:
    facts = some_facts(probes=(Probe(at=NOW, witness="api", seen=1),), settled_by="listing")
    return a_view(facts, [(version, an_entry(version.paper)) for version in versions], gate=gate)


def post(*versions: PaperVersion, gate: ModelGate | None = None) -> str:
    return SITE.edition_pages(view_of(*versions, gate=gate))[0].body.decode()


def page(*versions: PaperVersion, gate: ModelGate | None = None) -> LexborHTMLParser:
    return LexborHTMLParser(SITE.edition_pages(view_of(*versions, gate=gate))[1].body)


def paper_page(version: PaperVersion) -> LexborHTMLParser:
    return LexborHTMLParser(SITE.paper_objects(version, DAY, None)[0].body)


def texts(made: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in made.css(selector)]


class TestTheMark:
    def test_it_says_how_many_results_were_verified_of_how_many(self) -> None:
        version = a_checked(a_paper(), some_checks())
        for made in (page(version), paper_page(version)):
            assert texts(made, ".mark > [aria-hidden]") == ["结果核实 3/4"]

    def test_it_is_explained_to_eyes_and_ears(self) -> None:
        made, said = page(a_checked(a_paper(), some_checks())), "论文原文中核实了模型所称 4 项结果中的 3 项"
        assert [node.attributes["title"] for node in made.css(".mark")] == [said]
        assert texts(made, ".mark .spoken") == [said]

    def test_a_reading_that_claims_no_result_has_none(self) -> None:
        assert texts(page(a_ready(a_paper())), ".mark") == []

    def test_a_reading_of_the_abstract_alone_is_marked_and_counted_in_the_editions_head(self) -> None:
        made = page(a_ready(a_paper(), source=TextSource.ABSTRACT))
        assert texts(made, ".mark") == ["仅据摘要解读"]
        assert "其中 1 篇仅据摘要解读" in texts(made, ".status")[0]
        assert any("仅据摘要 1" in text for text in texts(made, ".ledger"))


class TestTheVerifiedResults:
    def test_each_stands_with_what_it_is_about_and_the_sentence_of_the_paper(self) -> None:
        made = paper_page(a_checked(a_paper(), FULL))
        assert texts(made, ".claims > li > p > span") == ["语音情感识别 · IEMOCAP · 准确率"]
        assert texts(made, ".claims > li > p > strong") == ["93%"]
        quote = made.css_first(".claims blockquote")
        assert quote is not None
        assert (quote.text(), quote.attributes["lang"]) == ("We hear 93% of all words on IEMOCAP.", "en")

    def test_what_is_not_known_of_one_leaves_no_trace(self) -> None:
        bare = a_claim(task="", dataset="", metric="")
        assert texts(paper_page(a_checked(a_paper(), FULL, [bare])), ".claims > li") == [
            "93% We hear 93% of all words on IEMOCAP."
        ]

    def test_they_stand_on_the_papers_page_and_the_edition_links_to_them(self) -> None:
        version = a_checked(a_paper(), FULL)
        edition, own = page(version), paper_page(version)
        assert edition.css(".claims") == []
        assert [link.attributes["href"] for link in edition.css("a.verified")] == ["../papers/2602.10934.html#results"]
        assert own.css_first("#results .claims") is not None
        assert own.css("details .claims") == []


class TestWhatTheChecksFound:
    CHECKS = some_checks(dropped=("“MOS 4.81”不在原文中。",), doubts=("译文缺少 16 kHz。", "术语有出入。"))

    def test_the_edition_counts_what_was_left_out_and_what_is_in_doubt_and_links_to_it(self) -> None:
        made = page(a_checked(a_paper(), self.CHECKS))
        assert texts(made, '[href="../papers/2602.10934.html#findings"]') == ["核实说明：未列出 1 项，存疑 2 处"]

    def test_the_papers_page_says_each(self) -> None:
        made = paper_page(a_checked(a_paper(), self.CHECKS))
        assert texts(made, "#findings dt") == ["未列出", "存疑"]
        assert texts(made, "#findings dd") == ["“MOS 4.81”不在原文中。", "译文缺少 16 kHz。", "术语有出入。"]

    def test_the_post_says_it_in_lines_of_the_papers_head(self) -> None:
        assert (
            "- **核实**: 4 项结果中 1 项未能在原文中核实，未列出\n"
            "- **未列出**: “MOS 4.81”不在原文中。\n"
            "- **存疑**: 译文缺少 16 kHz。\n"
            "- **存疑**: 术语有出入。\n\n"
        ) in post(a_checked(a_paper(), self.CHECKS))

    def test_where_every_result_was_verified_the_post_is_as_if_nothing_had_been_checked(self) -> None:
        assert post(a_checked(a_paper(), FULL)) == post(a_ready(a_paper()))

    def test_nothing_found_is_nothing_said(self) -> None:
        assert page(a_checked(a_paper(), FULL)).css('[href$="#findings"]') == []
        assert paper_page(a_checked(a_paper(), FULL)).css_first("#findings") is None


class TestNoticesSourceAndCost:
    def test_what_is_odd_about_the_text_is_shown_as_a_notice(self) -> None:
        version = a_ready(a_paper(), notices=("论文含有不可见的文字，已略去。",))
        assert texts(page(version), ".notice") == ["提示：论文含有不可见的文字，已略去。"]
        assert texts(paper_page(version), ".notice") == ["提示：论文含有不可见的文字，已略去。"]
        assert "- **提示**: 论文含有不可见的文字，已略去。\n" in post(version)

    def test_a_degraded_reading_says_so_in_the_post_even_without_a_note(self) -> None:
        assert "- **解读依据**: 仅摘要\n" in post(a_ready(a_paper(), source=TextSource.ABSTRACT))

    def test_the_posts_head_counts_degraded_readings(self) -> None:
        assert "- 状态：本期已完成：1 篇均已解读（其中 1 篇仅据摘要解读）。\n" in post(
            a_ready(a_paper(), source=TextSource.ABSTRACT)
        )

    def test_the_cost_is_in_the_papers_data_and_on_no_page(self) -> None:
        made, data = SITE.paper_objects(a_ready(a_paper(), cost=7654321), DAY, None)
        assert json.loads(data.body)["digest"]["provenance"]["cost"] == 7654321
        assert b"7654321" not in made.body


class TestWhileClaudeMayNotBeAsked:
    def test_a_pending_paper_says_what_it_waits_for(self) -> None:
        pending = PaperVersion(paper=a_paper())
        said = "等待解读：Claude 回答 HTTP 402，解读服务暂时不可用；恢复后自动补上。"
        assert texts(page(pending, gate=CLOSED), ".notice") == [said]
        assert "（等待解读，以下为英文摘要）\n" in post(pending, gate=CLOSED)

    def test_a_failed_paper_keeps_its_own_reason(self) -> None:
        failed = a_failed(a_paper(), "今日预算已用完")
        assert texts(page(failed, gate=CLOSED), ".notice") == ["未能解读：今日预算已用完"]


def test_the_data_counts_the_results_and_holds_the_whole_digest() -> None:
    version = a_checked(a_paper(), some_checks(doubts=("存疑。",)), notices=("提示。",))
    of_edition = json.loads(SITE.edition_json(view_of(version)).body)["papers"][0]
    of_paper = json.loads(SITE.paper_objects(version, DAY, None)[1].body)
    assert of_edition["checks"] == of_paper["checks"] == {"verified": 3, "claimed": 4}
    assert of_paper["digest"]["checks"]["doubts"] == ["存疑。"]
    assert of_paper["digest"]["provenance"]["notices"] == ["提示。"]
    assert of_paper["digest"]["claims"][0]["quote"] == "We hear 93% of all words on IEMOCAP."


def spoken_by_strangers(text: str) -> PaperVersion:
    """A paper with the same text in every field that says how far its reading can be trusted."""
    claim = a_claim(task=text, dataset=text, metric=text, value=text, quote=text)
    checks = Checks(claimed=2, verified=1, dropped=(text,), doubts=(text,))
    return a_checked(a_paper(), checks, [claim], notices=(text,), source_note=text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("site", [SITE, ENGLISH], ids=lambda site: str(site.language))
def test_whatever_strangers_wrote_is_text_on_every_page(text: str, site: Site) -> None:
    version = spoken_by_strangers(f"字 {text}")
    view = a_view(some_facts(), [(version, an_entry(version.paper))], words=site.words)
    shown = "".join(texts(LexborHTMLParser(f"<p>{prose(f'字 {text}')}</p>"), "p"))
    of_edition, of_paper = site.edition_pages(view)[1], site.paper_objects(version, DAY, None)[0]
    for made, selectors in (
        (of_edition, (".notice",)),
        (of_paper, (".claims strong", ".claims blockquote", "dd", ".notice")),
    ):
        parsed = LexborHTMLParser(made.body)
        assert parsed.css("main script, main img, .notice b, #results b, #findings b, main [onmouseover]") == []
        for selector in selectors:
            nodes = texts(parsed, f"main {selector}")
            assert nodes
            assert all(shown in text for text in nodes), selector
    assert len(parsed.css("main dd")) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_strangers_wrote_is_text_in_the_post(text: str) -> None:
    made = post(spoken_by_strangers(text))
    assert "{" not in made
    head = made.split("\n## ")[1].split("\n\n")[0].split("\n", 1)[1]
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(head)
    items = [token for token in tokens if token.type == "inline"]
    assert {token.type for token in tokens} <= {
        f"{kind}_{end}" for kind in ("bullet_list", "list_item", "paragraph") for end in ("open", "close")
    } | {"inline"}
    shown = ["".join(child.content for child in item.children or []) for item in items]
    assert [line.partition(": ")[2] for line in shown if line.startswith(("未列出", "存疑", "提示", "解读依据"))] == [
        text
    ] * 4
