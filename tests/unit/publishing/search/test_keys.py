import json
from datetime import date

from arxiv_daily.publishing.search.keys import day_key, index, month_key, year_key

TEN_YEARS = [f"{year}-{month:02}" for year in range(2017, 2027) for month in range(1, 13)]


def segments(*months: str) -> list[str]:
    named: list[str] = json.loads(index(months))["segments"]
    return named


def test_the_newest_years_months_and_the_years_before_are_named_newest_first() -> None:
    assert segments("2024-12", "2025-03", "2026-01", "2026-02") == [
        "months/2026-02",
        "months/2026-01",
        "years/2025",
        "years/2024",
    ]


def test_a_year_stands_in_months_until_a_newer_one_begins() -> None:
    assert segments("2025-12", "2025-11") == ["months/2025-12", "months/2025-11"]
    assert segments("2026-01", "2025-12", "2025-11") == ["months/2026-01", "years/2025"]


def test_months_may_come_in_any_order_and_twice() -> None:
    assert index(["2026-02", "2026-01", "2026-02"]) == index(["2026-01", "2026-02"])


def test_an_empty_archive_has_an_index() -> None:
    assert segments() == []


def test_ten_years_are_at_most_twenty_one_segments() -> None:
    assert len(segments(*TEN_YEARS)) == 21


def test_the_names_in_the_index_are_keys_without_folder_and_ending() -> None:
    assert [f"search/{name}.bin" for name in segments("2026-02", "2025-12")] == [
        month_key("2026-02"),
        year_key("2025"),
    ]
    assert day_key(date(2026, 2, 12)) == "search/days/2026-02-12.json"
