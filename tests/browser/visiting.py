"""A browser's visits to the site, with an eye on everything that they ask for and complain of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, ViewportSize

NARROW, WIDE = 390, 1280
HEIGHT = 844
_WATCH = """addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error(`refused by the policy: ${violatedDirective} ${blockedURI}`));"""
_ALLOWED_STATUS = {404: "/no-such-page.html"}


@dataclass
class Visitor:
    """Opens pages of one site; `complaints` is whatever went wrong, in words."""

    context: BrowserContext
    origin: str
    has_script: bool = True
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(15_000)
        self.context.on("request", self._look_at_request)
        self.context.on("requestfailed", self._look_at_failure)
        self.context.on("response", self._look_at_response)
        self.context.on("console", self._look_at_console)
        self.context.on("weberror", lambda error: self.complaints.append(f"error in a script: {error.error}"))

    def open(self, key: str) -> Page:
        """A new tab at this address; a search is answered."""
        page = self.context.new_page()
        page.goto(f"{self.origin}/{key}")
        if key.startswith("search.html?") and self.has_script:
            answered(page)
        return page

    def _look_at_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.complaints.append(f"left the site for {request.url}")

    def _look_at_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a page that was left meanwhile
            self.complaints.append(f"{request.url}: {request.failure}")

    def _look_at_response(self, response: Response) -> None:
        if response.status >= 400 and _ALLOWED_STATUS.get(response.status) != urlsplit(response.url).path:
            self.complaints.append(f"{response.url}: status {response.status}")

    def _look_at_console(self, message: ConsoleMessage) -> None:
        about_missing = "no-such-page.html" in str(message.location.get("url"))
        if message.type in {"error", "warning"} and not about_missing:
            self.complaints.append(f"console: {message.text}")


def answered(page: Page) -> None:
    """Wait for the answer to a search."""
    page.locator("#search-results[aria-busy=false]").wait_for(state="attached")


@contextmanager
def visiting(
    browser: Browser, origin: str, width: int = WIDE, *, script: bool = True, **options: Any
) -> Iterator[Visitor]:
    """A fresh profile. Fails at the end when a visit asked elsewhere, was refused, or wrote to the console."""
    size = ViewportSize(width=width, height=HEIGHT)
    context = browser.new_context(viewport=size, locale="zh-CN", java_script_enabled=script, **options)
    context.add_init_script(_WATCH)
    visitor = Visitor(context, origin, script)
    try:
        yield visitor
    finally:
        context.close()
    assert not visitor.complaints, "\n".join(visitor.complaints)
