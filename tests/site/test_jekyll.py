"""The post as Jekyll shows it: headings, lists, folded readings and formulas."""

import pytest

from tests.site.jekyll import Blog, Page
from tests.site.posts import FORMULA, TITLES


@pytest.fixture(scope="module")
def page(blog: Blog) -> Page:
    return blog.page("day")


def test_each_paper_has_a_heading_that_reads_as_its_title(page: Page) -> None:
    assert page.texts("h2") == list(TITLES)


def test_each_papers_head_is_a_list(page: Page) -> None:
    lists = [[" ".join(item.text().split()) for item in node.css("li")] for node in page.body.css("h2 + ul")]
    assert lists[1:3] == [
        [
            "Authors: Ana Núñez, Bo Li",
            "Categories: cs.SD, eess.AS",
            "arXiv: https://arxiv.org/abs/2602.00008v1",
            "PDF: https://arxiv.org/pdf/2602.00008v1",
            "更新版本: v1（12 pages）",
        ],
        [
            "Authors: Ana Núñez, Bo Li",
            "Categories: cs.SD, eess.AS",
            "arXiv: https://arxiv.org/abs/2602.00007v1",
            "PDF: https://arxiv.org/pdf/2602.00007v1",
            "未能解读: 模型拒绝解读这篇论文",
        ],
    ]


def test_links_lead_to_the_version(page: Page) -> None:
    assert [node.attributes["href"] for node in page.body.css("h2 + ul a")][:2] == [
        "https://arxiv.org/abs/2602.00009v1",
        "https://arxiv.org/pdf/2602.00009v1",
    ]


def test_a_reading_is_folded_under_its_name(page: Page) -> None:
    assert page.texts("details:not([open]) > summary") == ["详细解读", "详细解读"]


def test_a_reading_has_three_parts_with_lead_points_and_closing(page: Page) -> None:
    reading = page.body.css_first("details > div")
    assert reading is not None
    said = [" ".join(node.text().split()) for node in reading.css("p")]
    assert said == [line for part in "123" for line in (f"{part})", f"论文提出 {FORMULA}：", "总之可行。")]
    assert len(reading.css("details > div > ul")) == 3


def test_points_stand_below_points_with_their_terms_in_bold(page: Page) -> None:
    assert page.texts("details > div > ul > li > ul > li") == ["数据：公开。", "无词。"] * 6
    assert page.texts("details > div > ul > li > strong") == ["计数"] * 6
    assert page.texts("details > div > ul > li > ul > li > strong") == ["数据"] * 6
    assert page.texts("details > div > ul > li:last-child") == ["没有术语的一点。"] * 6


def test_the_translation_and_the_abstract_are_paragraphs(page: Page) -> None:
    assert page.texts("h2 + ul + p") == [
        f"我们界定 {FORMULA}。",
        f"我们界定 {FORMULA}。",
        "（未能解读，以下为英文摘要）",
        "（正在解读，以下为英文摘要）",
    ]
    assert page.texts("h2 + ul + p + p") == ["We hear 93% of all words."] * 2


def test_a_formula_stands_as_its_source_wherever_it_occurs(page: Page) -> None:
    assert page.text.count(FORMULA) == 1 + 2 * (1 + 3)


def test_papers_without_metadata_are_a_list(page: Page) -> None:
    assert page.texts("hr ~ p + ul > li")[-1:] == ["https://arxiv.org/abs/2602.00001（已超过一天）"]


def test_papers_are_parted_by_a_rule(page: Page) -> None:
    assert len(page.body.css("hr")) == len(TITLES)


def test_words_in_english_keep_their_blanks_and_signs(blog: Blog) -> None:
    english = blog.page("english")
    assert "Replaced: v1 (12 pages)" in english.texts("li")
    assert "https://arxiv.org/abs/2602.00001 (more than a day ago)" in english.texts("li")
    assert english.texts("summary") == ["Reading in detail"] * 2


def test_the_blogs_home_page_quotes_the_header(blog: Blog) -> None:
    assert "以下为 2026-02-12（CST，北京时间）窗口内更新的论文中文译文：" in blog.home()
