"""The feed of the latest mailing (rss.arxiv.org/atom/<category>+<category>), rebuilt at midnight Eastern."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape

from tests.simulation.calendar import EASTERN, eastern, midnight
from tests.simulation.papers import Event, Kind, Paper
from tests.simulation.wire import Reply, Request
from tests.simulation.world import World

MOST_ENTRIES = 2_000
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
_BUILD = timedelta(microseconds=199_866)
"""After midnight: the real feed states when it was built to the microsecond."""


@dataclass(frozen=True)
class Stale:
    """A feed stuck at an earlier mailing: for one category or for all (None); it may state another date."""

    mailing: date
    category: str | None = None
    states: date | None = None


@dataclass(frozen=True)
class _Entry:
    paper: Paper
    event: Event
    kind: Kind
    stated: date


def answer_feed(world: World, request: Request, stale: Stale | None = None, *, empty: bool = False) -> Reply:
    """The latest mailing as of the last rebuild; on days without one, the mailing before."""
    categories = tuple(request.rest.split("+"))
    if not all(_CATEGORY.fullmatch(category) for category in categories):
        return Reply(400, b"Bad feed request")
    rebuilt = midnight(request.now)
    entries = [] if empty else _entries(world, categories, rebuilt, stale)
    return Reply(200, _document("+".join(categories), rebuilt + _BUILD, entries), "application/atom+xml")


def _entries(world: World, categories: tuple[str, ...], rebuilt: datetime, stale: Stale | None) -> list[_Entry]:
    """Each paper once."""
    found: dict[str, _Entry] = {}
    for listing, members in _mailings(world, categories, rebuilt, stale).items():
        stuck = stale is not None and listing == stale.mailing
        stated = (stale.states or listing) if stale and stuck else listing
        for paper, event in world.on(listing):
            if kind := paper.kind(event, members):
                found.setdefault(paper.paper_id, _Entry(paper, event, kind, stated))
    return list(found.values())[:MOST_ENTRIES]


def _mailings(
    world: World, categories: tuple[str, ...], rebuilt: datetime, stale: Stale | None
) -> Mapping[date, list[str]]:
    """The categories by the mailing that each shows."""
    shown: dict[date, list[str]] = {}
    latest = world.schedule.latest(rebuilt)
    for category in categories:
        listing = stale.mailing if stale and stale.category in (None, category) else latest
        if listing is not None:
            shown.setdefault(listing, []).append(category)
    return shown


def _document(name: str, built: datetime, entries: list[_Entry]) -> bytes:
    address = escape(f"http://rss.arxiv.org/atom/{name}")
    text = f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"\
 xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>{address}</id>
  <title>{escape(name)} updates on arXiv.org</title>
  <updated>{_stamp(built)}</updated>
  <link href="{address}" rel="self" type="application/atom+xml"/>
  <subtitle>{escape(name)} updates on the arXiv.org e-print archive.</subtitle>
{"".join(_rendered(entry, built) for entry in entries)}</feed>
"""
    return text.encode()


def _rendered(entry: _Entry, built: datetime) -> str:
    paper, version = entry.paper, entry.paper.version(entry.event.version)
    ref = f"{paper.paper_id}v{version.number}"
    terms = "\n".join(f'    <category term="{category}"/>' for category in entry.event.categories)
    return f"""  <entry>
    <id>oai:arXiv.org:{ref}</id>
    <title>{escape(version.title, quote=False)}</title>
    <updated>{_stamp(built)}</updated>
    <link href="https://arxiv.org/abs/{paper.paper_id}" rel="alternate" type="text/html"/>
    <summary>arXiv:{ref} Announce Type: {entry.kind}\u0020
Abstract: {escape(version.abstract, quote=False)}</summary>
{terms}
    <published>{eastern(entry.stated).astimezone(EASTERN).isoformat()}</published>
    <arxiv:announce_type>{entry.kind}</arxiv:announce_type>
    <dc:rights>{paper.licence}</dc:rights>
    <dc:creator>{escape(", ".join(paper.authors), quote=False)}</dc:creator>
  </entry>
"""


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
