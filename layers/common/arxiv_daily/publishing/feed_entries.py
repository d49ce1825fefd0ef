"""A paper in the feeds: what both formats say of it, made once for all feeds that hold it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from pydantic_core import to_json

from arxiv_daily.editions.view import EditionView, PaperView
from arxiv_daily.publishing.addresses import address, paper_key
from arxiv_daily.publishing.code_links import code_links
from arxiv_daily.publishing.documents import ABS
from arxiv_daily.publishing.formulas import line
from arxiv_daily.publishing.moments import rfc3339
from arxiv_daily.publishing.once import once
from arxiv_daily.publishing.site import Site
from arxiv_daily.publishing.tex.characters import fit_for_pages


@dataclass(frozen=True)
class FeedEntry:
    """A settled paper of an edition; times are RFC 3339 in UTC, addresses absolute."""

    id: str
    title: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: str
    """The anchor of its edition."""
    updated: str
    """When what readers see of it last changed; never before it was published."""
    page: str
    abs: str
    code: tuple[str, ...]
    language: str
    """Of most of the content."""
    atom: bytes = b""
    """All of this, and what is told of the paper, as an element of an Atom feed, in UTF-8."""
    json: bytes = b""
    """The same as an item of a JSON Feed."""


def feed_entries(site: Site, views: Sequence[EditionView]) -> list[FeedEntry]:
    """Of every settled paper, in the order of the editions and of their papers."""
    return [
        once(seen, (site, view.window, __name__), partial(_whole, site, view, seen))
        for view in views
        for seen in view.papers
        if seen.is_settled
    ]


def _whole(site: Site, view: EditionView, seen: PaperView) -> FeedEntry:
    return _with_content(site, seen, _entry(site, view, seen))


def _entry(site: Site, view: EditionView, seen: PaperView) -> FeedEntry:
    paper, published = seen.paper, view.window.end
    return FeedEntry(
        id=_permanent_id(site, str(paper.ref)),
        title=line(paper.title),
        authors=tuple(name for name in map(line, paper.authors) if name),
        categories=tuple(line(category) for category in paper.categories),
        published=rfc3339(published),
        updated=rfc3339(max(seen.changed_at or published, published)),
        page=address(site, paper_key(paper.paper_id)),
        abs=f"{ABS}{paper.ref}",
        code=code_links(paper),
        language=seen.digest.provenance.language if seen.digest else "en",
    )


def _with_content(site: Site, seen: PaperView, entry: FeedEntry) -> FeedEntry:
    content = fit_for_pages(site.render("entry.html.j2", seen=seen, entry=entry))
    atom = fit_for_pages(site.render("entry.xml.j2", entry=entry, content=content))
    return replace(entry, atom=atom.encode(), json=_item(entry, content))


def _item(entry: FeedEntry, content: str) -> bytes:
    item = {
        "id": entry.id,
        "url": entry.page,
        "external_url": entry.abs,
        "title": entry.title,
        "content_html": content,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": name} for name in entry.authors],
        "tags": entry.categories,
        "language": entry.language,
    }
    return to_json(item)


def _permanent_id(site: Site, ref: str) -> str:
    """Names the paper's version and the language in which it is told, and not the site: that may move."""
    return uuid5(NAMESPACE_URL, f"arxiv-daily:{site.language}:{ref}").urn
