"""Requests to Claude as they are paid for: answered once, within the day's budget, while the gate is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from arxiv_daily.digests.cost import USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS, ceiling, cost, expected
from arxiv_daily.digests.errors import ClaudeBusy, ClaudeClosed, ClaudeRefusedRequest, ClaudeUnavailable, OverBudget
from arxiv_daily.digests.prompt import Request
from arxiv_daily.editions.window import budget_day
from arxiv_daily.models import PaperRef, Reply
from arxiv_daily.observability import count, logger
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily.store.calls import Call, CallStore
from arxiv_daily.store.model_gate import ModelGateStore

_RESERVE = timedelta(seconds=5)
"""Time kept after the call to Claude for writing what it answered."""
_LEAST_TIME = timedelta(seconds=20)
"""With less than this a request would be paid for and its answer missed."""
_ABSTRACT_CHARACTERS, _ABSTRACT_OUTPUT_TOKENS = 8_000, 1_500
"""What a request about an abstract alone usually takes, the prompt's own words included."""


class Asks(Protocol):
    def ask(self, request: Request, timeout: float) -> Reply: ...


@dataclass(frozen=True)
class Asking:
    calls: CallStore
    budget: BudgetStore
    gate: ModelGateStore
    claude: Callable[[], Asks]
    """Called when there is a request to send: importing the client takes a second."""
    daily_budget: int
    """In micro-dollars; a day is one of Asia/Shanghai, by machine time."""
    clock: Callable[[], datetime]

    def pass_gate(self) -> None:
        """Raises ClaudeBusy, with the reason for readers, while nobody may ask."""
        gate = self.gate.enter(self.clock())
        if gate.closed is not None and gate.until is not None:
            raise ClaudeBusy(gate.closed, (gate.until - self.clock()).total_seconds())

    def can_read_full(self, model: str) -> bool:
        """Whether a usual full paper fits today, and the rest still covers the abstracts of all that wait."""
        day = self.budget.state(budget_day(self.clock()))
        rest = self.daily_budget - day.committed - expected(model, USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS)
        return rest >= max(0, day.waiting - 1) * expected(model, _ABSTRACT_CHARACTERS, _ABSTRACT_OUTPUT_TOKENS)

    def answer(self, paper_id: str, deadline: datetime, request: Request) -> Reply:
        """The stored answer, or Claude's, which is stored before anybody looks at it.

        Raises OverBudget, ClaudeUnavailable, and what asking raises; ClaudeClosed closes the gate for all papers.
        """
        stored = self.calls.reply(paper_id, request.hash)
        if stored is not None:
            return stored
        timeout = deadline - self.clock() - _RESERVE
        if timeout < _LEAST_TIME:
            raise ClaudeUnavailable("本次运行剩余的时间不足以询问模型")
        claude = self._connected()
        call = self._reserved(paper_id, request)
        try:
            reply = claude.ask(request, timeout.total_seconds())
        except (ClaudeBusy, ClaudeClosed, ClaudeRefusedRequest) as refused:
            self.calls.release(call)  # nothing was answered, so nothing is billed
            self._note(refused)
            raise
        self.calls.answer(call, reply, cost(request.model, reply.usage), self.clock())
        self._note(None)
        return reply

    def stops_waiting(self, ref: PaperRef) -> None:
        """The paper needs no more of today's budget."""
        self.budget.done(budget_day(self.clock()), ref)

    def _connected(self) -> Asks:
        """Raises ClaudeClosed when there is no key."""
        try:
            return self.claude()
        except ClaudeClosed as closed:
            self._note(closed)
            raise

    def _reserved(self, paper_id: str, request: Request) -> Call:
        """Raises OverBudget."""
        day, amount = budget_day(self.clock()), ceiling(request)
        call = self.calls.reserve(paper_id, request.hash, Reservation(day, amount, self.daily_budget))
        if call is None:
            state = self.budget.state(day)
            raise OverBudget(may_fit_soon=state.spent + amount <= self.daily_budget)
        return call

    def _note(self, refused: Exception | None) -> None:
        """Close the gate for all papers when asking cannot help, open it when Claude answered as usual."""
        if not isinstance(refused, ClaudeClosed):
            if self.gate.open():
                logger.info("Claude answers again")
                count("ClaudeClosed", 0)
        elif self.gate.close(str(refused), self.clock()):
            logger.error("Claude is closed to all papers", reason=str(refused))
            count("ClaudeClosed", 1)
