"""What a reader sees of an edition: the one value that post, pages, JSON and command line are made from."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from arxiv_daily.models import (
    Digest,
    EditionFacts,
    Entry,
    Kind,
    Paper,
    PaperRef,
    PaperVersion,
    TextSource,
    Value,
    Window,
    WorkState,
)


class PaperState(StrEnum):
    READY = "ready"
    PENDING = "pending"
    FAILED = "failed"
    HIDDEN = "hidden"


class EditionStatus(StrEnum):
    FILLING = "filling"
    COMPLETE = "complete"
    WAITING = "waiting"
    QUIET = "quiet"
    STALLED = "stalled"


class PaperView(Value):
    """A paper as a reader sees it; `error` says why a failed one has no digest."""

    paper: Paper
    kind: Kind | None = None
    state: PaperState
    late: bool = False
    hidden_by: str | None = None
    digest: Digest | None = None
    error: str | None = None

    @property
    def is_settled(self) -> bool:
        """Whether there is more to show than that it waits: it has a page of its own."""
        return self.state in {PaperState.READY, PaperState.FAILED}

    @property
    def source(self) -> TextSource:
        return self.digest.provenance.source if self.digest else TextSource.NONE


class Counts(Value):
    """announced = new + cross_listed + replaced = shown + hidden; shown = ready + pending + failed."""

    announced: int
    new: int
    cross_listed: int
    replaced: int
    shown: int
    hidden: int
    ready: int
    pending: int
    failed: int
    degraded: int
    late: int
    withdrawn: int


class EditionView(Value):
    """An edition as a reader sees it; papers stand newest first."""

    date: date
    window: Window
    status: EditionStatus
    status_text: str
    counts: Counts
    hidden_by: dict[str, int]
    papers: tuple[PaperView, ...]
    rev: int
    """Sum of the revisions of all that was read to make it: it only grows as the edition changes."""

    @property
    def shown(self) -> tuple[PaperView, ...]:
        return tuple(paper for paper in self.papers if paper.state is not PaperState.HIDDEN)


def edition_view(
    facts: EditionFacts, entries: Iterable[Entry], versions: Mapping[PaperRef, PaperVersion]
) -> EditionView:
    """Raises KeyError when a version that an entry names is not among `versions`."""
    ordered = sorted(entries, key=lambda entry: (entry.published, entry.paper_id), reverse=True)
    papers = tuple(_entry_view(entry, versions[entry.ref]) for entry in ordered)
    counts = _counts(papers)
    status = _status(facts, counts)
    return EditionView(
        date=facts.date,
        window=facts.window,
        status=status,
        status_text=_status_text(status, counts),
        counts=counts,
        hidden_by=dict(Counter(paper.hidden_by for paper in papers if paper.hidden_by)),
        papers=papers,
        rev=facts.rev + sum(1 + versions[entry.ref].rev for entry in ordered),
    )


def version_view(version: PaperVersion) -> PaperView:
    """A paper by itself, outside any edition."""
    return PaperView(
        paper=version.paper,
        state=_state(version),
        digest=version.digest,
        error=version.work.error if version.work.state is WorkState.FAILED else None,
    )


def _entry_view(entry: Entry, version: PaperVersion) -> PaperView:
    seen = version_view(version)
    state = PaperState.HIDDEN if entry.hidden_by else seen.state
    return seen.model_copy(
        update={"kind": entry.kind, "late": entry.late, "hidden_by": entry.hidden_by, "state": state}
    )


def _state(version: PaperVersion) -> PaperState:
    if version.digest:
        return PaperState.READY
    return PaperState.FAILED if version.work.state is WorkState.FAILED else PaperState.PENDING


def _counts(papers: tuple[PaperView, ...]) -> Counts:
    kinds = Counter(paper.kind for paper in papers)
    states = Counter(paper.state for paper in papers)
    return Counts(
        announced=len(papers),
        new=kinds[Kind.NEW],
        cross_listed=kinds[Kind.CROSS],
        replaced=kinds[Kind.REPLACE],
        shown=len(papers) - states[PaperState.HIDDEN],
        hidden=states[PaperState.HIDDEN],
        ready=states[PaperState.READY],
        pending=states[PaperState.PENDING],
        failed=states[PaperState.FAILED],
        degraded=sum(paper.state is PaperState.READY and paper.source is TextSource.ABSTRACT for paper in papers),
        late=sum(paper.late for paper in papers),
        withdrawn=0,
    )


def _status(facts: EditionFacts, counts: Counts) -> EditionStatus:
    if counts.announced:
        return EditionStatus.FILLING if counts.pending else EditionStatus.COMPLETE
    if any(probe.error is None for probe in facts.probes):
        return EditionStatus.QUIET
    return EditionStatus.STALLED if facts.probes else EditionStatus.WAITING


def _status_text(status: EditionStatus, counts: Counts) -> str:
    match status:
        case EditionStatus.FILLING:
            return f"共 {counts.shown} 篇，其中 {counts.pending} 篇正在解读，完成后自动补上。"
        case EditionStatus.COMPLETE if counts.failed:
            return f"本期已完成：{counts.ready} 篇已解读，{counts.failed} 篇未能解读（仅列摘要与原因）。"
        case EditionStatus.COMPLETE:
            return f"本期已完成：{counts.ready} 篇均已解读。"
        case EditionStatus.QUIET:
            return "已查询 arXiv：这些类别在本窗口内没有可见的新论文。"
        case EditionStatus.STALLED:
            return "暂时无法读取 arXiv，本期是否有论文尚不可知；稍后会自动重试。"
        case EditionStatus.WAITING:
            return "本期尚未查询 arXiv。"
