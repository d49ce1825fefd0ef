"""What a reader sees of an edition: the one value that post, pages, JSON and command line are made from."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, Self

from arxiv_daily.editions.sources_view import SourceView, source_views
from arxiv_daily.editions.status import Counts, EditionStatus, status_of
from arxiv_daily.editions.status_text import status_text
from arxiv_daily.editions.sweep import is_unpaid
from arxiv_daily.editions.words import Words, words_of
from arxiv_daily.models import (
    CalendarDay,
    Checks,
    Digest,
    EditionFacts,
    Entry,
    Kind,
    ModelGate,
    Paper,
    PaperRef,
    PaperVersion,
    Seen,
    TextSource,
    Value,
    Window,
    WorkState,
)

_OPEN = ModelGate()
_DEFAULT_WORDS = words_of("zh-CN")


class PaperState(StrEnum):
    READY = "ready"
    PENDING = "pending"
    FAILED = "failed"
    HIDDEN = "hidden"


class PaperView(Value):
    """A paper as a reader sees it; `error` says why a failed one has no digest."""

    paper: Paper
    kind: Kind | None = None
    state: PaperState
    late: bool = False
    hidden_by: str | None = None
    withdrawn: str | None = None
    taken_down: str | None = None
    """Why the operator took its reading down; it counts as failed, with this as its reason."""
    digest: Digest | None = None
    error: str | None = None
    changed_at: datetime | None = None
    """When what readers see of it last changed; None while it waits to be read."""
    is_unpaid: bool = False
    """Whether it is to be read better once a day's budget allows it."""

    @cached_property
    def made(self) -> dict[Hashable, Any]:
        """What publishing made of it, for as long as it is this one."""
        return {}

    def __copy__(self) -> Self:
        """With nothing made of it: a copy is made to be changed."""
        copied = super().__copy__()
        copied.__dict__.pop("made", None)
        return copied

    @property
    def is_settled(self) -> bool:
        """Whether there is more to show than that it waits: it has a page of its own."""
        return self.state in {PaperState.READY, PaperState.FAILED}

    @property
    def source(self) -> TextSource:
        return self.digest.provenance.source if self.digest else TextSource.NONE

    @property
    def is_degraded(self) -> bool:
        """Whether it was read from its abstract alone."""
        return self.state is PaperState.READY and self.source is TextSource.ABSTRACT

    @property
    def checks(self) -> Checks:
        return self.digest.checks if self.digest else Checks()


class EditionView(Value):
    """An edition as a reader sees it; papers stand newest first."""

    date: date
    window: Window
    status: EditionStatus
    status_text: str
    counts: Counts
    hidden_by: dict[str, int]
    papers: tuple[PaperView, ...]
    unseen: tuple[Seen, ...]
    """Papers that a listing names and whose metadata is not visible yet: pending, and part of announced."""
    sources: tuple[SourceView, ...]
    settled_by: str | None
    gate: ModelGate
    """Whether Claude may be asked: while it is closed, pending papers wait for it."""
    rev: int
    """Sum of the revisions of all that was read to make it: it only grows as the edition changes."""

    @property
    def shown(self) -> tuple[PaperView, ...]:
        return tuple(paper for paper in self.papers if paper.state is not PaperState.HIDDEN)


_NONE: Mapping[PaperRef, PaperView] = MappingProxyType({})


def edition_view(  # noqa: PLR0917 - all that it is made of
    facts: EditionFacts,
    entries: Iterable[Entry],
    versions: Mapping[PaperRef, PaperVersion],
    unseen: Iterable[Seen],
    calendar: CalendarDay,
    gate: ModelGate = _OPEN,
    *,
    words: Words = _DEFAULT_WORDS,
    earlier: Mapping[PaperRef, PaperView] = _NONE,
) -> EditionView:
    """`words` are those of the site that shows it; `earlier`: papers whose version and entry are as they were.

    Raises KeyError when a version that an entry names is not among `versions`.
    """
    ordered = sorted(entries, key=lambda entry: (entry.published, entry.paper_id), reverse=True)
    papers = tuple(earlier.get(entry.ref) or version_view(versions[entry.ref], entry) for entry in ordered)
    joined = {entry.paper_id for entry in ordered}  # a run that was killed may have left its note behind
    waiting = tuple(
        sorted((seen for seen in unseen if seen.paper_id not in joined), key=lambda seen: seen.paper_id, reverse=True)
    )
    counts = _counts(papers, waiting)
    status = status_of(facts, counts, calendar)
    closed = gate.closed if any(paper.state is PaperState.PENDING for paper in papers) else None
    return EditionView(
        date=facts.date,
        window=facts.window,
        status=status,
        status_text=status_text(status, facts, counts, calendar, closed=closed, words=words),
        counts=counts,
        hidden_by=dict(Counter(paper.hidden_by for paper in papers if paper.hidden_by)),
        papers=papers,
        unseen=waiting,
        sources=source_views(facts, calendar),
        settled_by=facts.settled_by,
        gate=gate,
        rev=facts.rev + gate.rev + sum(1 + bool(entry.withdrawn) + versions[entry.ref].rev for entry in ordered),
    )


def version_view(version: PaperVersion, entry: Entry | None = None) -> PaperView:
    """A paper by itself, with its place in an edition if it has one."""
    reading = None if version.down else version.digest
    state = _state(version)
    seen = PaperView(
        paper=version.paper,
        state=state,
        taken_down=version.down.reason if version.down else None,
        digest=reading,
        error=version.work.error if state is PaperState.FAILED and not version.down else None,
        changed_at=_changed_at(version, entry),
        is_unpaid=is_unpaid(version),
    )
    return _placed(seen, entry) if entry else seen


def _placed(seen: PaperView, entry: Entry) -> PaperView:
    place = {"kind": entry.kind, "late": entry.late, "hidden_by": entry.hidden_by, "withdrawn": entry.withdrawn}
    return seen.model_copy(update={**place, "state": PaperState.HIDDEN if entry.hidden_by else seen.state})


def _changed_at(version: PaperVersion, entry: Entry | None) -> datetime | None:
    read = version.digest.provenance.generated_at if version.digest else None
    has_failed = version.work.state is WorkState.FAILED and not version.digest
    failed = (version.work.failed_since or version.work.ended_at) if has_failed else None
    taken_down = (version.taken_down.lifted_at or version.taken_down.at) if version.taken_down else None
    withdrawn = entry.withdrawn_at if entry else None
    settled = [moment for moment in (read, failed, taken_down) if moment]
    return max([*settled, withdrawn] if withdrawn else settled) if settled else None


def _state(version: PaperVersion) -> PaperState:
    if version.down:
        return PaperState.FAILED
    if version.digest:
        return PaperState.READY
    return PaperState.FAILED if version.work.state is WorkState.FAILED else PaperState.PENDING


def _counts(papers: tuple[PaperView, ...], unseen: tuple[Seen, ...]) -> Counts:
    kinds = Counter(paper.kind for paper in papers) + Counter(seen.kind for seen in unseen)
    states = Counter(paper.state for paper in papers)
    return Counts(
        announced=len(papers) + len(unseen),
        new=kinds[Kind.NEW],
        cross_listed=kinds[Kind.CROSS],
        replaced=kinds[Kind.REPLACE],
        shown=len(papers) - states[PaperState.HIDDEN] + len(unseen),
        hidden=states[PaperState.HIDDEN],
        ready=states[PaperState.READY],
        pending=states[PaperState.PENDING] + len(unseen),
        failed=states[PaperState.FAILED],
        degraded=sum(paper.is_degraded for paper in papers),
        late=sum(paper.late for paper in papers),
        withdrawn=sum(paper.withdrawn is not None for paper in papers),
        taken_down=sum(paper.taken_down is not None and paper.hidden_by is None for paper in papers),
    )
