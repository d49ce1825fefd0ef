from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from arxiv_daily.models import EditionRow
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


@pytest.mark.parametrize("rev", [4, 5])
def test_the_same_or_an_older_revision_changes_nothing(rows: SiteStore, rev: int) -> None:
    rows.put(a_row(rev=5))
    rows.put(a_row(rev=rev, status_text="过时"))
    assert rows.rows() == [a_row(rev=5)]
