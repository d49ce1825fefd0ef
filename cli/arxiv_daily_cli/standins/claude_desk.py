"""What the stand-in for Claude remembers, and the Messages that it answers with."""

import hashlib
import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arxiv_daily_cli.standins import claude_replies
from arxiv_daily_cli.standins.claude_mood_queue import MoodQueue
from arxiv_daily_cli.standins.claude_moods import Message
from arxiv_daily_cli.standins.claude_platforms import Platform

CHARACTERS_PER_TOKEN = 4


@dataclass
class Asked:
    """One request. answered: a response was made (a lost one included); status: None while it hangs."""

    platform: str
    path: str
    paper_id: str | None
    source: str | None
    body_sha256: str
    body: Any
    status: int | None = None
    mood: str | None = None
    answered: bool = False


class Desk:
    """Its folder, the moods that are due, the requests so far."""

    def __init__(self, papers: Path, latency: float) -> None:
        self.folder = papers
        self.latency = latency
        self.moods = MoodQueue()
        self.asked: list[Asked] = []
        self.lock = threading.Lock()

    def note(self, platform: Platform, raw: bytes) -> Asked:
        """List a request as soon as it is here."""
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        prompt = claude_replies.read_prompt(body)
        digest = hashlib.sha256(raw).hexdigest()
        asked = Asked(platform.name, platform.path, prompt.paper_id, prompt.source, digest, body)
        with self.lock:
            self.asked.append(asked)
        return asked

    def add_moods(self, paper_id: str, moods: list[str]) -> None:
        """Append moods for a paper, after those of its file. Raises ValueError for a mood that nobody knows."""
        with self.lock:
            self._load_moods(paper_id)
            self.moods.append(paper_id, moods)

    def take_mood(self, paper_id: str | None, model: str) -> str | None:
        """The mood for a request; None: the normal answer."""
        with self.lock:
            if paper_id is not None:
                self._load_moods(paper_id)
            return self.moods.next(paper_id, model)

    def _load_moods(self, paper_id: str) -> None:
        """A file's moods count once, however often the paper is asked for."""
        if not self.moods.knows(paper_id):
            self.moods.append(paper_id, claude_replies.read_file(self.folder, paper_id).get("moods", []))

    def message(self, request: dict[str, Any], number: str) -> Message:
        """The Message that answers a request."""
        reply = claude_replies.reply(self.folder, claude_replies.read_prompt(request))
        text = json.dumps(reply, ensure_ascii=False)
        asked = json.dumps([request.get("system"), request["messages"]], ensure_ascii=False)
        usage = {
            "input_tokens": max(1, len(asked) // CHARACTERS_PER_TOKEN),
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "output_tokens": max(1, len(text) // CHARACTERS_PER_TOKEN),
            "service_tier": "standard",
        }
        content = [{"type": "text", "text": text}]
        head = {
            "id": f"msg_standin_{number}",
            "type": "message",
            "role": "assistant",
            "model": request["model"],
        }
        return head | {"content": content, "stop_reason": "end_turn", "stop_sequence": None, "usage": usage}
