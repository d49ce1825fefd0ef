"""What the fetch function does: ask the witnesses, record an edition's papers, and see that each has a message."""

from dataclasses import dataclass
from datetime import date, datetime

from arxiv_daily.editions.window import edition_date, window_of
from arxiv_daily.flow.collected import Collected
from arxiv_daily.flow.collecting import Collecting
from arxiv_daily.flow.events import Reread
from arxiv_daily.flow.figures import measure_probe
from arxiv_daily.flow.outbox import Outbox
from arxiv_daily.flow.rereading import Rereading, RereadReport
from arxiv_daily.models import Value
from arxiv_daily.observability import logger
from arxiv_daily.sources.calendar import calendar_day, holidays_warning
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore


class NotAnnounced(ValueError):
    """A back-fill of a date that is still to come."""


class FetchReport(Value):
    """What a run found and did, as the function answers it."""

    edition_date: date
    seen: int
    """Papers of the edition, those without metadata yet included."""
    joined: int
    """Papers that this run added, to this edition or to earlier ones."""
    messages: int


@dataclass(frozen=True)
class Fetch:
    editions: EditionStore
    collecting: Collecting
    outbox: Outbox
    gate: ModelGateStore
    rereading: Rereading

    def do(self, asked: datetime | date | Reread) -> FetchReport | RereadReport:
        """What an event asks for (see flow/events.py). Raises as run, backfill and rereading do."""
        match asked:
            case Reread(reread_stale=day, estimate=True):
                return self.rereading.estimate(day)
            case Reread(reread_stale=day):
                return self.rereading.run(day)
            case datetime():
                return self.run(asked)
            case _:
                return self.backfill(asked)

    def run(self, now: datetime) -> FetchReport:
        """Make or complete the edition of the latest anchor at or before `now` (event time).

        Raises ArxivError when the API could not be read or no witness could, after what was read has joined, the
        failure was written to the edition, and lost work was swept.
        """
        day = self._open(edition_date(now))
        if warning := holidays_warning(day):
            logger.warning(warning)
        collected = self.collecting.probe(day, now)
        recent = self.collecting.rows.rows_between(day - self.collecting.look_back, day)
        measure_probe(recent, self.gate.state(), now)
        return self._finish(day, collected)

    def backfill(self, day: date) -> FetchReport:
        """Make or complete the edition of a past date from what arXiv lists for it.

        Raises ArxivError like run, and NotAnnounced for a date whose listing is still to come.
        """
        if calendar_day(day).listed_at > self.outbox.clock():
            raise NotAnnounced(f"arXiv has not listed {day} yet: its papers come with the day's own probes")
        return self._finish(self._open(day), self.collecting.backfill(day))

    def _open(self, day: date) -> date:
        logger.append_keys(edition_date=day.isoformat())
        self.editions.open(day, window_of(day))
        return day

    def _finish(self, day: date, collected: Collected) -> FetchReport:
        messages = self.outbox.sweep(day)
        logger.info("probe read", seen=collected.seen, joined=collected.joined, messages=messages)
        if collected.failure is not None:
            raise collected.failure
        return FetchReport(edition_date=day, seen=collected.seen, joined=collected.joined, messages=messages)
