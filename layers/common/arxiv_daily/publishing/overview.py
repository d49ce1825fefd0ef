"""Pages beyond one edition: home, archive, categories, and those that are the same on every day."""

from calendar import Calendar
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from arxiv_daily.editions.view import EditionView
from arxiv_daily.models import EditionRow, Value
from arxiv_daily.publishing.assets import asset_objects
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.crawlers import text_objects
from arxiv_daily.publishing.schemas import schema_objects
from arxiv_daily.publishing.site import Site, site_object

_NEWER = 10_000_000_000
"""More than the revisions of a year's editions add up to: what is about a later date is newer."""


class ArchiveDay(Value):
    """A day of a calendar; without a row, no edition was made of it."""

    date: date
    row: EditionRow | None


class ArchiveMonth(Value):
    """A month of a calendar: weeks from Monday to Sunday, None for days of its neighbours."""

    first: date
    weeks: tuple[tuple[ArchiveDay | None, ...], ...]

    @property
    def rows(self) -> tuple[EditionRow, ...]:
        return tuple(day.row for week in self.weeks for day in week if day and day.row)


def home(site: Site, latest: EditionView, rows: Sequence[EditionRow], revision: int) -> SiteObject:
    """The latest edition and links to those of `rows`, newest first, it among them."""
    return site.page("index.html", revision, "home.html.j2", latest=latest, rows=rows)


def empty_home(site: Site) -> SiteObject:
    """The home page of a site without editions; whatever is about one is newer."""
    return site.page("index.html", 0, "empty.html.j2")


def archive_year(site: Site, year: int, rows: Sequence[EditionRow]) -> SiteObject:
    """The calendar of a year. It names no other year: a page does not change because there is a new one."""
    return _archive(site, f"archive/{year}.html", newer_by_date(date(year, 1, 1), rows), year, rows)


def archive(site: Site, years: Sequence[int], rows: Sequence[EditionRow]) -> SiteObject:
    """The calendar of the newest of the years, which stand newest first, and links to all of them."""
    revision = newer_by_date(date(years[0], 1, 1), rows) + len(years)
    return _archive(site, "archive.html", revision, years[0], rows, years=years)


def _archive(
    site: Site, key: str, revision: int, year: int, rows: Sequence[EditionRow], *, years: Sequence[int] = ()
) -> SiteObject:
    return site.page(key, revision, "archive.html.j2", year=year, months=_months(year, rows), years=years)


def category_page(
    site: Site, category: str, views: Sequence[EditionView], rows: Sequence[EditionRow], revision: int
) -> SiteObject:
    """A category's papers in the newest editions, and how many it has in those of `rows`."""
    return site.page(
        f"categories/{category}.html", revision, "category.html.j2", category=category, views=views, rows=rows
    )


@lru_cache(maxsize=1)
def constant_objects(site: Site) -> tuple[SiteObject, ...]:
    """What every site has, whatever it shows."""
    return (
        *asset_objects(),
        site.page("about.html", 0, "about.html.j2"),
        site.page("search.html", 0, "search.html.j2"),
        not_found(site),
        *text_objects(site),
        *schema_objects(site),
    )


def not_found(site: Site) -> SiteObject:
    """What is shown for an address that the site does not have, at any depth."""
    return site_object("404.html", site.render("404.html.j2", root="/", key="404.html"), "text/html; charset=utf-8", 0)


def newer_by_date(day: date, rows: Sequence[EditionRow]) -> int:
    """A revision that grows with the date that something is about, and with each edition that it shows."""
    return day.toordinal() * _NEWER + sum(row.rev for row in rows)


def _months(year: int, rows: Sequence[EditionRow]) -> list[ArchiveMonth]:
    """Those with an edition, newest first."""
    by_date = {row.date: row for row in rows}
    return [
        ArchiveMonth(first=date(year, month, 1), weeks=_weeks(year, month, by_date))
        for month in sorted({row.date.month for row in rows}, reverse=True)
    ]


def _weeks(year: int, month: int, by_date: dict[date, EditionRow]) -> tuple[tuple[ArchiveDay | None, ...], ...]:
    return tuple(
        tuple(ArchiveDay(date=day, row=by_date.get(day)) if day.month == month else None for day in week)
        for week in Calendar().monthdatescalendar(year, month)
    )
