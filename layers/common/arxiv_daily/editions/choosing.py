"""Which papers join an edition."""

from collections.abc import Collection, Iterable
from datetime import datetime

from arxiv_daily.models import EditionFacts, Entry, Kind, Paper, Window


def entries_to_join(papers: Iterable[Paper], window: Window, categories: Collection[str], *, late: bool) -> list[Entry]:
    """The papers whose first version was submitted in the window, in one of the categories."""
    return [
        Entry(
            paper_id=paper.paper_id,
            version=paper.version,
            kind=Kind.NEW if paper.primary_category in categories else Kind.CROSS,
            published=paper.published,
            late=late,
        )
        for paper in papers
        if paper.published in window and not set(categories).isdisjoint(paper.categories)
    ]


def is_late(facts: EditionFacts, now: datetime) -> bool:
    """Whether what joins at `now` comes after a probe that had already shown papers to readers."""
    return any(probe.seen for probe in facts.probes if probe.at < now)
