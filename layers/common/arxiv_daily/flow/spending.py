"""What may be spent on a request: the day's budget, and the abstracts of all that wait before anything dearer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from arxiv_daily.digests.cost import USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS, ceiling, expected
from arxiv_daily.digests.errors import OverBudget
from arxiv_daily.digests.prompt import Request
from arxiv_daily.editions.window import budget_day
from arxiv_daily.models import BudgetDay, PaperRef, Reply, Usage
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily.store.calls import Call, CallStore

_ABSTRACT_CHARACTERS, _ABSTRACT_OUTPUT_TOKENS = 8_000, 1_500
"""What a request about an abstract alone usually takes, the prompt's own words included."""


@dataclass(frozen=True)
class Spending:
    """What one run spends."""

    calls: CallStore
    budget: BudgetStore
    daily: int
    """Micro-dollars that a day may cost; a day is one of Asia/Shanghai, by machine time."""
    model: str
    """The first of the chain."""
    clock: Callable[[], datetime]
    _unsettled: list[tuple[Call, Usage, int]] = field(default_factory=list, init=False, repr=False, compare=False)
    """The answer that was stored last and is not settled yet, if there is one; its cost in micro-dollars."""

    def refuse_full(self, day: BudgetDay) -> None:
        """Raises OverBudget where a usual full paper would leave too little for the abstracts of all that wait."""
        room = self.daily - self._cover(day) - expected(self.model, USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS)
        if day.committed > room:
            raise OverBudget(may_fit_soon=day.spent <= room)

    def reserve(self, ref: PaperRef, request: Request, seen: BudgetDay) -> Call:
        """Hold what a request may cost at most. Raises OverBudget.

        How many others wait is taken from the day as it was `seen` when this paper was begun, and looked at again only
        where that leaves no room, or the date is another by now. The sum that is committed is always that of the write.
        """
        self.settle()
        call = self._reserved(ref, request, seen) if seen.date == self.today() else None
        if call is None:
            day = self.budget.state(self.today(), besides=ref)
            call = self._reserved(ref, request, day)
            if call is None:
                raise OverBudget(may_fit_soon=day.spent + ceiling(request) <= self._limit(request, day))
        return call

    def keep(self, call: Call, reply: Reply, price: int) -> None:
        """Store an answer and what it cost, in micro-dollars, which is to be settled before the run ends."""
        self.calls.keep(call, reply, price, self.clock())
        self._unsettled.append((call, reply.usage, price))

    def settle(self, ending: PaperRef | None = None) -> bool:
        """Settle what is to be settled; whether that ended this paper's wait for today's budget as well."""
        ended = False
        while self._unsettled:
            call, usage, price = self._unsettled.pop()
            ends = call.ref == ending and call.hold.day == self.today()
            ended |= self.calls.settle(call, usage, price, ends_wait=ends) and ends
        return ended

    def stops_waiting(self, ref: PaperRef) -> None:
        """The paper needs no more of today's budget."""
        if not self.settle(ending=ref):
            self.budget.done(self.today(), ref)

    def today(self) -> date:
        """The day that pays for a request now."""
        return budget_day(self.clock())

    def _reserved(self, ref: PaperRef, request: Request, day: BudgetDay) -> Call | None:
        wanted = Reservation(day.date, ceiling(request), self._limit(request, day))
        return self.calls.reserve(ref, request.hash, wanted)

    def _limit(self, request: Request, day: BudgetDay) -> int:
        is_least = request.is_least and request.model == self.model
        return self.daily - (0 if is_least else self._cover(day))

    def _cover(self, day: BudgetDay) -> int:
        """What the abstracts of the others will take that still wait."""
        return day.waiting * expected(self.model, _ABSTRACT_CHARACTERS, _ABSTRACT_OUTPUT_TOKENS)
