"""arXiv's catch-up pages: what a category's announcement of one date listed, up to 90 days back.

The pages are those of arXiv/arxiv-browse (templates/catchup.html, list/list_macros.html): sections of new papers,
cross-lists and replacements, at most 2,000 entries a page.
"""

import re
from collections.abc import Sequence
from datetime import date

import requests
from protego import Protego
from selectolax.lexbor import LexborHTMLParser, LexborNode

from arxiv_daily.models import Announcement, InvalidPaperId, Kind, Listing, PaperRef
from arxiv_daily.sources.errors import ArxivUnavailable, CatchUpNotAllowed
from arxiv_daily.sources.feed import strongest

_GONE = (requests.codes.not_found, requests.codes.gone)
_TOTAL = re.compile(r"Total of (\d+) entries")
_KINDS = {"new": Kind.NEW, "cross": Kind.CROSS, "replacement": Kind.REPLACE}
"""By the first word of a section's heading."""
_MOST_PAGES = 5


class CatchUp:
    """Asks `site_url` (https://arxiv.org) through `session` (see arxiv_session), where its robots.txt allows."""

    def __init__(self, site_url: str, session: requests.Session, agent: str) -> None:
        self._session = session
        self._site = site_url.rstrip("/")
        self._agent = agent.partition("/")[0]  # the product alone: a contact address may spell another robot's name
        self._robots: Protego | None = None

    def read(self, categories: Sequence[str], day: date) -> Listing:
        """What was announced in the categories for a date.

        Raises CatchUpNotAllowed when arXiv offers no such page to programs or for that date, ArxivUnavailable when
        a page cannot be read whole.
        """
        announced = [one for category in categories for one in self._category(category, day)]
        return Listing(date=day, announcements=strongest(announced))

    def _category(self, category: str, day: date) -> list[Announcement]:
        found: dict[str, Announcement] = {}
        for page in range(1, _MOST_PAGES + 1):
            url = f"{self._site}/catchup/{category}/{day}?page={page}"
            tree = self._page(url, day, is_first=page == 1)
            known, total = len(found), _total(tree, day, url)
            found |= {one.paper_id: one for one in _entries(tree, url)}
            if len(found) == total:
                return list(found.values())
            if len(found) == known or len(found) > total:
                break
        raise ArxivUnavailable(url, f"arXiv's listing holds {len(found)} entries and states {total}")

    def _page(self, url: str, day: date, *, is_first: bool) -> LexborHTMLParser:
        if not self._rules().can_fetch(url, self._agent):
            raise CatchUpNotAllowed(url, "arXiv's robots.txt keeps programs from its catch-up pages")
        response = self._get(url)
        if is_first and response.status_code in (*_GONE, requests.codes.bad_request):
            raise CatchUpNotAllowed(url, f"arXiv has no catch-up page of {day} (HTTP {response.status_code})")
        if response.status_code != requests.codes.ok:
            raise ArxivUnavailable(url, f"arXiv answered HTTP {response.status_code}")
        tree = LexborHTMLParser(response.text)
        heading = tree.css_first("#dlpage h1")
        if heading is None or f"{day:%d %b %Y}" not in heading.text():
            raise ArxivUnavailable(url, f"arXiv answered with a page that is no listing of {day}")
        return tree

    def _rules(self) -> Protego:
        """robots.txt, asked once: a site without one allows everything (RFC 9309, 2.3.1.3)."""
        if self._robots is None:
            url = f"{self._site}/robots.txt"
            response = self._get(url)
            if response.status_code not in (requests.codes.ok, *_GONE):
                raise ArxivUnavailable(url, f"arXiv answered HTTP {response.status_code}")
            is_there = response.status_code == requests.codes.ok
            if is_there and "html" in response.headers.get("Content-Type", ""):
                raise ArxivUnavailable(url, "arXiv answered with a page where robots.txt was asked for")
            self._robots = Protego.parse(response.text if is_there else "")
        return self._robots

    def _get(self, url: str) -> requests.Response:
        try:
            return self._session.get(url)
        except requests.RequestException as error:
            raise ArxivUnavailable(url, f"no answer from arXiv ({type(error).__name__})") from error


def _total(tree: LexborHTMLParser, day: date, url: str) -> int:
    listing = tree.css_first("#dlpage")
    stated = _TOTAL.search(listing.text()) if listing else None
    if stated is None:
        raise ArxivUnavailable(url, f"arXiv's listing of {day} does not state how many entries there are")
    return int(stated[1])


def _entries(tree: LexborHTMLParser, url: str) -> list[Announcement]:
    return [
        _announcement(term, kind, url)
        for section in tree.css("#dlpage dl")
        for kind in [_kind(section, url)]
        for term in section.css("dt")
    ]


def _kind(section: LexborNode, url: str) -> Kind:
    """A section's heading says it; what stands beside an entry repeats it in other words."""
    heading = section.css_first("h3")
    words = " ".join(heading.text().split()) if heading else ""
    if (first := words.partition(" ")[0].lower()) not in _KINDS:
        raise ArxivUnavailable(url, f"arXiv's listing has a section {words!r} that is not known")
    return _KINDS[first]


def _announcement(term: LexborNode, kind: Kind, url: str) -> Announcement:
    link = term.css_first("a[title=Abstract]")
    try:
        ref = PaperRef.parse((link.attributes.get("id") if link else None) or "")
    except InvalidPaperId as error:
        raise ArxivUnavailable(url, f"arXiv's listing has an entry without an id ({error})") from error
    title = _title(term)
    return Announcement(paper_id=ref.paper_id, version=ref.version, kind=kind, title=title)


def _title(term: LexborNode) -> str:
    described = term.next
    while described is not None and described.tag != "dd":
        described = described.next
    title = described.css_first(".list-title") if described else None
    return " ".join(title.text().split()).removeprefix("Title:").strip() if title else ""
