"""What is told of an edition, and that EventBridge takes it."""

import json
from typing import Any

import pytest

from arxiv_daily.editions.view import EditionView
from arxiv_daily.models import Kind
from arxiv_daily.publishing.edition_event import MOST_PAPERS, edition_event
from arxiv_daily.publishing.site import Site
from tests.examples import a_paper, a_ready, a_view, an_entry, some_facts

SITE = Site(categories=("cs.SD",), url="https://papers.example.org", language="en")
LARGEST_EVENT = 256 * 1024
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html: an entry with its source and type."""
ROOM_FOR_THE_ENVELOPE = 2048


def complete(number: int, **fields: Any) -> EditionView:
    papers = [a_paper(f"2602.{index:05}", **fields) for index in range(number)]
    return a_view(some_facts(settled_by="listing"), [(a_ready(paper), an_entry(paper)) for paper in papers])


def test_an_edition_is_told_with_its_addresses_its_counts_and_its_papers() -> None:
    event = edition_event(complete(1), SITE)
    assert (event["id"], event["date"], event["status"], event["language"]) == (*["2026-02-12"] * 2, "complete", "en")
    assert event["url"] == "https://papers.example.org/editions/2026-02-12.html"
    assert event["json_url"] == "https://papers.example.org/editions/2026-02-12.json"
    assert event["post_url"] == "https://papers.example.org/_posts/2026-02-12-arxiv.md"
    assert (event["counts"]["announced"], event["counts"]["ready"], event["more"]) == (1, 1, 0)
    assert event["papers"] == [
        {
            "paper_id": "2602.00000",
            "title": "Hearing by Numbers",
            "url": "https://arxiv.org/abs/2602.00000v1",
            "page_url": "https://papers.example.org/papers/2602.00000.html",
        }
    ]


def test_a_hidden_paper_is_not_told() -> None:
    seen, hidden = a_paper("2602.00001"), a_paper("2602.00002")
    rows = [(a_ready(seen), an_entry(seen)), (a_ready(hidden), an_entry(hidden, hidden_by="cap", kind=Kind.CROSS))]
    event = edition_event(a_view(some_facts(settled_by="listing"), rows), SITE)
    assert [paper["paper_id"] for paper in event["papers"]] == ["2602.00001"]


def test_of_a_long_edition_the_first_hundred_papers_are_listed_and_the_rest_counted() -> None:
    event = edition_event(complete(MOST_PAPERS + 7), SITE)
    assert (len(event["papers"]), event["more"]) == (MOST_PAPERS, 7)


@pytest.mark.parametrize("character", ["𝄞", "声", '"', "\x01"], ids=["four bytes", "three bytes", "escaped", "control"])
def test_an_event_stays_below_what_eventbridge_takes_whatever_its_titles_hold(character: str) -> None:
    site = Site(categories=("cs.SD",), url=f"https://{'sub.' * 30}example.org")
    event = edition_event(complete(MOST_PAPERS * 3, title=character * 5000), site)
    assert len(json.dumps(event, ensure_ascii=False).encode()) < LARGEST_EVENT - ROOM_FOR_THE_ENVELOPE
    assert event["papers"][0]["title"].endswith("…")
