"""The event EditionPublished: what is told of an edition once it is complete. Fields are added, never changed."""

from arxiv_daily.editions.view import EditionView, PaperView
from arxiv_daily.publishing.addresses import address, edition_key, paper_key
from arxiv_daily.publishing.documents import ABS, Document
from arxiv_daily.publishing.site import Site, edition_json_key, post_key

SCHEMA_VERSION = 1
"""Of the event alone: schemas/edition_published.v1.json."""
MOST_PAPERS = 100
_LONGEST_TITLE = 300
"""In characters. With MOST_PAPERS it keeps every event within EventBridge's 256 kB, whatever the titles hold."""


def edition_event(view: EditionView, site: Site) -> Document:
    """The detail of EditionPublished; the papers are those shown, newest first, and `more` are not listed."""
    day = view.date.isoformat()
    return {
        "schema_version": SCHEMA_VERSION,
        "id": day,
        "date": day,
        "status": view.status,
        "status_text": view.status_text,
        "language": site.language,
        "url": address(site, edition_key(view.date)),
        "json_url": address(site, edition_json_key(view.date)),
        "post_url": address(site, post_key(view.date)),
        "counts": view.counts.model_dump(),
        "papers": [_paper(seen, site) for seen in view.shown[:MOST_PAPERS]],
        "more": max(0, len(view.shown) - MOST_PAPERS),
    }


def _paper(seen: PaperView, site: Site) -> Document:
    title = seen.paper.title
    return {
        "paper_id": seen.paper.paper_id,
        "title": title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…",
        "url": f"{ABS}{seen.paper.ref}",
        "page_url": address(site, paper_key(seen.paper.paper_id)),
    }
