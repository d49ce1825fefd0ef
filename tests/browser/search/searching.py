"""A search page as its reader sees and measures it."""

from typing import NamedTuple
from urllib.parse import quote

from playwright.sync_api import Page

from tests.browser.search.server import Files

_ANSWERED = "document.getElementById('search-results')?.getAttribute('aria-busy') === 'false'"
_SEARCH = f"""(query) => new Promise((resolve) => {{
  const start = performance.now();
  const watch = () => {{ if ({_ANSWERED}) resolve(performance.now() - start); }};
  new MutationObserver(watch).observe(document, {{ attributes: true, subtree: true, attributeFilter: ['aria-busy'] }});
  const form = document.getElementById('search');
  form.elements.q.value = query;
  form.requestSubmit();
}})"""


class Answer(NamedTuple):
    """What a fresh browser's first search took."""

    bytes: int
    """Over the wire, headers included: page, script, index and what was read of segments."""
    milliseconds: float
    """From the query to the last result, on a page at rest that has read nothing of the index."""
    shown: int


class SearchPage:
    def __init__(self, page: Page, server: Files) -> None:
        self.page, self.server = page, server

    def open(self, query: str = "") -> None:
        """Follows a link to a search and waits for the answer."""
        self.page.goto(f"{self.server.address}/search.html?q={quote(query)}")
        self.page.wait_for_function(_ANSWERED)

    def first_search(self, query: str) -> Answer:
        wire = self.page.context.new_cdp_session(self.page)
        sizes: list[int] = []
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        self.open()
        self.page.wait_for_load_state("networkidle")
        milliseconds = self.search(query)
        return Answer(sum(sizes), milliseconds, len(self.ids))

    def search(self, query: str) -> float:
        """Types a query on the page that is open; the milliseconds until its answer stands there."""
        milliseconds: float = self.page.evaluate(_SEARCH, query)
        return milliseconds

    def older(self) -> None:
        self.page.locator("#search-older").click()
        self.page.wait_for_function(_ANSWERED)

    def everything(self) -> list[str]:
        while self.has_older:
            self.older()
        return self.ids

    @property
    def has_older(self) -> bool:
        return self.page.locator("#search-older").is_visible()

    @property
    def ids(self) -> list[str]:
        links: list[str] = self.page.eval_on_selector_all(
            "#search-results a", "links => links.map((link) => link.getAttribute('href'))"
        )
        return [link.removeprefix("papers/").removesuffix(".html") for link in links]

    @property
    def status(self) -> str:
        return self.page.locator("#search-status").inner_text()
