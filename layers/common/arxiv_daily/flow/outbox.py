"""Sending a message for every paper that needs one: the outbox, and the repair of lost work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arxiv_daily.editions.sweep import afresh, is_repairable, is_unpaid, needs_message, needs_repair, sent
from arxiv_daily.editions.window import budget_day
from arxiv_daily.flow.queue import PapersQueue, spaced
from arxiv_daily.models import Entry, PaperMessage, PaperRef, PaperVersion, WorkState
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore

SWEPT_DAYS = 3
"""The edition of the run and those before it, whose lost, failed and degraded papers are tried again; an older
edition is swept while it has papers pending."""
_WAITING = {WorkState.QUEUED, WorkState.WORKING}


class NotSent(Exception):
    """SQS refused messages again and again."""

    def __init__(self, refused: Sequence[PaperMessage]) -> None:
        papers = ", ".join(f"{message.paper_id}v{message.version}" for message in refused)
        super().__init__(f"SQS refused the messages of {papers}; they are recorded, and the next run sends them")


@dataclass(frozen=True)
class Outbox:
    editions: EditionStore
    papers: PaperStore
    rows: SiteStore
    budget: BudgetStore
    queue: PapersQueue
    clock: Callable[[], datetime]
    spacing: timedelta
    """Between two messages: as far apart as arXiv may be asked."""

    def sweep(self, day: date) -> int:
        """Send a message for every paper of the last editions that needs one; the number sent.

        Raises NotSent after everything that SQS took was marked.
        """
        now, due = self.clock(), list[PaperMessage]()
        for edition, repairs in self._swept(day).items():
            shown = self._shown(edition)
            waiting = [version.paper.ref for version, _ in shown if version.work.state in _WAITING]
            self.budget.await_turn(budget_day(now), waiting)
            for version, entry in shown:
                if _is_due(version, entry, now, repairs):
                    due.append(message_of(version, edition))
                    if is_repairable(version):
                        self._queue_again(version.paper.ref)
        return self.send(due)

    def _queue_again(self, ref: PaperRef) -> None:
        self.papers.change(ref, lambda version: afresh(version) if is_repairable(version) else version)

    def send(self, due: Sequence[PaperMessage]) -> int:
        """Send the messages of papers that are queued, and note that they wait for today's budget; the number sent.

        Raises NotSent after everything that SQS took was marked.
        """
        now = self.clock()
        self.budget.await_turn(budget_day(now), [_ref(message) for message in due])
        delays = {message: spaced(number, self.spacing) for number, message in enumerate(due)}
        refused = self.queue.send(delays)
        sent_ones = {_ref(message): delay for message, delay in delays.items() if message not in refused}
        for ref, version in self.papers.versions(list(sent_ones)).items():
            self._mark_sent(version, now, sent_ones[ref])
        if refused:
            raise NotSent(refused)
        return len(due)

    def _swept(self, day: date) -> dict[date, bool]:
        """The editions that a run looks at, and whether all their failed and degraded papers are tried afresh.

        One day more than those: a run may have been killed after it had queued such a paper again. Of older ones,
        those that wait for a budget are tried.
        """
        older = {row.date: False for row in self.rows.rows() if row.pending or row.unpaid}
        return older | {day - timedelta(days=back): back < SWEPT_DAYS for back in range(SWEPT_DAYS + 1)}

    def _shown(self, day: date) -> list[tuple[PaperVersion, Entry]]:
        entries = {entry.ref: entry for entry in self.editions.entries(day) if entry.hidden_by is None}
        return [(version, entries[ref]) for ref, version in self.papers.versions(list(entries)).items()]

    def _mark_sent(self, version: PaperVersion, now: datetime, delay: timedelta) -> None:
        def mark(version: PaperVersion) -> PaperVersion:
            return version.model_copy(update={"work": sent(version.work, now, delay)})

        self.papers.change(version.paper.ref, mark, last_seen=version)


def _is_due(version: PaperVersion, entry: Entry, now: datetime, repairs: bool) -> bool:
    """Whether a paper needs a message; a withdrawn one's reading stays as it is."""
    if needs_message(version.work, now):
        return True
    return entry.withdrawn is None and needs_repair(version, now) and (repairs or is_unpaid(version))


def message_of(version: PaperVersion, day: date | None) -> PaperMessage:
    return PaperMessage(paper_id=version.paper.paper_id, version=version.paper.version, edition_date=day)


def _ref(message: PaperMessage) -> PaperRef:
    return PaperRef(paper_id=message.paper_id, version=message.version)
