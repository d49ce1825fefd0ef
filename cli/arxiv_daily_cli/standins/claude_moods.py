"""Moods: the ways in which a request to the stand-in does not get the plain answer, one request each."""

from collections import deque
from collections.abc import Callable
from typing import Any

from arxiv_daily_cli.standins.claude_rules import Rejected

ANYONE = "*"
SOON = {"retry-after": "1"}
ERRORS = {
    "overloaded": (529, "Overloaded", SOON),
    "rate_limited": (429, "This request would exceed your organization's rate limit", SOON),
    "server_error": (500, "Internal server error", {}),
    "no_credit": (402, "Your credit balance is too low to access the Anthropic API", {}),
    "bad_key": (401, "invalid bearer token", {}),
}
"""Moods that answer with an error: status, message, headers."""

Message = dict[str, Any]


def error(mood: str) -> tuple[Rejected, dict[str, str]]:
    """The error of one of ERRORS, and the headers that go with it."""
    status, message, headers = ERRORS[mood]
    return Rejected(status, message), headers


def nonsense(message: Message) -> Message:
    """A proper Message that does not hold the JSON that was asked for."""
    return _with_text(message, "Here is what I think of the paper: it is a fine paper.")


def truncated(message: Message) -> Message:
    """Half the JSON, because max_tokens was reached."""
    text = message["content"][0]["text"]
    return _with_text(message, text[: len(text) // 2]) | {"stop_reason": "max_tokens"}


def refusal(message: Message) -> Message:
    """The model declined; nothing was written."""
    details = {"type": "refusal", "category": None, "explanation": None}
    return message | {"content": [], "stop_reason": "refusal", "stop_details": details}


def thinking_first(message: Message) -> Message:
    """A thinking block stands before the text."""
    thought = {"type": "thinking", "thinking": "The paper is a sample.", "signature": "c3RhbmQtaW4="}
    return message | {"content": [thought, *message["content"]]}


def fenced(message: Message) -> Message:
    """The JSON stands in a Markdown fence."""
    return _with_text(message, f"```json\n{message['content'][0]['text']}\n```")


CHANGES: dict[str, Callable[[Message], Message]] = {
    "nonsense": nonsense,
    "truncated": truncated,
    "refusal": refusal,
    "thinking_first": thinking_first,
    "fenced": fenced,
}
"""Moods that change the Message."""

UNSENT = ("not_json", "hang", "lost")
"""Moods of the connection: something else is sent, or nothing."""

MOODS = frozenset({*ERRORS, *CHANGES, *UNSENT})


class MoodQueue:
    """The moods that are due: a paper's own, in order, then those for anyone (each for one request only)."""

    def __init__(self) -> None:
        self._due: dict[str, deque[str]] = {}

    def append(self, paper_id: str, moods: list[str]) -> None:
        """Raises ValueError for a mood that nobody knows."""
        if unknown := set(moods) - MOODS:
            raise ValueError(f"unknown moods: {', '.join(sorted(unknown))}")
        self._due.setdefault(paper_id, deque()).extend(moods)

    def knows(self, paper_id: str) -> bool:
        """Whether moods were ever appended for a paper, also if none is left."""
        return paper_id in self._due

    def next(self, paper_id: str | None) -> str | None:
        """Take the next mood for a request about a paper; None: the normal answer."""
        for key in (paper_id, ANYONE):
            if key is not None and self._due.get(key):
                return self._due[key].popleft()
        return None


def _with_text(message: Message, text: str) -> Message:
    return message | {"content": [{"type": "text", "text": text}]}
