"""Which mood meets which request: a paper's own first, in order, then those for anyone.

A mood is a name of claude_moods, for one request. `always:NAME` stays until `clear` empties the queue of its paper;
`NAME@MODEL` waits for a request to that model.
"""

from collections import deque
from dataclasses import dataclass
from typing import Self

from arxiv_daily_cli.standins.claude_moods import MOODS

ANYONE = "*"
CLEAR = "clear"
ALWAYS = "always:"


@dataclass(frozen=True)
class Due:
    """A mood that waits for its request."""

    mood: str
    model: str | None = None
    stays: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError for a mood that nobody knows."""
        mood, _, model = text.removeprefix(ALWAYS).partition("@")
        if mood not in MOODS:
            raise ValueError(f"unknown mood: {text}")
        return cls(mood, model or None, text.startswith(ALWAYS))

    def meets(self, model: str) -> bool:
        return self.model in {None, model}


class MoodQueue:
    """The moods that are due, by paper."""

    def __init__(self) -> None:
        self._due: dict[str, deque[Due]] = {}

    def append(self, paper_id: str, moods: list[str]) -> None:
        """Raises ValueError for a mood that nobody knows."""
        queue = self._due.setdefault(paper_id, deque())
        for mood in moods:
            if mood == CLEAR:
                queue.clear()
            else:
                queue.append(Due.read(mood))

    def knows(self, paper_id: str) -> bool:
        """Whether moods were ever appended for a paper, also if none is left."""
        return paper_id in self._due

    def next(self, paper_id: str | None, model: str) -> str | None:
        """The mood for a request about a paper to a model; None: the normal answer."""
        for key in (paper_id, ANYONE):
            queue = self._due.get(key, deque()) if key is not None else deque()
            due = next((one for one in queue if one.meets(model)), None)
            if due is not None:
                if not due.stays:
                    queue.remove(due)
                return due.mood
        return None
