"""Requests to Claude: answered once, paid for within the day's budget, sent while the gate is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from arxiv_daily.digests.cost import cost
from arxiv_daily.digests.errors import (
    ClaudeBusy,
    ClaudeClosed,
    ClaudeError,
    ClaudeFailed,
    ClaudeRefusedRequest,
    ClaudeUnavailable,
)
from arxiv_daily.digests.prompt import Request
from arxiv_daily.flow.spending import Spending
from arxiv_daily.models import BudgetDay, ModelGate, PaperRef, Reply
from arxiv_daily.observability import Figure, ReadingState, logger, measure
from arxiv_daily.store.before_asking import BeforeAsking, BeforeReading
from arxiv_daily.store.calls import Call
from arxiv_daily.store.model_gate import ModelGateStore

_RESERVE = timedelta(seconds=5)
"""Time kept after the call to Claude for writing what it answered."""
_LEAST_TIME = timedelta(seconds=20)
"""With less than this a request would be paid for and its answer missed."""
_NOT_BILLED = (ClaudeBusy, ClaudeClosed, ClaudeFailed, ClaudeRefusedRequest)


class Asks(Protocol):
    def ask(self, request: Request, timeout: float) -> Reply: ...


@dataclass(frozen=True)
class Asking:
    spending: Spending
    gate: ModelGateStore
    before: BeforeAsking
    claude: Callable[[], Asks]
    """Called when there is a request to send: importing the client takes a second."""
    clock: Callable[[], datetime]

    def look(self, ref: PaperRef) -> BeforeReading:
        """A paper, and whether it may be asked about. Raises KeyError when the version is not stored."""
        return self.before.paper_gate_and_budget(ref, self.spending.today())

    def refuse_closed(self, gate: ModelGate) -> None:
        """Raises ClaudeBusy, with the reason for readers, while nobody may ask."""
        now = self.clock()
        if gate.closed is not None and gate.until is not None and gate.until > now:
            raise ClaudeBusy(gate.closed, (gate.until - now).total_seconds())

    def answer(self, ref: PaperRef, deadline: datetime, seen: BudgetDay, request: Request) -> Reply:
        """The stored answer, or Claude's, which is stored before anybody looks at it; `seen` is the budget of look.

        Raises OverBudget, ClaudeUnavailable, ClaudeBusy while the gate is closed, and what asking raises.
        """
        stored, gate = self.before.reply_and_gate(ref.paper_id, request.hash)
        if stored is not None:
            return stored
        timeout = deadline - self.clock() - _RESERVE
        if timeout < _LEAST_TIME:
            raise ClaudeUnavailable("本次运行剩余的时间不足以询问模型")
        claude = self._connected()
        call = self.spending.reserve(ref, request, seen)
        try:
            gate = self.gate.enter(gate, self.clock())
            self.refuse_closed(gate)
            reply = claude.ask(request, timeout.total_seconds())
        except _NOT_BILLED as refused:
            self._note(request, refused)
            self.spending.calls.release(call)
            raise
        self._keep(call, request, reply)
        if gate.closed and self.gate.open():
            logger.info("Claude answers again")
            measure({Figure.READING_STATE: ReadingState.READS})
        return reply

    def _connected(self) -> Asks:
        """Raises ClaudeClosed when there is no key."""
        try:
            return self.claude()
        except ClaudeClosed as closed:
            self._close(closed)
            raise

    def _keep(self, call: Call, request: Request, reply: Reply) -> None:
        """Store an answer and what it cost; one that does not say its tokens cost what was held for it."""
        is_counted = reply.usage.input_tokens > 0
        price = cost(request.model, reply.usage) if is_counted else call.hold.amount
        self.spending.keep(call, reply, price)
        measure(
            {Figure.TOKENS: reply.usage.input_tokens + reply.usage.output_tokens, Figure.DOLLARS: price / 1_000_000}
        )

    def _note(self, request: Request, refused: ClaudeError) -> None:
        """What the first model refuses concerns every paper; another one is asked for few."""
        if isinstance(refused, ClaudeClosed) and request.model == self.spending.model:
            self._close(refused)

    def _close(self, closed: ClaudeClosed) -> None:
        if self.gate.close(str(closed), self.clock()):
            logger.error("Claude is closed to all papers", reason=str(closed))
            measure({Figure.READING_STATE: ReadingState.CLAUDE_CLOSED})
