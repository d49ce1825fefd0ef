"""Letting papers join an edition, each with the rule that hides it, if one does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from arxiv_daily.editions.filters import hidden_by
from arxiv_daily.models import Entry, Filters, Kind, Paper
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore


@dataclass(frozen=True)
class Joining:
    editions: EditionStore
    papers: PaperStore
    categories: Sequence[str]
    filters: Filters

    def join(self, day: date, papers: Iterable[tuple[Paper, Kind]], *, late: bool) -> int:
        """Let each paper join the edition unless it is in one; the number that joined.

        Newest first, so that a cap hides the older ones of those that come together.
        """
        candidates = sorted(papers, key=lambda pair: (pair[0].published, pair[0].paper_id), reverse=True)
        shown = sum(entry.hidden_by is None for entry in self.editions.entries(day)) if candidates else 0
        joined = 0
        for paper, kind in candidates:
            rule = hidden_by(paper, self.categories, self.filters, shown)
            self.papers.add(paper)
            if self.editions.join(day, _entry(paper, kind, late=late, rule=rule)):
                joined += 1
                shown += rule is None
        return joined


def _entry(paper: Paper, kind: Kind, *, late: bool, rule: str | None) -> Entry:
    return Entry(
        paper_id=paper.paper_id,
        version=paper.version,
        kind=kind,
        published=paper.published,
        late=late,
        hidden_by=rule,
    )
