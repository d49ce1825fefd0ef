"""The last editions as the table has them, and their papers that wait or failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import TYPE_CHECKING

from arxiv_daily.editions.status import Counts
from arxiv_daily.editions.view import EditionView, PaperState, edition_view
from arxiv_daily.models import EditionRow, ModelGate, PaperRef, PaperVersion, Value, WorkState
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


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
    """The anchor of its edition."""
    reason: str
    not_before: datetime | None = None


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


def editions(table: "Table", rows: Sequence[EditionRow], gate: ModelGate, last: int) -> Editions:
    """The `last` newest editions, and the papers of those and of older ones that still wait."""
    newest = [row.date for row in rows[:last]]
    waiting = [row.date for row in rows[last:] if row.pending]
    found = {day: _Edition.read(table, day, gate) for day in [*newest, *waiting]}
    return Editions(
        lines=tuple(found[day].line for day in newest),
        pending=tuple(sorted(chain.from_iterable(one.pending for one in found.values()), key=_age)),
        failed=tuple(chain.from_iterable(found[day].failed for day in newest)),
    )


def _age(paper: PendingPaper) -> tuple[datetime, datetime, str]:
    return paper.since, paper.not_before or _LONG_AGO, paper.paper


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
                reason=f"named by {one.witness}; arXiv shows no metadata",
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
