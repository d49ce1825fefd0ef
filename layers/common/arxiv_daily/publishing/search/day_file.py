"""A day's own file: what its papers are found by, and what is shown of them."""

from collections.abc import Iterable
from functools import partial
from itertools import chain
from typing import Any

from pydantic_core import to_json

from arxiv_daily.editions.view import EditionView, PaperView
from arxiv_daily.publishing.formulas import plain
from arxiv_daily.publishing.once import once
from arxiv_daily.publishing.search.terms import terms


def day_file(view: EditionView) -> bytes:
    """`search/days/<date>.json`: the papers that have a page of their own, in the order of the edition."""
    document = {
        "date": view.date.isoformat(),
        "papers": [once(seen, __name__, partial(_entry, seen)) for seen in view.papers if seen.is_settled],
    }
    return to_json(document) + b"\n"


def _entry(seen: PaperView) -> dict[str, Any]:
    """`terms` are parted by spaces: ten times quicker to read than a list."""
    paper = seen.paper
    return {
        "id": paper.paper_id,
        "version": paper.version,
        "title": plain(paper.title),
        "authors": paper.authors,
        "categories": paper.categories,
        "terms": " ".join(_terms(seen)),
    }


def _terms(seen: PaperView) -> Iterable[str]:
    """Each once, in an order that depends on the paper alone."""
    paper = seen.paper
    translation = seen.digest.translation if seen.digest else ""
    texts = map(terms, (paper.paper_id, paper.title, paper.abstract, translation))
    return dict.fromkeys(chain(*texts, _field("au", paper.authors), _field("cat", paper.categories)))


def _field(name: str, texts: Iterable[str]) -> Iterable[str]:
    """Terms for any query, and for one that asks for the field: au:nunez, cat:cs.sd or cat:cs."""
    found = terms("\n".join(texts))
    return chain(found, (f"{name}:{term}" for term in found))
