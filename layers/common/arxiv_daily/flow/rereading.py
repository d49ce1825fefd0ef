"""Reading again what an older prompt wrote, an edition at a time, after a look at what it would cost."""

from dataclasses import dataclass
from datetime import date, datetime

from arxiv_daily.digests.cost import cost
from arxiv_daily.digests.prompt import is_stale
from arxiv_daily.editions.sweep import afresh, needs_message
from arxiv_daily.flow.outbox import Outbox, message_of
from arxiv_daily.models import PaperVersion, Value, WorkState


class RereadReport(Value):
    """What an older prompt wrote in an edition, and what was done about it."""

    edition_date: date
    stale: int
    """Papers whose digest an older prompt wrote; withdrawn ones are not among them, their reading is frozen."""
    expected_cost: int
    """Of reading them again, in micro-dollars: what they cost the last time."""
    messages: int = 0


@dataclass(frozen=True)
class Rereading:
    outbox: Outbox
    model: str

    def estimate(self, day: date) -> RereadReport:
        return self._report(day, self._stale(day))

    def run(self, day: date) -> RereadReport:
        """Queue them; each keeps the digest that it has until the new one is there. Raises NotSent."""
        stale = self._stale(day)
        messages = [message_of(version, day) for version in stale]
        for version in stale:
            self.outbox.papers.change(version.paper.ref, lambda now: afresh(now) if _is_stale(now) else now)
        return self._report(day, stale).model_copy(update={"messages": self.outbox.send(messages)})

    def _stale(self, day: date) -> list[PaperVersion]:
        entries = self.outbox.editions.entries(day)
        shown = [entry.ref for entry in entries if entry.hidden_by is None and entry.withdrawn is None]
        versions, now = self.outbox.papers.versions(shown).values(), self.outbox.clock()
        stale = [version for version in versions if _is_stale(version) and (_ended(version) or _is_lost(version, now))]
        return sorted(stale, key=lambda version: str(version.paper.ref))

    def _report(self, day: date, stale: list[PaperVersion]) -> RereadReport:
        return RereadReport(edition_date=day, stale=len(stale), expected_cost=sum(map(self._cost, stale)))

    def _cost(self, version: PaperVersion) -> int:
        """What it cost; a digest that does not say is priced by its tokens."""
        if version.digest is None:
            return 0
        return version.digest.provenance.cost or cost(self.model, version.digest.provenance.usage)


def _is_stale(version: PaperVersion) -> bool:
    """One that was taken down is shown to nobody, whatever it would say."""
    return not version.down and version.digest is not None and is_stale(version.digest.provenance.prompt_version)


def _ended(version: PaperVersion) -> bool:
    return version.work.state in {WorkState.DONE, WorkState.FAILED}


def _is_lost(version: PaperVersion, now: datetime) -> bool:
    """Whether it was queued and its message was never sent, or lost: a run may have been killed in between."""
    return needs_message(version.work, now)
