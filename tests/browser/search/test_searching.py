"""The search page as its reader meets it, over a few papers made for each test."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from arxiv_daily.editions.view import EditionView
from arxiv_daily.publishing.search.day_file import day_file
from arxiv_daily.publishing.search.keys import INDEX_KEY, month_key
from arxiv_daily.publishing.search.segment import segment
from tests.browser.search.searching import SearchPage
from tests.examples import a_paper, a_ready, a_view, an_entry, some_facts
from tests.unit.publishing.search.cases import CASES

Opener = Callable[[Iterable[EditionView]], SearchPage]
TODAY = date(2026, 2, 12)


def an_edition(*papers: dict[str, Any], day: date = TODAY) -> EditionView:
    stood = [(a_ready(paper), an_entry(paper)) for paper in (a_paper(**fields) for fields in papers)]
    return a_view(some_facts(), stood).model_copy(update={"date": day})


def editions(count: int, **fields: Any) -> list[EditionView]:
    """A paper a day, newest first: 00000, 00001, ..."""
    return [an_edition({"paper_id": f"2602.{n:05}"} | fields, day=TODAY - timedelta(days=n)) for n in range(count)]


def a_segment(*titles: str) -> bytes:
    view = an_edition(*({"paper_id": f"2602.{n:05}", "title": title} for n, title in enumerate(titles)))
    return segment([day_file(view)])


def test_a_query_asks_for_terms_that_its_own_words_are_found_by(search_over: Opener) -> None:
    search = search_over([])
    search.open()
    asked: list[list[str]] = search.page.evaluate(
        "async (texts) => { const { queryTerms } = await import('./assets/search.js'); return texts.map(queryTerms); }",
        [case.text for case in CASES],
    )
    assert [set(terms) for terms in asked] == [set(case.query.split()) for case in CASES]


def test_a_result_shows_title_date_and_categories_and_leads_to_the_paper(search_over: Opener) -> None:
    search = search_over([an_edition({"title": "Hearing Voices"})])
    search.open("voices")
    assert search.page.locator("#search-results li").all_inner_texts() == ["Hearing Voices 2026-02-12 cs.SD eess.AS"]
    assert search.ids == ["2602.10934"]
    assert search.status == "found 1"


def test_every_word_must_occur(search_over: Opener) -> None:
    search = search_over([an_edition({"paper_id": "1", "title": "Red fish"}, {"paper_id": "2", "title": "Blue fish"})])
    search.open("fish blue")
    assert search.ids == ["2"]


@pytest.mark.parametrize("query", ["au:nunez", "AU:Núñez", "cat:cs.SD", "ＣＡＴ：cs", "cat:cs au:ana"])
def test_authors_and_categories_can_be_asked_for(search_over: Opener, query: str) -> None:
    other = {"paper_id": "2", "authors": ("Bo",), "categories": ("math.CO",), "abstract": "Nunez, ana in cs.SD"}
    search = search_over([an_edition({"paper_id": "1"}, other)])
    search.open(query)
    assert search.ids == ["1"]


def test_chinese_words_are_found_in_translations(search_over: Opener) -> None:
    search = search_over(editions(1))
    search.open("“听到其中”")
    assert search.ids == ["2602.00000"]


@pytest.mark.parametrize(("query", "status"), [("语", "short"), ("?!", "short"), ("", ""), ("absent", "none")])
def test_a_search_without_results_says_why(search_over: Opener, query: str, status: str) -> None:
    search = search_over(editions(1))
    search.open(query)
    assert (search.status, search.ids) == (status, [])


def test_a_site_without_editions_has_nothing_to_find(search_over: Opener) -> None:
    search = search_over([])
    search.open("speech")
    assert (search.status, search.has_older) == ("none", False)


def test_newest_come_first_and_older_ones_when_asked_for(search_over: Opener) -> None:
    search = search_over(editions(50))
    search.open("hear")
    assert search.ids == [f"2602.{n:05}" for n in range(20)]
    assert (search.status, search.has_older) == ("more 20", True)
    search.older()
    assert search.page.evaluate("document.activeElement.getAttribute('href')") == "papers/2602.00020.html"
    assert search.everything() == [f"2602.{n:05}" for n in range(50)]
    assert (search.status, search.has_older) == ("found 50", False)


def test_a_paper_in_two_editions_is_shown_once(search_over: Opener) -> None:
    earlier = an_edition({"title": "First words"}, day=TODAY - timedelta(days=60))
    search = search_over([an_edition({"title": "Later words", "version": 2}), earlier])
    search.open("words")
    assert search.page.locator("#search-results a").all_inner_texts() == ["Later words"]


def test_the_query_stays_in_the_address_and_back_leads_to_the_one_before(search_over: Opener) -> None:
    search = search_over([an_edition({"paper_id": "1", "title": "Red"}, {"paper_id": "2", "title": "Blue"})])
    search.open("red")
    search.search("blue & ?")
    assert search.page.url.endswith("?q=blue+%26+%3F")
    assert search.ids == ["2"]
    search.page.go_back()
    search.page.locator("a[href='papers/1.html']").wait_for()
    assert search.page.locator("input").input_value() == "red"


@pytest.mark.parametrize(
    "title",
    [
        "<img src=x onerror=document.title='run'>",
        "</script><script>document.title='run'</script>",
        "{{ 7*7 }}'\"&amp;",
    ],
    ids=ascii,
)
def test_a_hostile_title_is_shown_as_text(search_over: Opener, title: str) -> None:
    search = search_over([an_edition({"title": title})])
    search.open("hear")
    assert search.page.locator("#search-results a").text_content() == title
    assert search.page.locator("#search-results img, #search-results script").count() == 0
    assert search.page.title() == "搜索"


@pytest.mark.parametrize(
    ("paper_id", "address"), [("hep-th/9901001", "papers/hep-th/9901001.html"), ("x?y#z", "papers/x%3Fy%23z.html")]
)
def test_a_link_names_the_whole_key_of_the_paper(search_over: Opener, paper_id: str, address: str) -> None:
    search = search_over([an_edition({"paper_id": paper_id})])
    search.open("hear")
    assert search.page.locator("#search-results a").get_attribute("href") == address


def test_a_title_longer_than_what_is_read_at_first_is_shown_whole(search_over: Opener) -> None:
    search = search_over([an_edition({"title": "Long " * 200})])
    search.open("long")
    assert search.page.locator("#search-results a").text_content() == "Long " * 200


def test_the_last_of_two_searches_at_once_is_answered(search_over: Opener) -> None:
    search = search_over([an_edition({"paper_id": "1", "title": "Red"}, {"paper_id": "2", "title": "Blue"})])
    search.open()
    search.page.evaluate("document.forms[0].elements.q.value = 'red'; document.forms[0].requestSubmit()")
    search.search("blue")
    search.page.wait_for_load_state("networkidle")
    assert (search.ids, search.status) == (["2"], "found 1")


def test_a_segment_that_is_replaced_while_it_is_read_is_read_anew(search_over: Opener) -> None:
    search = search_over([an_edition({"title": "Old words"})])
    search.open("words")
    search.server.contents[month_key("2026-02")] = a_segment("New words", "Newer words", "Newest words")
    search.search("word newer")
    assert search.page.locator("#search-results a").all_inner_texts() == ["Newer words"]


def test_a_segment_that_became_shorter_is_read_anew(search_over: Opener) -> None:
    search = search_over([an_edition(*({"paper_id": f"2602.{n:05}"} for n in range(50)))])
    search.open("hear")
    search.server.contents[month_key("2026-02")] = segment([])
    search.older()
    assert (search.status, search.ids) == ("none", [])


def test_a_segment_that_is_replaced_each_time_is_given_up(search_over: Opener) -> None:
    search = search_over(editions(1))
    search.server.is_restless = True
    search.open("hear")
    assert (search.status, search.ids) == ("failed", [])


def test_a_server_without_ranges_is_searched_too(search_over: Opener) -> None:
    search = search_over(editions(30))
    search.server.gives_ranges = False
    search.open("hear")
    assert len(search.everything()) == 30


def test_a_later_search_reads_nothing_twice(search_over: Opener) -> None:
    search = search_over(editions(3))
    search.open("absent")
    search.server.asked.clear()
    search.search("absent")
    assert search.server.asked == []


def test_a_search_that_cannot_be_done_says_so(search_over: Opener) -> None:
    search = search_over(editions(1))
    search.server.is_broken = True
    search.open("hear")
    assert (search.status, search.has_older) == ("failed", False)
    search.server.is_broken = False
    search.search("hear")
    assert search.status == "found 1"


def test_an_index_of_another_version_is_refused(search_over: Opener) -> None:
    search = search_over(editions(1))
    search.server.contents[INDEX_KEY] = b'{"version": 2, "segments": []}'
    search.open("hear")
    assert search.status == "failed"
