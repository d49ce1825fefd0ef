"""Sending a message for every paper that needs one: the outbox, and the repair of lost work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arxiv_daily.editions.sweep import afresh, needs_message, sent
from arxiv_daily.flow.queue import PapersQueue, spaced
from arxiv_daily.models import PaperMessage, PaperRef, Work, WorkState
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore

SWEPT_DAYS = 3
"""The edition of the run and those before it, whose lost and failed papers are tried again; an older edition is
swept while it has papers pending."""


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
            for edition, retry_failed in self._swept(day).items()
            for message in self._unfinished(edition, retry_failed=retry_failed)
        ]
        for message in due:
            self._change_work(message, afresh)
        now = self.clock()
        delays = {message: spaced(number, self.spacing) for number, message in enumerate(due)}
        refused = self.queue.send(delays)
        for message, delay in delays.items():
            if message not in refused:
                self._mark_sent(message, now, delay)
        if refused:
            raise NotSent(refused)
        return len(due)

    def _swept(self, day: date) -> dict[date, bool]:
        """The editions that a run looks at, and whether their failed papers are tried afresh.

        One day more than those: a run may have been killed after it had queued a failed paper again.
        """
        older = {row.date: False for row in self.rows.rows() if row.pending}
        return older | {day - timedelta(days=back): back < SWEPT_DAYS for back in range(SWEPT_DAYS + 1)}

    def _unfinished(self, day: date, *, retry_failed: bool) -> list[PaperMessage]:
        refs = [entry.ref for entry in self.editions.entries(day) if entry.hidden_by is None]
        now = self.clock()
        return [
            PaperMessage(paper_id=ref.paper_id, version=version.paper.version, edition_date=day)
            for ref, version in self.papers.versions(refs).items()
            if needs_message(version.work, now) and (retry_failed or version.work.state is not WorkState.FAILED)
        ]

    def _mark_sent(self, message: PaperMessage, now: datetime, delay: timedelta) -> None:
        self._change_work(message, lambda work: sent(work, now, delay))

    def _change_work(self, message: PaperMessage, change: Callable[[Work], Work]) -> None:
        self.papers.change(
            PaperRef(paper_id=message.paper_id, version=message.version),
            lambda version: version.model_copy(update={"work": change(version.work)}),
        )
