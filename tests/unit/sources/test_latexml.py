import pytest

from arxiv_daily.sources.extracted import Unreadable
from arxiv_daily.sources.latexml import text_of_latexml
from tests.shared_data import shared_data

REAL_PAGES = {
    "1706.03762": "# Attention Is All You Need",
    "2310.06825": "# Mistral 7B",
    "cs9802040": "# Quantum vs. Classical Communication and Computation",
}


def text_of(article: str) -> str:
    page = f'<html><body><nav>menu</nav><article class="ltx_document">{article}</article></body></html>'
    return text_of_latexml(page.encode()).text


def test_headings_become_lines_with_marks() -> None:
    text = text_of(
        '<h1 class="ltx_title ltx_title_document">T</h1><section><h2 class="ltx_title_section">'
        '<span class="ltx_tag">1 </span>Intro</h2><p>Hello\n  there.</p>'
        '<h3 class="ltx_title_subsection">Sub</h3></section>'
    )
    assert text == "# T\n\n## 1 Intro\n\nHello there.\n\n### Sub"


def test_a_formula_stands_once_as_its_tex() -> None:
    text = text_of(
        '<p>so <math alttext="x^{2}"><semantics><mi>x</mi><annotation encoding="application/x-tex">x^{2}'
        "</annotation></semantics></math> holds</p>"
    )
    assert text == "so $x^{2}$ holds"


def test_a_formula_without_an_attribute_stands_once_too() -> None:
    assert text_of("<p><math><semantics><mi>x</mi><annotation>x^{2}</annotation></semantics></math></p>") == "$x^{2}$"


def test_a_formula_over_two_lines_loses_no_part_to_tex_comments() -> None:
    assert text_of('<p><math alttext="a%\n+50\\% b"></math></p>') == "$a+50\\% b$"


def test_an_equations_parts_and_its_number_stand_in_one_line() -> None:
    text = text_of(
        '<table class="ltx_equation ltx_eqn_table"><tr class="ltx_eqn_row"><td></td>'
        '<td><math alttext="a=b"></math></td><td class="ltx_eqn_eqno">(1)</td></tr></table>'
    )
    assert text == "$a=b$ (1)"


def test_a_table_becomes_rows_with_its_caption() -> None:
    text = text_of(
        '<figure class="ltx_table"><figcaption>Table 1: Scores</figcaption><table class="ltx_tabular">'
        "<tr><th>Model</th><th>WER</th></tr><tr><td>Ours</td><td>2.1</td></tr></table></figure>"
    )
    assert text == "Table 1: Scores\n\nModel | WER\nOurs | 2.1"


def test_wide_and_tall_cells_keep_the_columns_in_place() -> None:
    text = text_of(
        '<table><tr><td rowspan="2">Model</td><td colspan="2">WER</td></tr><tr><td>a</td><td>b</td></tr>'
        "<tr><td>Ours</td><td>1</td><td>2</td></tr></table>"
    )
    assert text == "Model | WER | \n | a | b\nOurs | 1 | 2"


def test_a_table_made_of_spans_is_a_table_too() -> None:
    text = text_of(
        '<span class="ltx_tabular"><span class="ltx_tr"><span class="ltx_td">a</span>'
        '<span class="ltx_td">b</span></span></span>'
    )
    assert text == "a | b"


def test_a_table_around_tables_only_lays_them_out() -> None:
    text = text_of("<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>")
    assert text == "a | b"


def test_an_absurd_span_is_no_trouble() -> None:
    width = "9" * 6000
    assert text_of(f'<table><tr><td colspan="{width}">a</td><td>b</td></tr></table>').endswith("| b")


def test_lists_become_dashes_and_keep_their_numbers() -> None:
    text = text_of(
        '<ul><li><span class="ltx_tag ltx_tag_item">•</span><div><p>one</p></div></li></ul>'
        '<ol><li><span class="ltx_tag ltx_tag_item">1.</span><p>two</p></li></ol>'
    )
    assert text.split() == ["-", "one", "-", "1.", "two"]


def test_a_footnote_stands_in_brackets_without_its_marks() -> None:
    text = text_of(
        '<p>Yes<span class="ltx_note"><sup class="ltx_note_mark">1</sup><span class="ltx_note_content">'
        '<sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>Mostly.</span></span>.</p>'
    )
    assert text == "Yes (note: Mostly.)."


@pytest.mark.parametrize(
    "markup",
    [
        '<section class="ltx_bibliography"><p>X</p></section>',
        '<section class="ltx_appendix"><p>X</p></section>',
        '<div class="ltx_authors">X</div>',
        '<span class="ltx_ERROR">X</span>',
        "<button>X</button>",
        "<nav>X</nav>",
        "<header>X</header>",
        "<footer>X</footer>",
        "<script>X</script>",
        "<style>X</style>",
        '<div class="ltx_TOC">X</div>',
        "<section><h2>References</h2><p>X</p></section>",
        "<section><h2>7. BIBLIOGRAPHY</h2><p>X</p></section>",
        "<section><h2>Appendix A More tables</h2><p>X</p></section>",
        "<section><h2>Supplementary Material</h2><p>X</p></section>",
    ],
)
def test_what_is_not_the_paper_is_left_out(markup: str) -> None:
    assert text_of(f"<p>before</p>{markup}<p>after</p>") == "before\n\nafter"


def test_a_section_about_preferences_stays() -> None:
    assert "kept" in text_of("<section><h2>Preferences</h2><p>kept</p></section>")


@pytest.mark.parametrize("page", [b"<html><body><h1>Automated Access Detected</h1></body></html>", b""])
def test_a_page_without_an_article_is_refused(page: bytes) -> None:
    with pytest.raises(Unreadable, match="没有正文"):
        text_of_latexml(page)


def test_a_page_whose_conversion_broke_off_is_refused() -> None:
    with pytest.raises(Unreadable, match="中断"):
        text_of("Conversion to HTML had a Fatal error and exited abruptly. This document may be truncated or damaged.")


@pytest.mark.parametrize(("name", "title"), REAL_PAGES.items())
def test_a_real_page_keeps_its_paper_and_loses_its_references(name: str, title: str) -> None:
    text, hidden, *_ = text_of_latexml(shared_data(f"fulltext/html/latexml_{name}.html").read_bytes())

    assert title in text
    assert hidden == 0
    assert len(text) > 15_000
    assert "## References" not in text
    assert text.count("$") % 2 == 0


def test_a_real_results_table_keeps_numbers_with_their_columns() -> None:
    text = text_of_latexml(shared_data("fulltext/html/latexml_1706.03762.html").read_bytes()).text

    assert "\nConvS2S Ensemble (JonasFaceNet2017, ) | 26.36 | 41.29 |" in text
    assert text.count(r"\mathrm{Attention}(Q,K,V)=") == 1
