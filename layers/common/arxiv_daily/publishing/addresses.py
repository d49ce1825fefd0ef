"""Absolute addresses of the site's files, for those who read them elsewhere, and the keys of its pages."""

from datetime import date
from typing import Protocol
from urllib.parse import quote

HOME = "index.html"


class Located(Protocol):
    """What knows the address under which the site is read."""

    @property
    def url(self) -> str: ...


def address(site: Located, key: str) -> str:
    """Where a file is read: https://example.org/papers/2602.10934.html; the home page is the site itself."""
    return f"{site.url}/{'' if key == HOME else quote(key)}"


def paper_key(paper_id: str) -> str:
    """Old ids keep their slash."""
    return f"papers/{paper_id}.html"


def edition_key(day: date) -> str:
    return f"editions/{day}.html"
