"""The files of the site, out of views: keys, content types, templates."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from jinja2 import Environment

from arxiv_daily.editions.view import EditionView, version_view
from arxiv_daily.editions.words import Words, words_of
from arxiv_daily.models import EditionRow, PaperVersion
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.documents import edition_document, paper_document
from arxiv_daily.publishing.environment import page_environment, post_environment

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"


def edition_json_key(day: date) -> str:
    return f"editions/{day}.json"


@dataclass(frozen=True)
class Site:
    """Renders the site of one deployment."""

    categories: Sequence[str]
    notice: str = ""
    language: str = "zh-CN"
    """Of the digests; where the interface has no words in it, it speaks English."""

    @cached_property
    def words(self) -> Words:
        return words_of(self.language)

    def edition_pages(self, view: EditionView) -> list[SiteObject]:
        """The post and the page of an edition."""
        post = self._post.get_template("post.md.j2").render(view=view, site=self)
        page = self._page("edition.html.j2", root="../", view=view)
        return [
            _object(f"_posts/{view.date}-arxiv.md", post, MARKDOWN, view.rev),
            _object(f"editions/{view.date}.html", page, HTML, view.rev),
        ]

    def edition_json(self, view: EditionView) -> SiteObject:
        return _object(edition_json_key(view.date), _json(edition_document(view)), JSON, view.rev)

    def home(self, rows: Sequence[EditionRow]) -> SiteObject:
        """The home page, out of every edition's row, newest first."""
        page = self._page("home.html.j2", root="", rows=rows)
        return _object("index.html", page, HTML, sum(row.rev for row in rows))

    def not_found(self) -> SiteObject:
        """What is shown for an address that the site does not have, at any depth."""
        return _object("404.html", self._page("404.html.j2", root="/"), HTML, 0)

    def paper_objects(
        self, version: PaperVersion, edition: date | None, withdrawn: str | None = None
    ) -> list[SiteObject]:
        """The page and the JSON of a paper; old ids keep their slash."""
        seen, paper_id = version_view(version, withdrawn), version.paper.paper_id
        root = "../" * (1 + paper_id.count("/"))
        page = self._page("paper.html.j2", root=root, seen=seen, edition=edition)
        revision = _paper_revision(version, edition, withdrawn)
        return [
            _object(f"papers/{paper_id}.html", page, HTML, revision),
            _object(f"papers/{paper_id}.json", _json(paper_document(seen, edition)), JSON, revision),
        ]

    def _page(self, template: str, **values: object) -> str:
        return self._html.get_template(template).render(site=self, **values)

    @cached_property
    def _html(self) -> Environment:
        return page_environment(self.words)

    @cached_property
    def _post(self) -> Environment:
        return post_environment(self.words)


def _paper_revision(version: PaperVersion, edition: date | None, withdrawn: str | None) -> int:
    """A later version is newer than any state of an earlier one; joining an edition and a withdrawal count too."""
    return version.paper.version * 1_000_000 + version.rev * 3 + (edition is not None) + (withdrawn is not None)


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _object(key: str, text: str, content_type: str, revision: int) -> SiteObject:
    return SiteObject(key=key, body=text.encode(), content_type=content_type, revision=revision)
