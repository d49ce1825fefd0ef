"""Every page is valid HTML, on a day in every state and on the hostile day."""

from collections.abc import Iterator
from pathlib import Path

from arxiv_daily.editions.view import EditionView
from arxiv_daily.flow.publisher import row_of
from arxiv_daily.models import Entry, PaperVersion
from arxiv_daily.publishing import overview
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.site import Site
from tests.browser.days import Day, three, weekend
from tests.browser.sixty import sixty
from tests.examples import DAY
from tests.hostile import hostile_seen, hostile_versions
from tests.site.validator import errors

SITE = Site(
    ("cs.SD", "eess.AS"),
    notice="样例",
    url="https://papers.example.org",
    corrections="https://example.org/errors?a=b&c",
)
ENGLISH = Site(("cs.SD", "eess.AS"), language="en", corrections="group@example.org")
HOSTILE = Day(DAY, hostile_versions(), hostile_seen())


def test_every_page_is_valid(tmp_path: Path) -> None:
    of_days = {f"{name}/{key}": html for name, day in days().items() for key, html in pages(SITE, day).items()}
    in_english = {f"english/{key}": html for key, html in pages(ENGLISH, sixty()).items()}
    assert errors(tmp_path, of_days | in_english) == []


def test_the_checker_names_the_page_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    good = "<!doctype html><html lang=en><title>x</title><p>x"
    found = errors(tmp_path, {"good.html": good, "a/bad.html": f"{good}<b id=x><i id=x></b>"})
    assert found
    assert {line.partition(":")[0] for line in found} == {"a/bad.html"}


def days() -> dict[str, Day]:
    return {"sixty": sixty(), "three": three(), "weekend": weekend(), "hostile": HOSTILE}


def pages(site: Site, day: Day) -> dict[str, str]:
    return {item.key: item.body.decode() for item in objects(site, day) if item.key.endswith(".html")}


def objects(site: Site, day: Day) -> Iterator[SiteObject]:
    """Everything that is published when this is the only edition."""
    view = day.view()
    rows = [row_of(view, site.categories)]
    yield from site.edition_pages(view)
    yield from overview.constant_objects(site)
    yield overview.home(site, view, rows, 1)
    yield overview.archive(site, [view.date.year], rows)
    yield overview.archive_year(site, view.date.year, rows)
    yield from (overview.category_page(site, name, [view], rows, 1) for name in site.categories)
    yield from (item for version, entry in day.stood for item in paper_pages(site, view, version, entry))


def paper_pages(site: Site, view: EditionView, version: PaperVersion, entry: Entry) -> list[SiteObject]:
    """In the edition, and as if it was asked for alone."""
    return site.paper_objects(version, view.date, entry)
