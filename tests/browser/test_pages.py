"""Every page at every width and in both themes: accessible, not too wide, and as pictures for people to look at."""

import os
from pathlib import Path
from typing import Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.pages import PAGES
from tests.browser.site import Site
from tests.browser.visiting import HEIGHT, NARROW, WIDE, visiting

WHOLE = bool(os.environ.get("ARXIV_DAILY_SIMULATE_ALL"))
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
    "iframes": False,
}


class Look(NamedTuple):
    """A window's width, and the theme that its system asks for."""

    width: int
    theme: Literal["light", "dark"]


SMALL = 320
"""Of a small phone."""
JUDGED = [Look(NARROW, "dark"), Look(WIDE, "light")]
"""Each width and each theme once: a theme's colours are the same at every width, a width's layout in both themes."""
LOOKS = [Look(SMALL, "light"), Look(NARROW, "light"), Look(WIDE, "dark"), *JUDGED]
if WHOLE:
    JUDGED = LOOKS
AS_MANY = {"exclude": [] if WHOLE else [[".papers > :nth-child(n + 16)"], [".glance > :nth-child(n + 16)"]]}
"""The odd papers stand first in the edition of sixty, the others are like each other."""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (one) => one && (getComputedStyle(one).overflowX !== 'visible' || scrolls(one.parentElement));
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !scrolls(one.parentElement))
    .map((one) => one.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits_in_every_look(chromium: Browser, site: Site, name: str) -> None:
    """It is opened once: a window may change its width, and a system its theme."""
    with visiting(chromium, site.origin, SMALL) as visitor:
        page = visitor.open(PAGES[name])
        for look in JUDGED:
            wear(page, look)
            page.screenshot(path=SCREENSHOTS / f"{name}-{look.width}-{look.theme}.png", full_page=True)
        unfold(page)
        found = {look: faults(page, look) for look in LOOKS}
        assert {look: problems for look, problems in found.items() if problems} == {}


def wear(page: Page, look: Look) -> None:
    page.set_viewport_size({"width": look.width, "height": HEIGHT})
    page.emulate_media(color_scheme=look.theme)


def faults(page: Page, look: Look) -> list[str]:
    wear(page, look)
    return too_wide(page) + (violations(page) if look in JUDGED else [])


def test_the_table_of_keys_is_accessible(chromium: Browser, site: Site) -> None:
    with visiting(chromium, site.origin) as visitor:
        page = visitor.open(PAGES["edition-of-3"])
        page.keyboard.press("?")
        page.get_by_role("dialog").wait_for()
        assert violations(page) == []


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(TOO_WIDE)
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return found or ([f"{width} px on {room}"] if width > room else [])


def violations(page: Page) -> list[str]:
    found = Axe().run(page, AS_MANY, RULES).response["violations"]
    return [f"{one['id']}: {one['help']}: {node['html']}" for one in found for node in one["nodes"]]
