"""What the fetch function does: find an edition's papers, record them, and see that each has a message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arxiv_daily.editions.choosing import entries_to_join, is_late
from arxiv_daily.editions.sweep import afresh, needs_message, sent
from arxiv_daily.editions.window import edition_date, window_of
from arxiv_daily.flow.queue import PapersQueue
from arxiv_daily.models import EditionFacts, PaperMessage, PaperRef, Probe, Value, Work, WorkState
from arxiv_daily.observability import logger
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.errors import ArxivError
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore

API_WITNESS = "api"
SWEPT_DAYS = 3
"""The edition of the run and those before it, whose lost and failed papers are tried again; an older edition is
swept while it has papers pending."""


class NotSent(Exception):
    """SQS refused messages again and again."""

    def __init__(self, refused: Sequence[PaperMessage]) -> None:
        papers = ", ".join(f"{message.paper_id}v{message.version}" for message in refused)
        super().__init__(f"SQS refused the messages of {papers}; they are recorded, and the next run sends them")


class FetchReport(Value):
    """What a run found and did, as the function answers it."""

    edition_date: date
    seen: int
    joined: int
    messages: int


@dataclass(frozen=True)
class Fetch:
    api: ArxivApi
    editions: EditionStore
    papers: PaperStore
    rows: SiteStore
    queue: PapersQueue
    categories: Sequence[str]
    clock: Callable[[], datetime]

    def run(self, now: datetime) -> FetchReport:
        """Make or complete the edition of the latest anchor at or before `now` (event time).

        Raises ArxivError after the failure was written to the edition and lost work was swept.
        """
        day = edition_date(now)
        logger.append_keys(edition_date=day.isoformat())
        facts = self.editions.open(day, window_of(day))
        try:
            seen, joined = self._collect(facts, now)
        except ArxivError as error:
            self.editions.record(day, Probe(at=now, witness=API_WITNESS, error=str(error)))
            self._sweep(day)
            raise
        return FetchReport(edition_date=day, seen=seen, joined=joined, messages=self._sweep(day))

    def _collect(self, facts: EditionFacts, now: datetime) -> tuple[int, int]:
        """Let the visible papers of the window join; how many were seen, and how many are new to us."""
        visible = self.api.published_between(self.categories, facts.window)
        entries = entries_to_join(visible, facts.window, self.categories, late=is_late(facts, now))
        metadata = {paper.paper_id: paper for paper in visible}
        joined = 0
        for entry in entries:
            self.papers.add(metadata[entry.paper_id])
            joined += self.editions.join(facts.date, entry)
        self.editions.record(facts.date, Probe(at=now, witness=API_WITNESS, seen=len(entries)))
        logger.info("probe read", seen=len(entries), joined=joined)
        return len(entries), joined

    def _sweep(self, day: date) -> int:
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
        refused = self.queue.send(due)
        now = self.clock()
        for message in due:
            if message not in refused:
                self._change_work(message, lambda work: sent(work, now))
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

    def _change_work(self, message: PaperMessage, change: Callable[[Work], Work]) -> None:
        self.papers.change(
            PaperRef(paper_id=message.paper_id, version=message.version),
            lambda version: version.model_copy(update={"work": change(version.work)}),
        )
