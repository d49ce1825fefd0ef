"""What goes wrong during a soak: a share of all requests to arXiv, of calls of AWS, and of Claude's answers."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from tests.e2e.chaos.bought import Bought
from tests.e2e.chaos.faults import Call, Fault, Harm, Orders, Stage
from tests.e2e.chaos.proxy import proxy
from tests.e2e.conftest import Stack
from tests.simulation import Endpoint, FaultKind, FaultsByChance

_ANYWHERE = (
    FaultKind.OUTAGE,
    FaultKind.RATE_LIMITED,
    FaultKind.UNAVAILABLE,
    FaultKind.NOT_ACCEPTABLE,
    FaultKind.HTML_PAGE,
    FaultKind.REDIRECT,
    FaultKind.STALL,
    FaultKind.EMPTY_BODY,
    FaultKind.TRUNCATED,
    FaultKind.BROKEN_OFF,
)
_AT_ARXIV = {
    Endpoint.API: (
        *_ANYWHERE,
        FaultKind.ERROR_ENTRY,
        FaultKind.NOT_ACCEPTABLE_WITH_BODY,
        FaultKind.EMPTY_PAGE,
        FaultKind.LATE_ENTRY,
    ),
    Endpoint.FEED: (*_ANYWHERE, FaultKind.EMPTY_PAGE),
    Endpoint.CATCHUP: _ANYWHERE,
    Endpoint.HTML: (*_ANYWHERE, FaultKind.NOT_FOUND),
    Endpoint.PDF: (*_ANYWHERE, FaultKind.NOT_FOUND),
}
MOODS = (
    *("overloaded", "rate_limited", "server_error", "not_json", "lost", "slow", "too_long"),
    *("refusal", "empty", "truncated", "window_exceeded", "nonsense", "fenced", "prose_around", "thinking_first"),
    *("latex_broken", "wrong_numbers", "invented_result", "english_left"),
)
"""All that concern one paper; those that close Claude to everybody wait for an operator."""
HARMS = (Harm.ERROR, Harm.THROTTLED, Harm.SLOW, Harm.CUT, Harm.LOST)
"""Of a call of the table, the queues or the bucket."""
_SLOW_SECONDS = 0.5
UNUSABLE = frozenset({"lost", "not_json"})
"""Answers that were made and never came: their request is sent again."""


def at_arxiv(share: float, seed: int) -> FaultsByChance:
    """STALL and the waits of the others last up to a second."""
    return FaultsByChance(share, _AT_ARXIV, seed)


def upset(stack: Stack, papers: Iterable[str], share: float, chance: random.Random) -> Counter[str]:
    """Let Claude be in some mood once for a share of the papers; which moods."""
    moods: Counter[str] = Counter()
    for paper in papers:
        if chance.random() < share:
            mood = chance.choice(MOODS)
            stack.claude.take_on(paper, mood)
            moods[mood] += 1
    return moods


class HarmByChance(Orders):
    """A share of all calls of AWS comes to harm."""

    def __init__(self, share: float, seed: int) -> None:
        super().__init__()
        self._share = share
        self._chance = random.Random(seed)  # noqa: S311 - a reproducible choice
        self._drawing = Lock()
        self.harms: Counter[Harm] = Counter()

    def meet(self, call: Call) -> Fault | None:
        with self._drawing:
            if self._chance.random() >= self._share:
                return None
            harm = self._chance.choice(HARMS)
            self.harms[harm] += 1
            return Fault(call.stage, harm, seconds=_SLOW_SECONDS)

    def end(self) -> None:
        """From now on all goes well."""
        self._share = 0.0


@contextmanager
def harming(stack: Stack, orders: Orders) -> Iterator[None]:
    """Let every function ask AWS through a proxy that does what was ordered."""
    client = stack.client("lambda")
    with ExitStack() as proxies:
        for stage in Stage:
            address = proxies.enter_context(proxy(stack.endpoint, stage, orders, Bought()))
            name = stack.outputs[f"{stage}FunctionName"]
            variables = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
            variables |= {"AWS_ENDPOINT_URL": address}
            client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
        yield
