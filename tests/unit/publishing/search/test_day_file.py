import json
from typing import Any

from arxiv_daily.models import Paper, PaperVersion
from arxiv_daily.publishing.search.day_file import day_file
from tests.examples import a_failed, a_paper, a_ready, a_view, an_entry, some_facts


def entries(*versions: PaperVersion, **entry: Any) -> list[dict[str, Any]]:
    view = a_view(some_facts(), [(version, an_entry(version.paper, **entry)) for version in versions])
    papers: list[dict[str, Any]] = json.loads(day_file(view))["papers"]
    return papers


def terms_of(paper: Paper) -> set[str]:
    return set(entries(a_ready(paper))[0]["terms"].split(" "))


def test_a_paper_is_found_by_title_author_abstract_translation_category_and_id() -> None:
    paper = a_paper(title="Hearing Voices", authors=("Ana Núñez",), abstract="By counting.", categories=("eess.AS",))
    assert {"hearing", "voice", "nunez", "counting", "我们", "eess.as", "2602.10934"} <= terms_of(paper)


def test_terms_stand_in_the_order_of_the_paper_each_once() -> None:
    paper = a_paper(title="Hearing voices", abstract="Voices heard.", authors=("Ana Hearing",), categories=("cs.SD",))
    [entry] = entries(a_ready(paper))
    assert entry["terms"] == (
        "2602.10934 2602 10934 hearing voice heard 我们 们听 听到 到其 其中 中的 93 "
        "ana au:ana au:hearing cs.sd cs sd cat:cs.sd cat:cs cat:sd"
    )


def test_authors_and_categories_can_be_asked_for_by_themselves() -> None:
    found = terms_of(a_paper(authors=("Ana Núñez",), categories=("cs.SD",)))
    assert {term for term in found if ":" in term} == {"au:ana", "au:nunez", "cat:cs", "cat:sd", "cat:cs.sd"}


def test_the_reading_is_not_indexed() -> None:
    assert "改为" not in terms_of(a_paper())


def test_pairs_of_characters_do_not_cross_from_one_field_into_the_next() -> None:
    assert "语音" not in terms_of(a_paper(title="语", abstract="音"))


def test_what_is_shown_of_a_paper_is_kept_as_it_is() -> None:
    paper = a_paper(title="<b>{{ x }}</b>\u202e", authors=("</script>",))
    shown = entries(a_ready(paper))[0]
    assert (shown["id"], shown["version"], shown["title"], shown["authors"]) == (
        "2602.10934",
        1,
        "<b>{{ x }}</b>",  # what turns the direction of text is dropped
        ["</script>"],
    )


def test_a_failed_paper_is_found_by_its_own_words() -> None:
    assert "hear" in entries(a_failed(a_paper(), "too long"))[0]["terms"].split(" ")


def test_what_has_no_page_is_not_found() -> None:
    assert entries(PaperVersion(paper=a_paper())) == []
    assert entries(a_ready(a_paper()), hidden_by="cap") == []


def test_an_empty_day_has_a_file() -> None:
    assert json.loads(day_file(a_view(some_facts()))) == {"date": "2026-02-12", "papers": []}


def test_the_same_edition_gives_the_same_bytes() -> None:
    def made() -> bytes:
        paper = a_paper()
        return day_file(a_view(some_facts(), [(a_ready(paper), an_entry(paper))]))

    assert made() == made()
