"""arXiv's feed of its latest announcement (info.arxiv.org/help/rss.html), as a listing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import requests
from lxml import etree

from arxiv_daily.models import Announcement, InvalidPaperId, Kind, Listing, PaperRef
from arxiv_daily.observability import logger
from arxiv_daily.sources.atom import ATOM, GOOD, BadAnswer, atom_feed
from arxiv_daily.sources.calendar import EASTERN
from arxiv_daily.sources.errors import ArxivUnavailable

LARGEST = 2_000
"""Entries that a feed holds at most: one of that size may have been cut."""

_ARXIV = "{http://arxiv.org/schemas/atom}"
_KINDS = {"new": Kind.NEW, "cross": Kind.CROSS, "replace": Kind.REPLACE, "replace-cross": Kind.REPLACE}
_STRENGTH = (Kind.NEW, Kind.CROSS, Kind.REPLACE)


class Feed:
    """Asks `url` (https://rss.arxiv.org/atom) through `session` (see arxiv_session)."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self._session = session
        self._url = url.rstrip("/")

    def read(self, categories: Sequence[str]) -> Listing:
        """The latest announcement in the categories, for the date that its entries state.

        Raises ArxivUnavailable when there is no feed, or not all of it can be understood.
        """
        url = f"{self._url}/{'+'.join(categories)}"
        try:
            response = self._session.get(url)
        except requests.RequestException as error:
            raise ArxivUnavailable(url, f"no answer from arXiv ({type(error).__name__})") from error
        if response.status_code not in GOOD:
            raise ArxivUnavailable(url, f"arXiv answered HTTP {response.status_code}")
        try:
            return _listing(atom_feed(response))
        except (BadAnswer, InvalidPaperId, ValueError) as error:
            raise ArxivUnavailable(url, f"arXiv's feed cannot be read ({error})") from error


def strongest(announcements: Iterable[Announcement]) -> tuple[Announcement, ...]:
    """Each paper once: as new rather than as a cross-list or a replacement, and at its newest version."""
    best: dict[str, Announcement] = {}
    for one in announcements:
        known = best.setdefault(one.paper_id, one)
        stronger = min(known, one, key=lambda each: _STRENGTH.index(each.kind))
        newest = max(known.version or 0, one.version or 0) or None
        best[one.paper_id] = stronger.model_copy(update={"version": newest})
    return tuple(best.values())


def _listing(feed: etree._Element) -> Listing:
    """An entry of an older date than the newest is left over from an earlier announcement: it does not count."""
    entries = list(feed.iterfind(f"{ATOM}entry"))
    if len(entries) >= LARGEST:
        raise ValueError(f"it holds {len(entries)} entries, and may have been cut")
    if not entries:
        return Listing(date=_moment(feed, "updated").astimezone(EASTERN).date())
    dated = [(_stated(entry), entry) for entry in entries]
    newest = max(day for day, _ in dated)
    current = [entry for day, entry in dated if day == newest]
    if stale := len(dated) - len(current):
        logger.warning("entries of an earlier announcement in arXiv's feed", entries=stale, listed=str(newest))
    announced = strongest(_announcement(entry) for entry in current)
    return Listing(date=newest, announcements=announced, is_partial=stale > 0)


def _announcement(entry: etree._Element) -> Announcement:
    ref = PaperRef.parse((entry.findtext(f"{ATOM}id") or "").removeprefix("oai:arXiv.org:"))
    kind = (entry.findtext(f"{_ARXIV}announce_type") or "").strip()
    if kind not in _KINDS:
        raise ValueError(f"{ref} was announced as {kind or 'nothing'}")
    title = " ".join((entry.findtext(f"{ATOM}title") or "").split())
    return Announcement(paper_id=ref.paper_id, version=ref.version, kind=_KINDS[kind], title=title)


def _stated(entry: etree._Element) -> date:
    """Entries state midnight US Eastern of the announcement's date, with their own offset."""
    return _moment(entry, "published").date()


def _moment(element: etree._Element, name: str) -> datetime:
    """Raises ValueError."""
    moment = datetime.fromisoformat((element.findtext(ATOM + name) or "").strip())
    if moment.tzinfo is None:
        raise ValueError(f"{name} states no time zone")
    return moment
