"""The files of the site, out of views: keys, content types, templates."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markupsafe import Markup
from pydantic_core import to_json

from arxiv_daily.editions.view import EditionView, PaperView, version_view
from arxiv_daily.editions.words import Words, words_of
from arxiv_daily.models import Entry, PaperVersion
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.documents import edition_document, paper_document
from arxiv_daily.publishing.environment import page_environment, post_environment
from arxiv_daily.publishing.once import once

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"


def edition_json_key(day: date) -> str:
    return f"editions/{day}.json"


def post_key(day: date) -> str:
    return f"_posts/{day}-arxiv.md"


@dataclass(frozen=True)
class Site:
    """What one deployment's site is called, and how its files are rendered."""

    categories: tuple[str, ...]
    notice: str = ""
    language: str = "zh-CN"
    """Of the digests; where the interface has no words in it, it speaks English."""
    url: str = "https://arxiv-daily.invalid"
    """The address under which it is read, without a slash at its end."""
    corrections: str = ""
    """Where readers report an error: a mail address, or the address of a page; may be empty."""

    @cached_property
    def words(self) -> Words:
        return words_of(self.language)

    def edition_pages(self, view: EditionView) -> list[SiteObject]:
        """The post and the page of an edition."""
        post = self._render_post("post.md.j2", view=view)
        return [
            site_object(post_key(view.date), post, MARKDOWN, view.rev),
            self.page(f"editions/{view.date}.html", view.rev, "edition.html.j2", view=view),
        ]

    def edition_json(self, view: EditionView) -> SiteObject:
        return json_object(edition_json_key(view.date), edition_document(view), view.rev)

    def paper_objects(
        self, version: PaperVersion, edition: date | None, entry: Entry | None, seen: PaperView | None = None
    ) -> list[SiteObject]:
        """The page and the JSON of a paper; old ids keep their slash. `seen`: what version and entry are seen as."""
        seen, paper_id = seen or version_view(version, entry), version.paper.paper_id
        revision = _paper_revision(version, entry)
        return [
            self.page(f"papers/{paper_id}.html", revision, "paper.html.j2", seen=seen, edition=edition),
            json_object(f"papers/{paper_id}.json", paper_document(seen, edition), revision),
        ]

    def page(self, key: str, revision: int, template: str, **values: object) -> SiteObject:
        """A page, whose links are relative to it."""
        root = "../" * key.count("/")
        return site_object(key, self.render(template, root=root, key=key, **values), HTML, revision)

    def part(self, seen: PaperView, template: str, **values: Hashable) -> Markup:
        """What pages show of one paper in the same way: rendered once for as long as it stays as it is."""
        key = (self, template, *values.items())
        return once(seen, key, lambda: Markup(self.render(template, seen=seen, **values)))  # noqa: S704  # escaped there

    def post_part(self, seen: PaperView, template: str, **values: Hashable) -> Markup:
        """The same for posts."""
        key = (self, template, *values.items())
        return once(seen, key, lambda: Markup(self._render_post(template, seen=seen, **values)))  # noqa: S704  # inert

    def render(self, template: str, **values: object) -> str:
        """A page or another text in which everything that is filled in is escaped."""
        return page_environment(self.words.language).get_template(template).render(site=self, **values)

    def _render_post(self, template: str, **values: object) -> str:
        return post_environment(self.words.language).get_template(template).render(site=self, **values)


def _paper_revision(version: PaperVersion, entry: Entry | None) -> int:
    """A later version is newer than any state of an earlier one; joining an edition and a withdrawal count too."""
    place = (entry is not None) + (entry is not None and entry.withdrawn is not None)
    return version.paper.version * 1_000_000 + version.rev * 3 + place


def site_object(key: str, text: str, content_type: str, revision: int) -> SiteObject:
    return SiteObject(key=key, body=text.encode(), content_type=content_type, revision=revision)


def json_object(key: str, document: object, revision: int) -> SiteObject:
    return SiteObject(key=key, body=to_json(document, indent=2) + b"\n", content_type=JSON, revision=revision)
