"""Reading one paper, for the queue and for on-demand alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from arxiv_daily.digests import work as states
from arxiv_daily.digests.digest import Style, make_digest
from arxiv_daily.digests.errors import (
    ClaudeBusy,
    ClaudeClosed,
    ClaudeError,
    ClaudeRefusedRequest,
    ClaudeUnavailable,
    NoDigest,
    OverBudget,
)
from arxiv_daily.editions.sweep import is_of_abstract
from arxiv_daily.flow.asking import Asking
from arxiv_daily.models import Digest, FullText, Paper, PaperRef, PaperVersion, TextSource, Value, Work, WorkState
from arxiv_daily.observability import Figure, ReadingState, logger, measure
from arxiv_daily.sources.errors import ArxivBusy, ArxivUnavailable
from arxiv_daily.store.before_asking import BeforeReading
from arxiv_daily.store.clock import LEASE_MARGIN
from arxiv_daily.store.papers import PaperStore

_PATIENCE = 6
"""How often in a row a paper waits for a better answer where it could be shown with what there is."""
_NO_BUDGET = "今日预算已用完，未能翻译和解读；预算恢复后自动补上"
_ABSTRACT_FOR_BUDGET = "今日预算不足以读全文，仅据摘要解读；预算恢复后自动补读"


class ReadsTexts(Protocol):
    def read(self, paper: Paper) -> FullText: ...


class Outcome(Value):
    """A version after a worker had its turn; `come_back_at` when it is to be looked at again."""

    version: PaperVersion
    come_back_at: datetime | None = None


@dataclass(frozen=True)
class Summarize:
    papers: PaperStore
    texts: ReadsTexts
    asking: Asking
    style: Style
    clock: Callable[[], datetime]

    def run(self, ref: PaperRef, owner: str, deadline: datetime, trace: str | None = None) -> Outcome:
        """Bring a stored version nearer to its digest before `deadline` (machine time).

        `trace` is kept with what comes of it. Raises KeyError when the version is not stored, Contended when others
        keep writing it.
        """
        logger.append_keys(paper=str(ref))
        before = self.asking.look(ref)
        turn, version = self._take(before.version, owner, deadline + LEASE_MARGIN)
        match turn:
            case states.Wait(until=until):
                return Outcome(version=version, come_back_at=until)
            case states.Taken():
                try:
                    change = self._work(before._replace(version=version), turn, deadline)
                    return self._settle(version, owner, change, trace)
                finally:
                    self.asking.spending.settle()
            case _:
                self.asking.spending.stops_waiting(ref)
                return Outcome(version=version)

    def _take(self, seen: PaperVersion, owner: str, lease_until: datetime) -> tuple[states.Turn, PaperVersion]:
        turns: list[states.Turn] = []

        def change(version: PaperVersion) -> PaperVersion:
            turn = states.take(version.work, owner, self.clock(), lease_until)
            turns.append(turn)
            if isinstance(turn, states.Taken | states.Spent):
                return version.model_copy(update={"work": turn.work})
            return version

        version = self.papers.change(seen.paper.ref, change, last_seen=seen)
        return turns[-1], version

    def _work(self, before: BeforeReading, turn: states.Taken, deadline: datetime) -> "_Change":
        """Read the paper; what then becomes of its work, and its digest if there is one."""
        try:
            digest = self._digest(before, turn, deadline)
        except (ArxivBusy, ClaudeBusy) as busy:
            reason = "等待轮到向 arXiv 取全文" if isinstance(busy, ArxivBusy) else str(busy)
            return self._waiting(turn, timedelta(seconds=busy.retry_after), reason)
        except ClaudeClosed as closed:
            return self._waiting(turn, timedelta(), str(closed))
        except (ArxivUnavailable, ClaudeUnavailable) as failure:
            logger.warning("a try failed", exc_info=True)
            reason = "暂时无法从 arXiv 取得全文" if isinstance(failure, ArxivUnavailable) else str(failure)
            return _Change(states.retried(turn.work, self.clock(), reason))
        except OverBudget as over:
            return self._over_budget(turn, over)
        except (ClaudeRefusedRequest, NoDigest) as failure:
            logger.warning("no digest", exc_info=True)
            return _Change(states.failed(turn.work, self.clock(), str(failure)))
        return _Change(states.done(turn.work, self.clock()), digest)

    def _over_budget(self, turn: states.Taken, over: OverBudget) -> "_Change":
        if not _may_wait(turn, over):
            _tell_budget_reached()
            return _Change(states.failed(turn.work, self.clock(), _NO_BUDGET, for_budget=True))
        reason = "等待今日预算中在用的部分结算"
        return _Change(states.waiting(turn.work, self.clock(), timedelta(), reason, for_budget=True))

    def _waiting(self, turn: states.Taken, asked: timedelta, reason: str) -> "_Change":
        return _Change(states.waiting(turn.work, self.clock(), asked, reason))

    def _digest(self, before: BeforeReading, turn: states.Taken, deadline: datetime) -> Digest:
        """Of the full paper if that can be paid for, else of the abstract, unless there is a better one already."""
        version, gate, day = before
        self.asking.refuse_closed(gate)
        answer = partial(self.asking.answer, version.paper.ref, deadline, day)
        make = partial(
            make_digest,
            version.paper,
            style=self.style,
            answer=answer,
            now=self.clock(),
            may_wait=partial(_may_wait, turn),
        )
        try:
            self.asking.spending.refuse_full(day)
            text = self._text(version.paper, turn)
            if text.source is TextSource.ABSTRACT and version.digest and not is_of_abstract(version.digest):
                return version.digest
            return self._made(make, version.paper, text)
        except OverBudget as over:
            if _may_wait(turn, over):
                raise
            if version.digest:
                return version.digest
            _tell_budget_reached()
            digest = make(_abstract(version.paper, _ABSTRACT_FOR_BUDGET))
            provenance = digest.provenance.model_copy(update={"for_budget": True})
            return digest.model_copy(update={"provenance": provenance})

    def _made(self, make: Callable[[FullText], Digest], paper: Paper, text: FullText) -> Digest:
        try:
            return make(text)
        except NoDigest:
            if text.source is not TextSource.PDF_NATIVE:
                raise
            return make(_abstract(paper, "模型未能读取这份没有文字层的 PDF，仅据摘要解读"))

    def _text(self, paper: Paper, turn: states.Taken) -> FullText:
        try:
            return self.texts.read(paper)
        except ArxivBusy:
            raise
        except ArxivUnavailable:
            if not turn.is_last_attempt:
                raise
            return _abstract(paper, "多次未能从 arXiv 取得全文，仅据摘要解读")

    def _settle(self, taken: PaperVersion, owner: str, change: "_Change", trace: str | None) -> Outcome:
        """Write what came of the work, unless the lease ran out and the paper is another worker's now."""
        ref = taken.paper.ref

        def apply(version: PaperVersion) -> PaperVersion:
            if version.work.owner != owner:
                return version
            work = change.work.model_copy(update={"trace": trace})
            return version.model_copy(update={"work": work, "digest": _better(version.digest, change.digest)})

        version = self.papers.change(ref, apply, last_seen=taken)
        if version.work.state in {WorkState.DONE, WorkState.FAILED}:
            self.asking.spending.stops_waiting(ref)
        logger.info("paper worked on", state=version.work.state, reason=version.work.error)
        return Outcome(version=version, come_back_at=version.work.not_before)


@dataclass(frozen=True)
class _Change:
    work: Work
    digest: Digest | None = None


def _tell_budget_reached() -> None:
    logger.warning("the day's budget is used up for full papers")
    measure({Figure.READING_STATE: ReadingState.BUDGET_REACHED})


def _may_wait(turn: states.Taken, late: ClaudeError) -> bool:
    """Whether to come back for an answer that is late, where something could be shown without it."""
    match late:
        case OverBudget():
            return late.may_fit_soon and turn.work.budget_waits < _PATIENCE
        case ClaudeBusy():
            return turn.work.waits < _PATIENCE
        case _:
            return not turn.is_last_attempt


def _abstract(paper: Paper, note: str) -> FullText:
    return FullText(text=paper.abstract, source=TextSource.ABSTRACT, note=note)


def _better(old: Digest | None, new: Digest | None) -> Digest | None:
    """What is kept of two digests: a reading of the full paper, and the one that readers know where nothing changed."""
    if old is None or new is None:
        return new or old
    if is_of_abstract(new) and not is_of_abstract(old):
        return old
    return old if _contents(old) == _contents(new) else new


def _contents(digest: Digest) -> dict[str, object]:
    return digest.model_dump(exclude={"provenance": {"generated_at", "usage", "cost"}})
