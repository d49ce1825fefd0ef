"""The last editions as the table has them, and their papers that wait or failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from arxiv_daily.editions.status import Counts
from arxiv_daily.editions.view import EditionView, PaperState, edition_view
from arxiv_daily.editions.window import budget_day
from arxiv_daily.models import EditionRow, ModelGate, PaperRef, PaperVersion, Value, WorkState
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_REMEMBERED = timedelta(days=30)
"""How far back it is looked up since when a paper waits."""


class EditionLine(Value):
    date: date
    status: str
    status_text: str
    counts: Counts


class PendingPaper(Value):
    """A paper that waits to be read, or for arXiv to show its metadata."""

    paper: str
    edition_date: date
    since: datetime
    """The anchor of its edition, which a back-fill may have made much later."""
    waiting_since: date | None = None
    """The first day before today, in Asia/Shanghai, that ended while it waited; None for one that came today."""
    reason: str
    not_before: datetime | None = None
    has_metadata: bool = True


class FailedPaper(Value):
    paper: str
    edition_date: date
    reason: str
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Editions:
    lines: tuple[EditionLine, ...]
    """Newest first."""
    pending: tuple[PendingPaper, ...]
    """Oldest first."""
    failed: tuple[FailedPaper, ...]


def editions(table: "Table", rows: Sequence[EditionRow], gate: ModelGate, last: int, today: date) -> Editions:
    """The `last` newest editions, and the papers of those and of older ones that still wait.

    `today` is the date in Asia/Shanghai.
    """
    newest = [row.date for row in rows[:last]]
    waiting = [row.date for row in rows[last:] if row.pending]
    found = {day: _Edition.read(table, day, gate) for day in [*newest, *waiting]}
    pending = sorted(chain.from_iterable(one.pending for one in found.values()), key=_age)
    return Editions(
        lines=tuple(found[day].line for day in newest),
        pending=tuple(_since(table, pending, today)),
        failed=tuple(chain.from_iterable(found[day].failed for day in newest)),
    )


def _age(paper: PendingPaper) -> tuple[datetime, datetime, str]:
    return paper.since, paper.not_before or _LONG_AGO, paper.paper


def _since(table: "Table", pending: Sequence[PendingPaper], today: date) -> list[PendingPaper]:
    """With the day since which each of them waits; those without metadata have theirs."""
    if not pending:
        return []
    waited = BudgetStore(table).waited(today - _REMEMBERED, today - timedelta(days=1))
    return [
        one.model_copy(update={"waiting_since": waited[one.paper]}) if one.paper in waited else one for one in pending
    ]


@dataclass(frozen=True)
class _Edition:
    view: EditionView
    versions: dict[PaperRef, PaperVersion]

    @classmethod
    def read(cls, table: "Table", day: date, gate: ModelGate) -> "_Edition":
        store = EditionStore(table)
        facts, entries = store.facts(day), store.entries(day)
        versions = PaperStore(table).versions([entry.ref for entry in entries])
        return cls(edition_view(facts, entries, versions, store.seen(day), calendar_day(day), gate), versions)

    @property
    def line(self) -> EditionLine:
        view = self.view
        return EditionLine(date=view.date, status=view.status, status_text=view.status_text, counts=view.counts)

    @property
    def pending(self) -> list[PendingPaper]:
        day, since = self.view.date, self.view.window.end
        waiting = [seen.paper.ref for seen in self.view.papers if seen.state is PaperState.PENDING]
        queued = [self._waiting(ref) for ref in waiting]
        unseen = [
            PendingPaper(
                paper=one.paper_id,
                edition_date=day,
                since=since,
                waiting_since=budget_day(one.since) if one.overdue else None,
                reason=f"named by {one.witness}; arXiv shows no metadata",
                has_metadata=False,
            )
            for one in self.view.unseen
        ]
        return queued + unseen

    def _waiting(self, ref: PaperRef) -> PendingPaper:
        work = self.versions[ref].work
        if work.state is WorkState.WORKING:
            reason, until = "a worker reads it", work.lease_until
        else:
            reason, until = (
                work.error or ("queued" if work.sent_at else "not queued yet: the next probe does"),
                work.not_before,
            )
        return PendingPaper(
            paper=str(ref), edition_date=self.view.date, since=self.view.window.end, reason=reason, not_before=until
        )

    @property
    def failed(self) -> list[FailedPaper]:
        return [
            FailedPaper(
                paper=str(seen.paper.ref),
                edition_date=self.view.date,
                reason=seen.error or f"taken down: {seen.taken_down}",
                ended_at=self.versions[seen.paper.ref].work.ended_at,
            )
            for seen in self.view.papers
            if seen.state is PaperState.FAILED
        ]
