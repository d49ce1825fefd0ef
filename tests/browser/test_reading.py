"""Searching, copying, printing, and reading without motion."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import PAGES
from tests.browser.site import Site
from tests.browser.visiting import Visitor, visiting


@pytest.mark.parametrize("query", ["tokenizers", "分词器"])
def test_a_search_finds_papers_in_either_language(visitor: Visitor, query: str) -> None:
    page = visitor.open("search.html")
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    first = page.locator("#search-results a").first
    expect(first).to_be_visible()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert urlsplit(page.url).path.startswith("/papers/")


def test_a_search_of_an_old_paper_leads_to_its_page(visitor: Visitor) -> None:
    page = visitor.open("search.html?q=choir")
    page.locator("#search-results a").click()
    expect(page).to_have_url(f"{visitor.origin}/{PAGES['paper-old-id']}")


def test_a_search_for_what_nobody_wrote_says_so(visitor: Visitor) -> None:
    page = visitor.open("search.html?q=xyzzyplugh")
    expect(page.locator("#search-results li")).to_have_count(0)
    expect(page.get_by_role("status")).not_to_be_empty()


def test_the_bibtex_of_a_paper_is_copied(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site.origin, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        page = visitor.open(PAGES["paper-long"])
        page.locator("[data-copy]").click()
        expect(page.locator("[data-copied]")).not_to_be_empty()
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#bibtex").text_content()


@pytest.mark.parametrize("name", ["edition-of-60", "paper-long"])
def test_on_paper_there_is_the_text_and_nothing_to_click(visitor: Visitor, name: str) -> None:
    page = visitor.open(PAGES[name])
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").filter(visible=True)).to_have_count(0)
    expect(page.locator("button, input").filter(visible=True)).to_have_count(0)
    expect(page.locator(".translation").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("name", ["home", "edition-of-3", "paper-long", "search"])
def test_nothing_moves_for_those_who_want_no_motion(chromium: Browser, site: Site, name: str) -> None:
    with visiting(chromium, site.origin, reduced_motion="reduce") as visitor:
        page = visitor.open(PAGES[name])
        moving = page.locator("*").evaluate_all(
            "all => all.map((one) => getComputedStyle(one)).filter((style) => style.scrollBehavior === 'smooth'"
            " || parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01).length"
        )
        assert moving == 0
