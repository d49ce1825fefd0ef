"""The site without script: every page is whole, and every link leads somewhere."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import PAGES
from tests.browser.site import Site
from tests.browser.visiting import NARROW, Visitor, visiting


@pytest.fixture
def unscripted(chromium: Browser, site: Site) -> Iterator[Visitor]:
    with visiting(chromium, site.origin, NARROW, script=False) as visitor:
        yield visitor


@pytest.mark.parametrize("name", PAGES)
def test_without_script_every_page_is_readable_and_shows_no_control_that_needs_it(
    unscripted: Visitor, name: str
) -> None:
    page = unscripted.open(PAGES[name])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation").first).to_be_visible()
    assert len(page.get_by_role("main").inner_text()) > 20
    expect(page.locator("button, input, select").filter(visible=True)).to_have_count(0)


def test_without_script_a_reading_unfolds(unscripted: Visitor) -> None:
    page = unscripted.open(PAGES["edition-of-60"])
    reading = page.locator("article details.reading").first
    expect(reading.get_by_role("list").first).to_be_hidden()
    reading.locator("summary").click()
    expect(reading.get_by_role("list").first).to_be_visible()


def test_every_link_of_the_site_leads_somewhere(site: Site, unscripted: Visitor) -> None:
    outlines = {key: outline(unscripted, key) for key in PAGES.values()}
    linked = {link for one in outlines.values() for link in one.links}
    assert len(linked) > 60
    for link in sorted(linked):
        path, _, fragment = link.partition("#")
        assert (path or "index.html") in site.keys, link
        assert not fragment or path not in outlines or fragment in outlines[path].ids, link


class Outline(NamedTuple):
    """Names of places in a page, and what it leads to on the site besides itself."""

    ids: list[str]
    links: set[str]


def outline(visitor: Visitor, key: str) -> Outline:
    page = visitor.open(key)
    ids = page.locator("[id]").evaluate_all("all => all.map((one) => one.id)")
    found = set(page.locator("[href]").evaluate_all("all => all.map((one) => one.href)"))
    page.close()
    links = {link.removeprefix(f"{visitor.origin}/") for link in found if link.startswith(f"{visitor.origin}/")}
    return Outline(ids, {link for link in links if link.partition("#")[0] != key})
