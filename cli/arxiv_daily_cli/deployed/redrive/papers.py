"""Papers queued again: those that dead letters name, and those that a person names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pydantic import ValidationError

from arxiv_daily.editions.sweep import afresh, is_repairable
from arxiv_daily.flow import queue
from arxiv_daily.flow.outbox import NotSent, Outbox, message_of
from arxiv_daily.models import Entry, PaperMessage, PaperRef, PaperVersion, WorkState
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed.dead_letters import Letter, queue_of
from arxiv_daily_cli.deployed.redrive.outcome import Deed, Outcome
from arxiv_daily_cli.deployed.stack import DeployedStack

_QUEUE = "papers"


def redrive_letters(stack: DeployedStack, *, discard: bool) -> list[Outcome]:
    """Each dead letter's paper is queued again; a letter is deleted only after that.

    One that names no paper of this stack stays, unless it is to be discarded.
    """
    dead, again = queue_of(stack, _QUEUE), _Again(outbox_of(stack))
    return [_redriven(letter, again, discard=discard) for letter in dead.letters()] if dead else []


def requeue(stack: DeployedStack, refs: Sequence[PaperRef]) -> list[Outcome]:
    """Queue papers again; one that failed, or of which the abstract alone was read, as if it were new."""
    again = _Again(outbox_of(stack))
    return [again.paper(ref) for ref in refs]


def outbox_of(stack: DeployedStack) -> Outbox:
    """The same that fetch sends messages with."""
    table = stack.table
    return Outbox(
        editions=EditionStore(table),
        papers=PaperStore(table),
        rows=SiteStore(table),
        budget=BudgetStore(table),
        queue=queue.connect(stack.outputs["PapersQueueUrl"]),
        clock=lambda: datetime.now(UTC),
        spacing=timedelta(seconds=float(stack.parameters["ArxivRequestIntervalSeconds"])),
    )


def _redriven(letter: Letter, again: "_Again", *, discard: bool) -> Outcome:
    try:
        message = PaperMessage.model_validate_json(letter.body)
        found = again.paper(PaperRef(paper_id=message.paper_id, version=message.version))
    except ValidationError:
        found = Outcome(queue=_QUEUE, about=letter.body, deed=Deed.LEFT, said="names no paper")
    found = found.model_copy(update={"message_id": letter.message_id})
    if found.deed is not Deed.LEFT:
        letter.delete()
    elif discard:
        letter.delete()
        return found.model_copy(update={"deed": Deed.DISCARDED})
    else:
        letter.leave()
    return found


@dataclass(frozen=True)
class _Again:
    outbox: Outbox

    def paper(self, ref: PaperRef) -> Outcome:
        """Its newest version that an edition shows where none is named, else the newest that was stored."""
        stored = [
            version
            for version in self.outbox.papers.all_versions(ref.paper_id)
            if ref.version in {None, version.paper.version}
        ]
        if not stored:
            said = f"this stack does not know it; arxiv-daily paper {ref} reads it"
            return Outcome(queue=_QUEUE, about=str(ref), deed=Deed.LEFT, said=said)
        placed = [(version, self.outbox.papers.edition_of(version.paper.ref)) for version in stored]
        version, day = max(placed, key=lambda one: (one[1] is not None, one[0].paper.version))
        return self._version(version, day)

    def _version(self, version: PaperVersion, day: date | None) -> Outcome:
        ref = version.paper.ref
        entry = self.outbox.editions.entry(day, ref.paper_id) if day else None
        if settled := _nothing_to_do(version, entry, self.outbox.clock()):
            return Outcome(queue=_QUEUE, about=str(ref), deed=Deed.DROPPED, said=settled)
        self.outbox.papers.change(ref, lambda now: afresh(now) if is_repairable(now) else now)
        try:
            self.outbox.send([message_of(version, day)])
        except NotSent as refused:
            return Outcome(queue=_QUEUE, about=str(ref), deed=Deed.LEFT, said=str(refused))
        where = f"the edition of {day}" if day else "no edition: it was asked for on demand"
        return Outcome(queue=_QUEUE, about=str(ref), deed=Deed.QUEUED, said=f"queued again, for {where}")


def _nothing_to_do(version: PaperVersion, entry: Entry | None, now: datetime) -> str | None:
    """Why a paper is not to be read; None when it is."""
    work = version.work
    if entry and entry.hidden_by:
        return f"is hidden ({entry.hidden_by}), and not read"
    if entry and entry.withdrawn is not None:
        return "was withdrawn: its reading stays as it is"
    if work.state is WorkState.WORKING and work.lease_until and work.lease_until > now:
        return "a worker is reading it"
    if work.state is WorkState.DONE and not is_repairable(version):
        return "has been read"
    return None
