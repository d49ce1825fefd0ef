"""Papers that listings named: their metadata by id, their place in an edition, and what was withdrawn."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from arxiv_daily.editions.choosing import OVERDUE_AFTER, is_late, may_be_withdrawn
from arxiv_daily.flow.joining import Joining
from arxiv_daily.models import Kind, Paper, Seen
from arxiv_daily.observability import logger
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.withdrawals import Withdrawals
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore


@dataclass(frozen=True)
class Resolving:
    api: ArxivApi
    withdrawals: Withdrawals
    editions: EditionStore
    papers: PaperStore
    joining: Joining

    def metadata(self, wanted: Collection[str], visible: Mapping[str, Paper]) -> dict[str, Paper]:
        """Those of the wanted papers that arXiv shows; it is asked for what is not visible already.

        Raises ArxivError.
        """
        known = {paper_id: visible[paper_id] for paper_id in wanted if paper_id in visible}
        unknown = sorted(set(wanted) - set(known))
        return known | ({paper.paper_id: paper for paper in self.api.papers(unknown)} if unknown else {})

    def join(self, day: date, seen: Iterable[Seen], found: Mapping[str, Paper], run_day: date, now: datetime) -> int:
        """Let what a listing named for an edition join it, as far as its metadata was found; the number that joined."""
        here = [one for one in seen if one.paper_id in found]
        late = is_late(self.editions.facts(day), run_day, now)
        joined = self.joining.join(day, ((found[one.paper_id], one.kind) for one in here), late=late)
        for one in here:
            self.editions.resolve(day, one.paper_id)
        return joined

    def drop_joined(self, day: date, seen: Iterable[Seen]) -> list[Seen]:
        """Forget what is in an edition by now; the rest."""
        seen = list(seen)
        members = self.papers.editions_of([one.paper_id for one in seen])
        for one in seen:
            if one.kind is not Kind.REPLACE and one.paper_id in members:
                self.editions.resolve(day, one.paper_id)
        return [one for one in seen if one.kind is Kind.REPLACE or one.paper_id not in members]

    def mark_overdue(self, day: date, seen: Iterable[Seen], now: datetime) -> int:
        """Say of each paper that has waited too long for its metadata that it has; how many are overdue."""
        overdue = [one for one in seen if now - one.since > OVERDUE_AFTER]
        for one in overdue:
            if not one.overdue:
                self.editions.mark_overdue(day, one.paper_id)
                logger.error("announced, but arXiv shows no metadata for more than a day", paper_id=one.paper_id)
        return len(overdue)

    def withdraw(self, replaced: Mapping[str, date], found: Mapping[str, Paper]) -> None:
        """Mark those of our papers whose newest version is a withdrawal; `replaced` maps a paper to its edition.

        Raises ArxivError when arXiv cannot be asked whether a PDF is there.
        """
        for paper_id, edition in replaced.items():
            paper = found.get(paper_id)
            if paper and may_be_withdrawn(paper) and self.withdrawals.has_no_pdf(paper.ref):
                self.editions.withdraw(edition, paper_id, paper.comment or "")
