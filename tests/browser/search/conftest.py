"""Search pages over archives that are served as CloudFront would."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from arxiv_daily.editions.view import EditionView
from tests.browser.search.archive import Archive, write_archive
from tests.browser.search.searching import SearchPage
from tests.browser.search.server import Files, serving
from tests.shared_data import shared_data

WHOLE = bool(os.environ.get("ARXIV_DAILY_SIMULATE_ALL"))
HTML = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>搜索</title><link rel="icon" href="data:,">
<form id="search" role="search" data-searching="searching" data-short="short" data-none="none"
 data-found="found {n}" data-more="more {n}" data-failed="failed"><input type="search" name="q"></form>
<p id="search-status" role="status"></p><ol id="search-results"></ol><button id="search-older" hidden>older</button>
<script type="module" src="assets/search.js"></script>
</html>"""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """With nothing in its cache."""
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def search_over(page: Page, tmp_path: Path) -> Iterator[Callable[[Iterable[EditionView]], SearchPage]]:
    """Opens the search page of a site with these editions."""
    with serving(tmp_path) as server:

        def opened(editions: Iterable[EditionView]) -> SearchPage:
            write_site(tmp_path, editions)
            return SearchPage(page, server)

        yield opened


@pytest.fixture(scope="session")
def archive() -> Archive:
    """Ten years in full, where all is asked for; else half a year that holds a turn of the year."""
    try:
        listing = shared_data("metadata/announcements_2025-05-14_2026-02-12.jsonl")
    except pytest.skip.Exception:
        listing = None
    return Archive(60_000, date(2026, 12, 31), listing) if WHOLE else Archive(3_000, date(2026, 3, 31), listing)


@pytest.fixture(scope="session")
def archive_site(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    folder = tmp_path_factory.mktemp("archive")
    write_site(folder, archive.days())
    with serving(folder) as server:
        yield server
    shutil.rmtree(folder)


def write_site(folder: Path, editions: Iterable[EditionView]) -> None:
    write_archive(folder, editions)
    (folder / "search.html").write_text(HTML, encoding="utf-8")
    (folder / "assets").mkdir(exist_ok=True)
    with as_file(files("arxiv_daily.publishing") / "assets" / "search.js") as script:
        shutil.copy(script, folder / "assets")
