"""Reading one paper, for the queue and for on-demand alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from arxiv_daily.digests import work as states
from arxiv_daily.digests.digest import make_digest
from arxiv_daily.digests.errors import (
    ClaudeBusy,
    ClaudeClosed,
    ClaudeRefusedRequest,
    ClaudeUnavailable,
    NoDigest,
)
from arxiv_daily.digests.prompt import Request
from arxiv_daily.models import (
    Digest,
    FullText,
    Paper,
    PaperRef,
    PaperVersion,
    Reply,
    TextSource,
    Value,
    Work,
)
from arxiv_daily.observability import logger
from arxiv_daily.sources.errors import ArxivBusy, ArxivUnavailable
from arxiv_daily.store.calls import CallStore
from arxiv_daily.store.papers import PaperStore

LEASE_MARGIN = timedelta(seconds=5)
"""A lease outlives its function's time by this much: whoever takes the paper then meets no live worker."""
_RESERVE = timedelta(seconds=5)
"""Time kept after the call to Claude for writing what it answered."""
_LEAST_TIME = timedelta(seconds=20)
"""With less than this a request would be paid for and its answer missed."""


class Asks(Protocol):
    def ask(self, request: Request, timeout: float) -> Reply: ...


class ReadsTexts(Protocol):
    def read(self, paper: Paper) -> FullText: ...


class Outcome(Value):
    """A version after a worker had its turn; `come_back_at` when it is to be looked at again."""

    version: PaperVersion
    come_back_at: datetime | None = None


@dataclass(frozen=True)
class Summarize:
    papers: PaperStore
    calls: CallStore
    texts: ReadsTexts
    claude: Callable[[], Asks]
    """Called when there is a request to send: importing the client takes a second."""
    model: str
    clock: Callable[[], datetime]

    def run(self, ref: PaperRef, owner: str, deadline: datetime) -> Outcome:
        """Bring a stored version nearer to its digest before `deadline` (machine time).

        Raises KeyError when the version is not stored, Contended when others keep writing it.
        """
        logger.append_keys(paper_id=ref.paper_id, version=ref.version)
        turn, version = self._take(ref, owner, deadline + LEASE_MARGIN)
        match turn:
            case states.Wait(until=until):
                return Outcome(version=version, come_back_at=until)
            case states.Taken():
                return self._settle(ref, owner, self._work(version.paper, turn, deadline))
            case _:
                return Outcome(version=version)

    def _take(self, ref: PaperRef, owner: str, lease_until: datetime) -> tuple[states.Turn, PaperVersion]:
        turns: list[states.Turn] = []

        def change(version: PaperVersion) -> PaperVersion:
            turn = states.take(version.work, owner, self.clock(), lease_until)
            turns.append(turn)
            if isinstance(turn, states.Taken | states.Spent):
                return version.model_copy(update={"work": turn.work})
            return version

        version = self.papers.change(ref, change)
        return turns[-1], version

    def _work(self, paper: Paper, turn: states.Taken, deadline: datetime) -> "_Change":
        """Read the paper; what then becomes of its work, and its digest if there is one."""
        try:
            digest = self._digest(paper, turn, deadline)
        except ClaudeBusy as busy:
            asked = timedelta(seconds=busy.retry_after)
            return _Change(states.waiting(turn.work, self.clock(), asked, str(busy)))
        except ArxivBusy as busy:
            asked = timedelta(seconds=busy.retry_after)
            return _Change(states.waiting(turn.work, self.clock(), asked, "等待轮到向 arXiv 取全文"))
        except ArxivUnavailable:
            logger.warning("arXiv failed", exc_info=True)
            return _Change(states.retried(turn.work, self.clock(), "暂时无法从 arXiv 取得全文"))
        except (ClaudeUnavailable, ClaudeClosed) as failure:
            logger.warning("Claude failed", exc_info=True)
            return _Change(states.retried(turn.work, self.clock(), str(failure)))
        except (ClaudeRefusedRequest, NoDigest) as failure:
            logger.warning("no digest", exc_info=True)
            return _Change(states.failed(turn.work, self.clock(), str(failure)))
        return _Change(states.done(turn.work, self.clock()), digest)

    def _digest(self, paper: Paper, turn: states.Taken, deadline: datetime) -> Digest:
        try:
            text = self.texts.read(paper)
        except ArxivBusy:
            raise
        except ArxivUnavailable:
            if not turn.is_last_attempt:
                raise
            text = FullText(
                text=paper.abstract,
                source=TextSource.ABSTRACT,
                note="多次未能从 arXiv 取得全文，仅据摘要解读",
            )
        answer = partial(self._answer, paper.paper_id, deadline)
        return make_digest(paper, text, self.model, answer, self.clock())

    def _answer(self, paper_id: str, deadline: datetime, request: Request) -> Reply:
        """The stored answer, or Claude's, which is stored before anybody looks at it."""
        stored = self.calls.reply(paper_id, request.hash)
        if stored is not None:
            return stored
        timeout = deadline - self.clock() - _RESERVE
        if timeout < _LEAST_TIME:
            raise ClaudeUnavailable("本次运行剩余的时间不足以询问模型")
        claude = self.claude()
        self.calls.reserve(paper_id, request.hash, self.clock())
        reply = claude.ask(request, timeout.total_seconds())
        self.calls.answer(paper_id, request.hash, reply, self.clock())
        return reply

    def _settle(self, ref: PaperRef, owner: str, change: "_Change") -> Outcome:
        """Write what came of the work, unless the lease ran out and the paper is another worker's now."""

        def apply(version: PaperVersion) -> PaperVersion:
            if version.work.owner != owner:
                return version
            return version.model_copy(update={"work": change.work, "digest": change.digest or version.digest})

        version = self.papers.change(ref, apply)
        logger.info("paper worked on", state=version.work.state, reason=version.work.error)
        return Outcome(version=version, come_back_at=version.work.not_before)


@dataclass(frozen=True)
class _Change:
    work: Work
    digest: Digest | None = None
