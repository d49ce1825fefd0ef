"""Atom 1.0 (RFC 4287) and JSON Feed 1.1 (jsonfeed.org), for the whole site and for each category."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from arxiv_daily.editions.view import EditionView
from arxiv_daily.publishing.addresses import HOME, address
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.feed_entries import FeedEntry, feed_entries
from arxiv_daily.publishing.moments import rfc3339
from arxiv_daily.publishing.site import Site
from arxiv_daily.publishing.structured_data import NAME
from arxiv_daily.publishing.tex.characters import fit_for_pages

ATOM = "application/xml; charset=utf-8"
JSON_FEED = "application/json; charset=utf-8"
"""Their own types, application/atom+xml and application/feed+json, are none that CloudFront compresses."""


@dataclass(frozen=True)
class _Feed:
    """What tells one feed from another; `name` is its key without the ending."""

    name: str
    title: str
    page: str
    categories: Sequence[str]
    entries: Sequence[FeedEntry]
    updated: str


def feed_objects(site: Site, views: Sequence[EditionView], newest: datetime, revision: int) -> list[SiteObject]:
    """Feeds of the settled papers of these editions, newest first; `revision` is that of all of them.

    `newest`: the anchor of the site's newest edition, which dates a feed without entries.
    """
    entries = feed_entries(site, views)
    start = rfc3339(newest)
    feeds = [_whole(site, entries, start), *(_of_category(name, entries, start) for name in site.categories)]
    return [item for feed in feeds for item in (_atom(site, feed, revision), _json(site, feed, revision))]


def _whole(site: Site, entries: Sequence[FeedEntry], start: str) -> _Feed:
    return _Feed("feed", NAME, HOME, site.categories, entries, _updated(entries, start))


def _of_category(category: str, entries: Sequence[FeedEntry], start: str) -> _Feed:
    own = [entry for entry in entries if category in entry.categories]
    name = f"categories/{category}"
    return _Feed(name, f"{NAME} · {category}", f"{name}.html", [category], own, _updated(own, start))


def _updated(entries: Sequence[FeedEntry], start: str) -> str:
    """When the newest entry changed; without any, when its newest edition began to be shown."""
    return max((entry.updated for entry in entries), default=start)


def _atom(site: Site, feed: _Feed, revision: int) -> SiteObject:
    key = f"{feed.name}.xml"
    empty = site.render("feed.xml.j2", own=address(site, key), page=address(site, feed.page), feed=feed)
    head, end, rest = fit_for_pages(empty).encode().rpartition(b"</feed>")
    body = b"".join([head, *(entry.atom for entry in feed.entries), end, rest])
    return SiteObject(key=key, body=body, content_type=ATOM, revision=revision)


def _json(site: Site, feed: _Feed, revision: int) -> SiteObject:
    key, words = f"{feed.name}.json", site.words
    intro = words("feed_intro", categories=words("enumeration").join(feed.categories))
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": address(site, feed.page),
        "feed_url": address(site, key),
        "description": f"{site.notice} {intro}".lstrip(),
        "language": words.language,
        "authors": [{"name": NAME}],
        "_rights": {"text": words("feed_rights")},
        "items": [],
    }
    head, end, rest = json.dumps(document, ensure_ascii=False, indent=1).encode().rpartition(b"]")
    items = b",\n".join(entry.json for entry in feed.entries)
    return SiteObject(
        key=key, body=b"".join([head, items, end, rest, b"\n"]), content_type=JSON_FEED, revision=revision
    )
