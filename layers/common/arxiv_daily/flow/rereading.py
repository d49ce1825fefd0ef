"""Reading again what an older prompt wrote, an edition at a time, after a look at what it would cost."""

from dataclasses import dataclass
from datetime import date

from arxiv_daily.digests.cost import cost
from arxiv_daily.digests.prompt import is_stale
from arxiv_daily.editions.sweep import afresh
from arxiv_daily.flow.outbox import Outbox
from arxiv_daily.models import PaperMessage, PaperVersion, Value, WorkState


class RereadReport(Value):
    """What an older prompt wrote in an edition, and what was done about it."""

    edition_date: date
    stale: int
    """Papers whose digest an older prompt wrote; withdrawn ones are not among them, their reading is frozen."""
    expected_cost: int
    """Of reading them again, in micro-dollars: at the tokens that they took, and the price of the first model."""
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
        messages = [
            PaperMessage(paper_id=version.paper.paper_id, version=version.paper.version, edition_date=day)
            for version in stale
        ]
        for version in stale:
            self.outbox.papers.change(version.paper.ref, lambda now: afresh(now) if _is_stale(now) else now)
        return self._report(day, stale).model_copy(update={"messages": self.outbox.send(messages)})

    def _stale(self, day: date) -> list[PaperVersion]:
        entries = self.outbox.editions.entries(day)
        shown = [entry.ref for entry in entries if entry.hidden_by is None and entry.withdrawn is None]
        stale = filter(_is_stale, self.outbox.papers.versions(shown).values())
        return sorted(stale, key=lambda version: str(version.paper.ref))

    def _report(self, day: date, stale: list[PaperVersion]) -> RereadReport:
        usages = [version.digest.provenance.usage for version in stale if version.digest]
        return RereadReport(
            edition_date=day, stale=len(stale), expected_cost=sum(cost(self.model, usage) for usage in usages)
        )


def _is_stale(version: PaperVersion) -> bool:
    """Whether an older prompt wrote the digest, and nobody is at it already."""
    ended = version.work.state in {WorkState.DONE, WorkState.FAILED}
    return ended and version.digest is not None and is_stale(version.digest.provenance.prompt_version)
