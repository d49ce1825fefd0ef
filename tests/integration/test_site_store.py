from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from arxiv_daily.editions.window import window_of
from arxiv_daily.models import EditionRow, PaperRef
from arxiv_daily.store.site import SiteStore
from tests.examples import DAY

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

A_DAY = timedelta(days=1)
TODAY, TOMORROW, LATER = (window_of(DAY + days * A_DAY).start for days in (0, 1, 90))
"""Starts of windows."""


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


def test_a_category_is_followed_from_the_first_window_on_that_asks_for_it(rows: SiteStore) -> None:
    assert rows.horizons(["cs.SD"], TODAY) == {"cs.SD": TODAY}
    assert rows.horizons(["cs.SD", "cs.CV"], TOMORROW) == {"cs.SD": TODAY, "cs.CV": TOMORROW}


def test_a_category_that_was_left_and_comes_back_is_followed_from_then_on(rows: SiteStore) -> None:
    rows.horizons(["cs.SD", "cs.CV"], TODAY)
    rows.horizons(["cs.SD"], TOMORROW)
    assert rows.horizons(["cs.SD", "cs.CV"], LATER) == {"cs.SD": TODAY, "cs.CV": LATER}


@pytest.mark.parametrize("older", [TODAY, TOMORROW], ids=["of the day before", "of the same day"])
def test_a_run_of_an_older_configuration_leaves_what_a_newer_one_opened(rows: SiteStore, older: Any) -> None:
    rows.horizons(["cs.SD"], TODAY)
    rows.horizons(["cs.SD", "cs.CV"], TOMORROW)
    rows.horizons(["cs.SD"], older)
    assert rows.horizons(["cs.SD", "cs.CV"], LATER)["cs.CV"] == TOMORROW


def test_one_that_another_run_opens_anew_meanwhile_is_left(
    rows: SiteStore, table: "Table", monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.horizons(["cs.SD", "cs.CV"], TODAY)
    delete = table.delete_item

    def after_another(**asked: Any) -> object:
        table.put_item(Item={**asked["Key"], "start": TOMORROW.isoformat()})
        return delete(**asked)

    monkeypatch.setattr(table, "delete_item", after_another)
    rows.horizons(["cs.SD"], TOMORROW)
    assert rows.horizons(["cs.SD", "cs.CV"], LATER)["cs.CV"] == TOMORROW


def test_one_that_another_run_opened_meanwhile_counts(
    rows: SiteStore, table: "Table", monkeypatch: pytest.MonkeyPatch
) -> None:
    update = table.update_item

    def after_another(**asked: Any) -> object:
        table.put_item(Item={**asked["Key"], "start": TODAY.isoformat()})
        return update(**asked)

    monkeypatch.setattr(table, "update_item", after_another)
    assert rows.horizons(["cs.SD"], TOMORROW) == {"cs.SD": TODAY}


def test_while_categories_stay_the_same_the_table_is_asked_once(rows: SiteStore, table: "Table") -> None:
    rows.horizons(["cs.SD", "cs.CV"], TODAY)
    asked: list[str] = []
    table.meta.client.meta.events.register("before-call.dynamodb", lambda model, **_: asked.append(model.name))
    rows.horizons(["cs.SD", "cs.CV"], TOMORROW)
    assert asked == ["Query"]
