"""What goes wrong during a soak: a share of all requests to arXiv, and of Claude's answers."""

import random
from collections import Counter
from collections.abc import Iterable

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
