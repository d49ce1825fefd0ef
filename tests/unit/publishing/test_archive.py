"""The archive: a calendar that shows which days had papers, and why the others had none."""

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.models import EditionRow
from arxiv_daily.publishing.overview import archive, archive_year
from arxiv_daily.publishing.site import Site

SITE = Site(categories=("cs.SD", "eess.AS"))
EMPTY = [status for status in EditionStatus if status not in {EditionStatus.FILLING, EditionStatus.COMPLETE}]


def a_row(day: date, shown: int = 7, status: str = "complete") -> EditionRow:
    return EditionRow(date=day, status=status, status_text="…", shown=shown, pending=0, rev=1)


def page(*rows: EditionRow, years: tuple[int, ...] = (2026, 2025)) -> LexborHTMLParser:
    return LexborHTMLParser(archive(SITE, years, rows).body)


def one(made: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = made.css_first(selector)
    assert found is not None, selector
    return found


def cell(made: LexborHTMLParser, day: date) -> LexborNode:
    return next(found for found in made.css("td") if found.css(f'time[datetime="{day}"]'))


def said(node: LexborNode) -> str:
    return " ".join(node.text().split())


def test_a_day_with_papers_is_linked_and_says_how_many() -> None:
    day = date(2026, 2, 12)
    made = cell(page(a_row(day)), day)
    assert said(made) == "12 7 篇"
    assert [link.attributes["href"] for link in made.css("a")] == ["editions/2026-02-12.html"]


@pytest.mark.parametrize("status", EMPTY)
def test_an_empty_day_says_why_and_the_legend_says_it_in_words(status: EditionStatus) -> None:
    day = date(2026, 2, 14)
    made = page(a_row(day, 0, status))
    number, reason = said(cell(made, day)).split()
    legend = dict(zip(map(said, made.css(".legend dt")), map(said, made.css(".legend dd")), strict=True))
    assert number == "14"
    assert len(legend[reason]) > len(reason)
    assert cell(made, day).css_first("a") is not None


def test_the_legend_names_only_what_the_calendar_shows() -> None:
    made = page(a_row(date(2026, 2, 13)), a_row(date(2026, 2, 14), 0, "weekend"))
    assert [said(term) for term in made.css(".legend dt")] == ["7", "周末", "7"]


def test_a_day_without_an_edition_is_plain() -> None:
    made = page(a_row(date(2026, 2, 12)))
    assert cell(made, date(2026, 2, 13)).css("a") == []


def test_a_month_is_a_table_from_monday_to_sunday_with_every_day_once() -> None:
    made = page(a_row(date(2026, 2, 12)), a_row(date(2026, 1, 9)))
    tables = made.css("table")
    assert [said(one(table, "caption")) for table in tables] == ["2026 年 2月", "2026 年 1月"]
    assert [said(head) for head in tables[0].css('th[scope="col"]')] == list("一二三四五六日")
    assert [len(table.css("time")) for table in tables] == [28, 31]
    assert {len(row.css("td")) for row in made.css("tbody tr")} == {7}
    first = one(tables[0], "tbody tr").css("td")
    assert [said(day) for day in first] == ["", "", "", "", "", "", "1"]


def test_the_newest_year_links_to_all_and_another_year_to_the_newest() -> None:
    row = a_row(date(2026, 2, 12))
    assert [(a.text(), a.attributes["href"]) for a in page(row).css(".years a")] == [
        ("2026", "archive/2026.html"),
        ("2025", "archive/2025.html"),
    ]
    made = LexborHTMLParser(archive_year(SITE, 2025, [a_row(date(2025, 7, 1))]).body)
    assert [a.attributes["href"] for a in made.css(".years a")] == ["../archive.html"]
    assert one(cell(made, date(2025, 7, 1)), "a").attributes["href"] == "../editions/2025-07-01.html"
