import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zlib import crc32

import pytest

from arxiv_daily.publishing.search.merging import merged
from arxiv_daily.publishing.search.segment import segment
from tests.unit.publishing.search.reader import SLOTS, bucket, found

FIRST = date(2026, 1, 30)


def a_day(day: str, *papers: dict[str, Any]) -> bytes:
    return json.dumps({"date": day, "papers": papers}).encode()


def an_entry(paper_id: str = "2602.10934", terms: str = "speech", **fields: Any) -> dict[str, Any]:
    return {"id": paper_id, "title": "Hearing", "categories": ["cs.SD"], "terms": terms} | fields


def ids(body: bytes, term: str) -> list[str]:
    return [paper[0] for paper in found(body, term)]


def many_days(count: int) -> list[bytes]:
    """Ten papers a day: `all` stands in each, `third` in every third, `n17` in one."""
    return [
        a_day(
            (FIRST + timedelta(days=day)).isoformat(),
            *(
                an_entry(f"2602.{n:05}", f"all n{n}" + " third" * (n % 3 == 0), title="x" * (n % 300))
                for n in range(day * 10, day * 10 + 10)
            ),
        )
        for day in range(count)
    ]


def by_month(days: Iterable[bytes]) -> dict[str, list[bytes]]:
    months: dict[str, list[bytes]] = {}
    for day in days:
        months.setdefault(json.loads(day)["date"][:7], []).append(day)
    return months


def test_a_paper_is_found_with_what_is_shown_of_it() -> None:
    body = segment([a_day("2026-02-12", an_entry(title="Hearing 声", categories=["cs.SD", "eess.AS"]))])
    assert found(body, "speech") == [["2602.10934", "2026-02-12", "Hearing 声", ["cs.SD", "eess.AS"]]]


def test_a_term_that_no_paper_has_is_not_found() -> None:
    assert found(segment([a_day("2026-02-12", an_entry())]), "music") == []


def test_papers_stand_newest_first_and_in_the_order_of_their_day() -> None:
    days = [
        a_day("2026-02-11", an_entry("1"), an_entry("2")),
        a_day("2026-02-12", an_entry("3"), an_entry("4")),
    ]
    assert ids(segment(days), "speech") == ["3", "4", "1", "2"]


def test_every_term_of_many_papers_is_found_again() -> None:
    body = segment(many_days(60))
    assert len(found(body, "all")) == 600
    assert len(found(body, "third")) == 200
    assert [ids(body, f"n{n}") for n in range(600)] == [[f"2602.{n:05}"] for n in range(600)]


def test_days_give_the_same_bytes_in_any_order() -> None:
    days = many_days(5)
    assert segment(days) == segment(reversed(days))


@pytest.mark.parametrize(
    "title",
    ["", "\x00\x00\x00\x00", "<script>alert(1)</script>", '"],["', "\u2028\u202e", "长" * 30_000, "\\", "😀"],
    ids=ascii,
)
def test_a_hostile_title_comes_back_as_it_was_and_harms_no_neighbour(title: str) -> None:
    body = segment([a_day("2026-02-12", an_entry("1"), an_entry("2", title=title), an_entry("3"))])
    assert [(paper[0], paper[2]) for paper in found(body, "speech")] == [
        ("1", "Hearing"),
        ("2", title),
        ("3", "Hearing"),
    ]


def test_old_ids_keep_their_slash() -> None:
    assert ids(segment([a_day("2026-02-12", an_entry("hep-th/9901001"))]), "speech") == ["hep-th/9901001"]


def test_empty_days_and_no_days_give_a_segment() -> None:
    assert found(segment([a_day("2026-02-12")]), "speech") == []
    assert segment([]) == segment([a_day("2026-02-12")])


def test_merged_segments_are_what_their_days_together_make() -> None:
    days = many_days(70)
    months = [segment(of_month) for of_month in by_month(days).values()]
    assert len(months) == 4
    assert merged(months) == merged(reversed(months)) == segment(days)


def test_months_without_papers_merge() -> None:
    days = many_days(1)
    assert merged([segment([]), segment(days), segment([])]) == segment(days)
    assert merged([]) == segment([])


@pytest.mark.parametrize("body", [b"", b"<html>", b"ADS\x02" + bytes(20_000)])
def test_what_is_no_segment_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="no segment"):
        merged([segment(many_days(1)), body])


def test_a_term_that_every_paper_has_costs_a_byte_a_paper() -> None:
    body = segment(many_days(100))
    assert len(bucket(body, crc32(b"all") % SLOTS)[b"all"]) == 1000
