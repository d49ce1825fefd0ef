"""Chromium before the site of `arxiv-daily local up`, with the sample day and days of our own in its table."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.days import three, weekend
from tests.browser.site import Site, published
from tests.browser.sixty import sixty
from tests.browser.visiting import Visitor, visiting
from tests.e2e.conftest import SAMPLE, stack_over
from tests.needs import needed

SAMPLE_DAY = "2026-03-05"
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: playwright runs once in a process."""
    path = needed("chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, "--no-first-run"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium: Browser) -> Iterator[Site]:
    """The sample day, a day of sixty papers, one of three, and a day without any."""
    with stack_over(SAMPLE) as stack:
        stack.invoke("FetchFunctionName", {"time": f"{SAMPLE_DAY}T00:50:00Z"})
        stack.complete_edition(SAMPLE_DAY, papers=8)
        yield published(stack, [weekend(), three(), sixty()])


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Visitor]:
    with visiting(chromium, site.origin) as visitor:
        yield visitor
