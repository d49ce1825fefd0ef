"""Papers that listings named: their metadata by id, their place in an edition, and what was withdrawn."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from arxiv_daily.editions.choosing import OVERDUE_AFTER, is_late, kind_of, may_be_withdrawn
from arxiv_daily.flow.joining import Joining
from arxiv_daily.models import Announcement, Kind, Paper, Seen
from arxiv_daily.observability import logger
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.errors import ArxivError
from arxiv_daily.sources.withdrawals import Withdrawals
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore

_SECOND = 2
"""A replacement is the second version or a later one, where a listing states none."""


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

    def join(
        self, day: date, seen: Iterable[Seen], found: Mapping[str, Paper], run_day: date, now: datetime
    ) -> tuple[int, list[Seen]]:
        """Let what a listing named for an edition join it, as far as its metadata was found.

        The number that joined, and those that go on waiting.
        """
        seen = list(seen)
        visible = [one for one in seen if one.paper_id in found and self._is_visible(one, found[one.paper_id])]
        gone = {one: self._takes_back(one, found[one.paper_id]) for one in visible}
        ready = [one for one in visible if gone[one] is not None]
        late = is_late(self.editions.facts(day), run_day, now)
        shown = ((found[one.paper_id], self._kind(one, found[one.paper_id])) for one in ready if not gone[one])
        joined = self.joining.join(day, shown, late=late)
        for one in ready:
            self.editions.resolve(day, one.paper_id)
        return joined, [one for one in seen if one not in ready]

    def _kind(self, one: Seen, paper: Paper) -> Kind:
        """As it was announced; of a listing in which a category may be missing, as the paper's own categories tell."""
        if one.is_doubtful and one.kind is Kind.CROSS:
            return kind_of(paper, self.joining.categories)
        return one.kind

    def _takes_back(self, one: Announcement, paper: Paper) -> bool | None:
        """Whether a replacement is a withdrawal, which is marked and not shown; None when nobody knows now."""
        if one.kind is not Kind.REPLACE or not may_be_withdrawn(paper):
            return False
        return self._is_withdrawn(paper)

    def _is_withdrawn(self, paper: Paper) -> bool | None:
        """None, named in the log, when arXiv cannot be asked."""
        try:
            return self.withdrawals.has_no_pdf(paper.ref)
        except ArxivError as error:
            logger.warning("nobody knows whether a paper was withdrawn", paper=str(paper.ref), reason=str(error))
            return None

    @staticmethod
    def _is_visible(one: Announcement, paper: Paper) -> bool:
        """Whether the version that was announced is what arXiv shows; its index may still show the one before."""
        return one.kind is not Kind.REPLACE or paper.version >= (one.version or _SECOND)

    def drop_joined(self, day: date, seen: Iterable[Seen]) -> list[Seen]:
        """Forget what is in an edition by now; the rest."""
        seen = list(seen)
        members = self.papers.editions_of([one.paper_id for one in seen])
        for one in seen:
            if one.kind is not Kind.REPLACE and one.paper_id in members:
                self.editions.resolve(day, one.paper_id)
        return [one for one in seen if one.kind is Kind.REPLACE or one.paper_id not in members]

    def mark_overdue(self, day: date, seen: Iterable[Seen], now: datetime) -> None:
        """Say of each paper that has waited too long for its metadata that it has."""
        for one in seen:
            if now - one.since > OVERDUE_AFTER and not one.overdue:
                self.editions.mark_overdue(day, one.paper_id)
                logger.error("announced, but arXiv shows no metadata for more than a day", paper=one.paper_id)

    def withdraw(self, papers: Iterable[Paper], now: datetime) -> set[str]:
        """Mark those of our papers whose newest version is a withdrawal; the ids of those that nobody could look at.

        They are named in the log, and silence no other.
        """
        suspects = {paper.paper_id: paper for paper in papers if may_be_withdrawn(paper)}
        unchecked = set()
        for paper_id, day in self.papers.editions_of(suspects).items():
            paper, entry = suspects[paper_id], self.editions.entry(day, paper_id)
            if entry is None or entry.withdrawn or paper.version < entry.version:
                continue
            is_withdrawn = self._is_withdrawn(paper)
            if is_withdrawn:
                self.editions.withdraw(day, paper_id, paper.comment or "", now)
            if is_withdrawn is None:
                unchecked.add(paper_id)
        return unchecked

    def withdraw_replaced(
        self, replaced: Iterable[Announcement], found: Mapping[str, Paper], now: datetime
    ) -> set[str]:
        """The same for papers that a listing names as replaced, which arXiv may still show at an older version."""
        named = {one.paper_id: one for one in replaced}
        shown = {
            paper_id: found[paper_id]
            for paper_id, one in named.items()
            if paper_id in found and self._is_visible(one, found[paper_id])
        }
        return self.withdraw(shown.values(), now) | (named.keys() - shown.keys())
