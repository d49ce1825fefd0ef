from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from arxiv_daily.models import EditionRow, PaperRef
from arxiv_daily.store.site import SiteStore
from tests.examples import DAY

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@pytest.fixture
def rows(table: "Table") -> SiteStore:
    return SiteStore(table)


def a_row(day: date = DAY, *, rev: int = 5, status_text: str = "本期已完成") -> EditionRow:
    return EditionRow(date=day, status_text=status_text, shown=3, pending=2, rev=rev)


def test_a_site_without_editions_has_no_rows(rows: SiteStore) -> None:
    assert rows.rows() == []


def test_rows_stand_newest_first(rows: SiteStore) -> None:
    days = [DAY + timedelta(days=offset) for offset in (0, -40, 20)]
    for day in days:
        rows.put(a_row(day))
    assert [row.date for row in rows.rows()] == sorted(days, reverse=True)


def test_a_newer_revision_takes_the_place_of_an_older_one(rows: SiteStore) -> None:
    rows.put(a_row(rev=5))
    rows.put(a_row(rev=6, status_text="更新"))
    assert rows.rows() == [a_row(rev=6, status_text="更新")]


def test_an_older_revision_changes_nothing(rows: SiteStore) -> None:
    rows.put(a_row(rev=5))
    rows.put(a_row(rev=4, status_text="过时"))
    assert rows.rows() == [a_row(rev=5)]


def test_the_same_revision_may_be_described_anew(rows: SiteStore) -> None:
    rows.put(a_row(rev=5))
    rows.put(a_row(rev=5, status_text="由新版本写下"))
    assert rows.rows() == [a_row(rev=5, status_text="由新版本写下")]


def test_rows_of_a_range_and_the_latest_are_read_alone(rows: SiteStore) -> None:
    assert rows.latest() is None
    days = [DAY + timedelta(days=offset) for offset in (-40, -1, 0)]
    for day in days:
        rows.put(a_row(day))
    assert rows.latest() == a_row(DAY)
    assert [row.date for row in rows.rows_between(days[1], days[2])] == [days[2], days[1]]
    assert rows.rows_between(DAY - timedelta(days=30), DAY - timedelta(days=2)) == []


@pytest.mark.parametrize(
    ("days", "years"),
    [
        ([], []),
        ([date(2026, 2, 12)], [2026]),
        ([date(2019, 12, 31), date(2022, 1, 1), date(2022, 12, 31), date(2024, 6, 1)], [2024, 2022, 2019]),
    ],
)
def test_years_with_an_edition_stand_newest_first(rows: SiteStore, days: list[date], years: list[int]) -> None:
    for day in days:
        rows.put(a_row(day))
    assert rows.years() == years


def test_papers_of_no_edition_are_remembered_once(rows: SiteStore) -> None:
    for name in ("hep-th/9901001v2", "2602.10934v1", "2602.10934v1"):
        rows.note_paper(PaperRef.parse(name))
    assert sorted(map(str, rows.papers())) == ["2602.10934v1", "hep-th/9901001v2"]
