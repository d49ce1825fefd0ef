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
from arxiv_daily.observability import logger
from arxiv_daily.sources.errors import ArxivUnavailable, CatchUpNotAllowed
from arxiv_daily.sources.feed import strongest

_GONE = (requests.codes.not_found, requests.codes.gone)
_TOTAL = re.compile(r"Total of (\d+) entries")
_KINDS = {"new": Kind.NEW, "cross": Kind.CROSS, "replacement": Kind.REPLACE}
"""By the first word of a section's heading."""
_MOST_PAGES = 5
_TOO_LONG_AGO = re.compile(r"only allowed for past \d+ days")
_UNKNOWN_CATEGORY = re.compile(r"Invalid subject\b")
"""What HTTP 400 says (browse/controllers/catchup_page.py); any other status or reason may pass."""


class _NoPage(ArxivUnavailable):
    """arXiv has no page of a category at the moment."""


class _NoCategory(_NoPage):
    """arXiv has no such category."""


class CatchUp:
    """Asks `site_url` (https://arxiv.org) through `session` (see arxiv_session), where its robots.txt allows."""

    def __init__(self, site_url: str, session: requests.Session, agent: str) -> None:
        self._session = session
        self._site = site_url.rstrip("/")
        self._agent = agent.partition("/")[0]  # the product alone: a contact address may spell another robot's name
        self._robots: Protego | None = None

    def read(self, categories: Sequence[str], day: date) -> Listing:
        """What was announced in the categories for a date.

        A category that arXiv does not know is left out, and one whose page is missing makes the listing partial: the
        log names both. Raises CatchUpNotAllowed when arXiv offers no such page to programs or for a date so long ago,
        ArxivUnavailable when there is no page of any category, or one cannot be read whole.
        """
        read: list[Announcement] = []
        missing: dict[str, _NoPage] = {}
        for category in categories:
            try:
                read += self._category(category, day)
            except _NoPage as refusal:
                missing[category] = refusal
        if missing and len(missing) == len(categories):
            raise next(iter(missing.values()))
        unknown = {category for category, gap in missing.items() if isinstance(gap, _NoCategory)}
        for category, gap in missing.items():
            if category in unknown:
                logger.error("a category that arXiv does not know is left out", category=category, reason=str(gap))
            else:
                logger.warning("a listing lacks a category until it is asked again", listed=str(day), reason=str(gap))
        is_partial = missing.keys() != unknown
        return Listing(date=day, announcements=strongest(read), is_partial=is_partial)

    def _category(self, category: str, day: date) -> list[Announcement]:
        found: dict[str, Announcement] = {}
        for page in range(1, _MOST_PAGES + 1):
            url = f"{self._site}/catchup/{category}/{day}?page={page}"
            tree = self._page(url, day)
            known, total = len(found), _total(tree, day, url)
            found |= {one.paper_id: one for one in _entries(tree, url)}
            if len(found) == total:
                return list(found.values())
            if len(found) == known or len(found) > total:
                break
        raise ArxivUnavailable(url, f"arXiv's listing holds {len(found)} entries and states {total}")

    def _page(self, url: str, day: date) -> LexborHTMLParser:
        if not self._rules().can_fetch(url, self._agent):
            raise CatchUpNotAllowed(url, "arXiv's robots.txt keeps programs from its catch-up pages")
        response = self._get(url)
        _refuse(response, url, day)
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


def _refuse(response: requests.Response, url: str, day: date) -> None:
    """Raises what an answer that is no page means: of a date for good, or of this category for now or for good."""
    status = response.status_code
    if status == requests.codes.ok:
        return
    if status == requests.codes.bad_request and _TOO_LONG_AGO.search(response.text):
        raise CatchUpNotAllowed(url, f"arXiv has no catch-up page of {day}, which is too long ago (HTTP {status})")
    if status == requests.codes.bad_request and _UNKNOWN_CATEGORY.search(response.text):
        raise _NoCategory(url, f"arXiv knows no such category (HTTP {status})")
    if status in (*_GONE, requests.codes.bad_request):
        raise _NoPage(url, f"arXiv has no catch-up page of {day} now (HTTP {status})")
    raise ArxivUnavailable(url, f"arXiv answered HTTP {status}")


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
