"""Sending a message for every paper that needs one: the outbox, and the repair of lost work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arxiv_daily.editions.sweep import afresh, is_repairable, needs_message, needs_repair, sent
from arxiv_daily.editions.window import budget_day
from arxiv_daily.flow.queue import PapersQueue, spaced
from arxiv_daily.models import PaperMessage, PaperRef, PaperVersion
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore

SWEPT_DAYS = 3
"""The edition of the run and those before it, whose lost, failed and degraded papers are tried again; an older
edition is swept while it has papers pending."""


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
        due = [
            message
            for edition, repairs in self._swept(day).items()
            for message in self._unfinished(edition, repairs=repairs)
        ]
        for message in due:
            self._change(message, lambda version: afresh(version) if is_repairable(version) else version)
        return self.send(due)

    def send(self, due: Sequence[PaperMessage]) -> int:
        """Send the messages of papers that are queued, and note that they wait for today's budget; the number sent.

        Raises NotSent after everything that SQS took was marked.
        """
        now = self.clock()
        self.budget.await_turn(budget_day(now), [_ref(message) for message in due])
        delays = {message: spaced(number, self.spacing) for number, message in enumerate(due)}
        refused = self.queue.send(delays)
        for message, delay in delays.items():
            if message not in refused:
                self._mark_sent(message, now, delay)
        if refused:
            raise NotSent(refused)
        return len(due)

    def _swept(self, day: date) -> dict[date, bool]:
        """The editions that a run looks at, and whether their failed and degraded papers are tried afresh.

        One day more than those: a run may have been killed after it had queued such a paper again.
        """
        older = {row.date: False for row in self.rows.rows() if row.pending}
        return older | {day - timedelta(days=back): back < SWEPT_DAYS for back in range(SWEPT_DAYS + 1)}

    def _unfinished(self, day: date, *, repairs: bool) -> list[PaperMessage]:
        """A withdrawn paper's reading stays as it is."""
        entries = {entry.ref: entry for entry in self.editions.entries(day) if entry.hidden_by is None}
        now = self.clock()
        return [
            PaperMessage(paper_id=ref.paper_id, version=version.paper.version, edition_date=day)
            for ref, version in self.papers.versions(list(entries)).items()
            if needs_message(version.work, now)
            or (repairs and not entries[ref].withdrawn and needs_repair(version, now))
        ]

    def _mark_sent(self, message: PaperMessage, now: datetime, delay: timedelta) -> None:
        self._change(message, lambda version: version.model_copy(update={"work": sent(version.work, now, delay)}))

    def _change(self, message: PaperMessage, change: Callable[[PaperVersion], PaperVersion]) -> None:
        self.papers.change(_ref(message), change)


def _ref(message: PaperMessage) -> PaperRef:
    return PaperRef(paper_id=message.paper_id, version=message.version)
