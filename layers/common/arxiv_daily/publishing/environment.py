"""What templates are rendered with: escaping for pages and for posts, filters, and the interface's words."""

import re
from collections.abc import Iterable, MutableMapping
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from arxiv_daily.editions.view import PaperView
from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily.editions.words import Words, words_of
from arxiv_daily.publishing.assets import asset_key
from arxiv_daily.publishing.bibtex import bibtex
from arxiv_daily.publishing.code_links import code_links
from arxiv_daily.publishing.corrections import correction_address
from arxiv_daily.publishing.formulas import plain, prose
from arxiv_daily.publishing.glance import numerals, opening
from arxiv_daily.publishing.inert import inert_markdown
from arxiv_daily.publishing.structured_data import (
    collection_page,
    edition_graph,
    open_graph,
    paper_graph,
    scholarly_article,
)

_CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef](?:.*[\u3000-\u9fff\uff00-\uffef])?", re.DOTALL)
"""From the first Chinese character or mark to the last."""


@cache
def page_environment(language: str) -> Environment:
    """For HTML in a language of the interface: everything that a template is given is escaped."""
    return _environment(words_of(language), autoescape=True)


@cache
def post_environment(language: str) -> Environment:
    """For Jekyll's Markdown: everything that a template is given is made inert."""
    return _environment(words_of(language), finalize=inert_markdown)


class _Environment(Environment):
    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A dict: a ChainMap, as it is by default, makes each import of macros as dear as what they write."""
        return {**self.globals, **(d or {})}


def _environment(words: Words, **options: object) -> Environment:
    environment = _Environment(  # pages are escaped as HTML, posts by their finalizer
        loader=PackageLoader("arxiv_daily.publishing"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,  # a plain dict: imports look there for each paper
        **options,  # type: ignore[arg-type]
    )
    environment.filters |= {
        "words": words,  # a filter of a constant is evaluated once, when a template is compiled
        "local_date": _local_date,
        "local_time": _local_time,
        "one_line": _one_line,
        "in_its_language": prose if words.language == "zh-CN" else _with_chinese_marked,
        "in_category": _in_category,
        "prose": prose,
        "listed": _listed,
        "plain": plain,
        "opening": opening,
        "numerals": numerals,
    }
    environment.globals |= {
        "words": words,
        "asset": asset_key,
        "bibtex": bibtex,
        "code_links": code_links,
        "correction_address": correction_address,
        "collection_page": collection_page,
        "edition_graph": edition_graph,
        "open_graph": open_graph,
        "paper_graph": paper_graph,
        "scholarly_article": scholarly_article,
    }
    return environment


def _in_category(shown: Iterable[PaperView], category: str) -> list[PaperView]:
    return [seen for seen in shown if category in seen.paper.categories]


def _listed(names: Iterable[str]) -> Markup:
    return Markup(", ").join(map(prose, names))


def _local_date(moment: datetime) -> str:
    return f"{moment.astimezone(EDITION_ZONE).date()}"


def _local_time(moment: datetime) -> str:
    return moment.astimezone(EDITION_ZONE).strftime("%Y-%m-%d %H:%M")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _with_chinese_marked(text: str) -> Markup:
    """For a page in another language: what was stored in Chinese when it happened is pronounced as such."""
    match = _CHINESE.search(text)
    if match is None:
        return prose(text)
    parts = text[: match.start()], match[0], text[match.end() :]
    return Markup('{}<span lang="zh-CN">{}</span>{}').format(*map(prose, parts))
