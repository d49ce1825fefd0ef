"""Moods: the ways in which a request to the stand-in does not get the plain answer."""

from collections.abc import Callable
from typing import Any

from arxiv_daily_cli.standins import claude_spoiling as spoiling
from arxiv_daily_cli.standins.claude_rules import Rejected

SOON = {"retry-after": "1"}
ERRORS = {
    "overloaded": (529, "Overloaded", SOON),
    "rate_limited": (429, "This request would exceed your organization's rate limit", SOON),
    "server_error": (500, "Internal server error", {}),
    "no_credit": (402, "Your credit balance is too low to access the Anthropic API", {}),
    "bad_key": (401, "invalid bearer token", {}),
    "forbidden": (403, "Your API key does not have permission to use the specified resource.", {}),
    "too_long": (400, "prompt is too long: 1250000 tokens > 1000000 maximum", {}),
}
"""Moods that answer with an error: status, message, headers."""

Message = dict[str, Any]


def error(mood: str) -> tuple[Rejected, dict[str, str]]:
    """The error of one of ERRORS, and the headers that go with it."""
    status, message, headers = ERRORS[mood]
    return Rejected(status, message), headers


def refusal(message: Message) -> Message:
    """The model declined; nothing was written."""
    details = {"type": "refusal", "category": None, "explanation": None}
    return message | {"content": [], "stop_reason": "refusal", "stop_details": details}


def empty(message: Message) -> Message:
    """The model ended its turn without a word."""
    return message | {"content": []}


def thinking_first(message: Message) -> Message:
    """A thinking block stands before the text."""
    thought = {"type": "thinking", "thinking": "The paper is a sample.", "signature": "c3RhbmQtaW4="}
    return message | {"content": [thought, *message["content"]]}


def _saying(change: Callable[[str], str], stop_reason: str = "end_turn") -> Callable[[Message], Message]:
    """A change of the text, with how the answer came to its end."""

    def changed(message: Message) -> Message:
        text = change(message["content"][0]["text"])
        return message | {"content": [{"type": "text", "text": text}], "stop_reason": stop_reason}

    return changed


CHANGES: dict[str, Callable[[Message], Message]] = {
    "refusal": refusal,
    "empty": empty,
    "thinking_first": thinking_first,
    "truncated": _saying(spoiling.half, "max_tokens"),
    "window_exceeded": _saying(spoiling.half, "model_context_window_exceeded"),
    "nonsense": _saying(spoiling.nonsense),
    "fenced": _saying(spoiling.fenced),
    "prose_around": _saying(spoiling.prose_around),
    "latex_broken": _saying(spoiling.latex_broken),
    "wrong_numbers": _saying(spoiling.wrong_numbers),
    "invented_result": _saying(spoiling.invented_result),
    "english_left": _saying(spoiling.english_left),
}
"""Moods that change the Message."""

UNSENT = ("not_json", "hang", "lost")
"""Moods of the connection: something else is sent, or nothing."""

SLOW = "slow"
"""The plain answer, later."""

MOODS = frozenset({*ERRORS, *CHANGES, *UNSENT, SLOW})
