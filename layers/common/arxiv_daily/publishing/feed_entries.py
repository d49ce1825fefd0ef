"""A paper in the feeds: what both formats say of it, made once for all feeds that hold it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

from markupsafe import Markup

from arxiv_daily.editions.view import EditionView, PaperView
from arxiv_daily.publishing.addresses import address, paper_key
from arxiv_daily.publishing.code_links import code_links
from arxiv_daily.publishing.documents import ABS
from arxiv_daily.publishing.formulas import plain
from arxiv_daily.publishing.moments import rfc3339
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
    content: str = ""
    """HTML."""
    atom: str = ""
    """All of this as an element of an Atom feed."""

    @property
    def item(self) -> dict[str, object]:
        """All of this as an item of a JSON Feed."""
        return {
            "id": self.id,
            "url": self.page,
            "external_url": self.abs,
            "title": self.title,
            "content_html": self.content,
            "date_published": self.published,
            "date_modified": self.updated,
            "authors": [{"name": name} for name in self.authors],
            "tags": list(self.categories),
            "language": self.language,
        }


def feed_entries(site: Site, views: Sequence[EditionView]) -> list[FeedEntry]:
    """Of every settled paper, in the order of the editions and of their papers."""
    return [
        _with_content(site, seen, _entry(site, view, seen)) for view in views for seen in view.papers if seen.is_settled
    ]


def _entry(site: Site, view: EditionView, seen: PaperView) -> FeedEntry:
    paper, published = seen.paper, view.window.end
    return FeedEntry(
        id=_permanent_id(site, str(paper.ref)),
        title=_line(paper.title),
        authors=tuple(name for name in map(_line, paper.authors) if name),
        categories=tuple(_line(category) for category in paper.categories),
        published=rfc3339(published),
        updated=rfc3339(max(seen.changed_at or published, published)),
        page=address(site, paper_key(paper.paper_id)),
        abs=f"{ABS}{paper.ref}",
        code=code_links(paper),
        language=seen.digest.provenance.language if seen.digest else "en",
    )


def _with_content(site: Site, seen: PaperView, entry: FeedEntry) -> FeedEntry:
    content = fit_for_pages(site.render("entry.html.j2", seen=seen, entry=entry))
    whole = replace(entry, content=content)
    atom = fit_for_pages(site.render("entry.xml.j2", entry=whole))
    return replace(whole, atom=Markup(atom))  # noqa: S704  # the template escaped all that it was given


def _permanent_id(site: Site, ref: str) -> str:
    """Names the paper's version and the language in which it is told, and not the site: that may move."""
    return uuid5(NAMESPACE_URL, f"arxiv-daily:{site.language}:{ref}").urn


def _line(text: str) -> str:
    return " ".join(plain(text).split())
