"""A day's own file: what its papers are found by, and what is shown of them."""

import json
from collections.abc import Iterable
from functools import partial
from typing import Any

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
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _entry(seen: PaperView) -> dict[str, Any]:
    """`terms` are parted by spaces: ten times quicker to read than a list."""
    paper = seen.paper
    return {
        "id": paper.paper_id,
        "version": paper.version,
        "title": plain(paper.title),
        "authors": paper.authors,
        "categories": paper.categories,
        "terms": " ".join(sorted(_terms(seen))),
    }


def _terms(seen: PaperView) -> set[str]:
    paper = seen.paper
    translation = seen.digest.translation if seen.digest else ""
    texts = (paper.paper_id, paper.title, *paper.authors, paper.abstract, translation, *paper.categories)
    return terms("\n".join(texts)) | _field("au", paper.authors) | _field("cat", paper.categories)


def _field(name: str, texts: Iterable[str]) -> set[str]:
    """Terms for a query that asks for a field, such as au:nunez, cat:cs.sd or cat:cs."""
    return {f"{name}:{term}" for term in terms("\n".join(texts))}
