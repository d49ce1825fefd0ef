"""A world of recorded announcements announces them again, on their dates."""

from datetime import date
from typing import Any

from tests.simulation import Kind, from_announcements

DATES = ("2025-06-16", "2025-06-17", "2025-06-18", "2025-06-20")


def row(paper_id: str, day: str, **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "version": 1,
        "title": f"Invented {paper_id}",
        "authors": ["A. Nobody"],
        "categories": ["cs.SD", "eess.AS"],
        "comment": None,
        "abstract": "Nothing.",
        "announce_type": "new",
    }
    return {"id": paper_id, "announce_date": day, **values, **fields}


FILLING = [row(f"2506.1{place}000", day) for place, day in enumerate(DATES, start=1)]


def lines(*rows: dict[str, Any], paper_id: str) -> list[tuple[str, int, Kind]]:
    world = from_announcements([*FILLING, *rows], seed=3)
    return [
        (line.listing_date.isoformat(), line.version, line.kind)
        for line in world.announced
        if line.paper_id == paper_id
    ]


def test_mailings_are_the_dates_that_occur() -> None:
    assert from_announcements(FILLING, seed=3).mailings == tuple(map(date.fromisoformat, DATES))


def test_papers_and_their_replacements_keep_their_dates() -> None:
    replaced = row("2506.11000", DATES[2], version=2, announce_type="replaced", comment="I need to withdraw it")
    assert lines(replaced, paper_id="2506.11000") == [(DATES[0], 1, Kind.NEW), (DATES[2], 2, Kind.REPLACE)]
    assert from_announcements([*FILLING, replaced], seed=3).withdrawn == {"2506.11000": date(2025, 6, 18)}


def test_published_is_what_the_schedule_allows() -> None:
    world = from_announcements(FILLING, seed=3)
    for line in world.announced:
        assert line.published < world.schedule.window(line.listing_date)[1]


def test_an_old_paper_with_another_primary_was_cross_listed_late() -> None:
    old = row("2502.00123", DATES[1], categories=["cs.CL", "eess.AS"], version=2)
    assert lines(old, paper_id="2502.00123") == [(DATES[1], 2, Kind.CROSS)]
    paper = from_announcements([*FILLING, old], seed=3).papers["2502.00123"]
    assert paper.events[0].categories == ("cs.CL",)
    assert f"{paper.published:%y%m}" == "2502"


def test_an_old_paper_at_home_was_held() -> None:
    assert lines(row("2505.00123", DATES[1]), paper_id="2505.00123") == [(DATES[1], 1, Kind.NEW)]


def test_a_second_new_is_a_cross_list_into_the_other_category() -> None:
    again = row("2506.11000", DATES[1])
    assert lines(again, paper_id="2506.11000") == [(DATES[0], 1, Kind.NEW), (DATES[1], 1, Kind.CROSS)]


def test_a_replacement_of_an_older_paper_was_announced_before() -> None:
    old = row("2503.00123", DATES[1], version=3, announce_type="replaced")
    assert lines(old, paper_id="2503.00123") == [(DATES[1], 3, Kind.REPLACE)]


def test_rows_in_no_followed_category_are_left_out() -> None:
    assert lines(row("2506.12345", DATES[1], categories=["cs.CL"]), paper_id="2506.12345") == []
