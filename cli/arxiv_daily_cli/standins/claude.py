"""A stand-in for Claude: POST /v1/messages with answers from a folder's replies/<id>.json, and moods.

A reply file is {"moods": [...], "reply": {...}, "reply_from_abstract": {...}}; every part is optional.
Tests append moods by POST /_moods {"paper_id": "2699.00001" or "*", "moods": [...]} and read every request
from GET /_requests.
"""

import argparse
import hashlib
import json
import threading
import time
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from arxiv_daily_cli.standins import claude_moods, claude_replies, claude_rules
from arxiv_daily_cli.standins.claude_rules import Rejected
from arxiv_daily_cli.standins.server import Handler, folder, serve

CHARACTERS_PER_TOKEN = 4


@dataclass
class Asked:
    """One request. answered: a response was made (a lost one included); status: None while it hangs."""

    paper_id: str | None
    source: str | None
    body_sha256: str
    body: Any
    status: int | None = None
    mood: str | None = None
    answered: bool = False


class Desk:
    """Everything that the stand-in remembers: its folder, the moods that are due, the requests so far."""

    def __init__(self, papers: Path, latency: float) -> None:
        self.folder = papers
        self.latency = latency
        self.moods = claude_moods.MoodQueue()
        self.asked: list[Asked] = []
        self.lock = threading.Lock()

    def note(self, raw: bytes) -> Asked:
        """List a request as soon as it is here."""
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        prompt = claude_replies.read_prompt(body)
        asked = Asked(prompt.paper_id, prompt.source, hashlib.sha256(raw).hexdigest(), body)
        with self.lock:
            self.asked.append(asked)
        return asked

    def add_moods(self, paper_id: str, moods: list[str]) -> None:
        """Append moods for a paper, after those of its file. Raises ValueError for a mood that nobody knows."""
        with self.lock:
            self._load_moods(paper_id)
            self.moods.append(paper_id, moods)

    def take_mood(self, paper_id: str | None) -> str | None:
        """The next mood of a paper; None: the normal answer."""
        with self.lock:
            if paper_id is not None:
                self._load_moods(paper_id)
            return self.moods.next(paper_id)

    def _load_moods(self, paper_id: str) -> None:
        """A file's moods count once, however often the paper is asked for."""
        if not self.moods.knows(paper_id):
            self.moods.append(paper_id, claude_replies.read_file(self.folder, paper_id).get("moods", []))

    def message(self, request: dict[str, Any], number: str) -> claude_moods.Message:
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


class ClaudeHandler(Handler):
    """Answers for one desk; subclassed with it by handler()."""

    desk: Desk

    def do_GET(self) -> None:
        """GET /_requests is all there is to get."""
        if self.route != "/_requests":
            return self.reject(Rejected(404, "Not found"))
        with self.desk.lock:
            return self.respond_json(HTTPStatus.OK, [asdict(asked) for asked in self.desk.asked])

    def do_POST(self) -> None:
        """A request to the model, or moods for later ones."""
        raw = self.read_body()
        if self.route == "/_moods":
            return self.take_moods(raw)
        if self.route != "/v1/messages":
            return self.reject(Rejected(404, "Not found"))
        asked = self.desk.note(raw)
        try:
            claude_rules.check_headers(self.headers.get("Authorization"), self.headers.get("anthropic-version"))
            claude_rules.check_request(asked.body)
        except Rejected as rejected:
            return self.reject(rejected, asked)
        asked.mood = self.desk.take_mood(asked.paper_id)
        if asked.mood == "hang":
            return self.hang()
        time.sleep(self.desk.latency)
        return self.answer(asked)

    def take_moods(self, raw: bytes) -> None:
        """Append the moods that a test asks for."""
        try:
            wish = json.loads(raw)
            self.desk.add_moods(wish["paper_id"], wish["moods"])
        except (ValueError, KeyError, TypeError) as error:
            return self.reject(Rejected(400, f"moods: {error}"))
        return self.respond_json(HTTPStatus.OK, wish)

    def answer(self, asked: Asked) -> None:
        """Answer in the request's mood."""
        mood = asked.mood or ""
        if mood in claude_moods.ERRORS:
            rejected, headers = claude_moods.error(mood)
            return self.reject(rejected, asked, headers)
        asked.status, asked.answered = HTTPStatus.OK, True
        if mood == "not_json":
            return self.respond(HTTPStatus.OK, "text/html", b"<html><body>Please sign in.</body></html>")
        message = self.desk.message(asked.body, asked.body_sha256[:24])
        if mood == "lost":
            return self.hang_up()
        change = claude_moods.CHANGES.get(mood, dict)
        return self.respond_json(HTTPStatus.OK, change(message), {"request-id": f"req_{message['id']}"})

    def reject(self, rejected: Rejected, asked: Asked | None = None, headers: dict[str, str] | None = None) -> None:
        """Answer with an error."""
        if asked is not None:
            asked.status, asked.answered = rejected.status, True
        self.respond_json(rejected.status, rejected.body, headers)

    def hang(self) -> None:
        """Leave the request open until the client goes away or the process ends."""
        self.rfile.read(1)
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection without a word."""
        self.close_connection = True


def handler(desk: Desk) -> type[ClaudeHandler]:
    """The handler for one desk."""
    return type("DeskHandler", (ClaudeHandler,), {"desk": desk})


def main() -> None:
    """Serve a folder until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=folder, required=True, help="holds replies/")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before each answer")
    arguments = parser.parse_args()
    serve(handler(Desk(arguments.folder, arguments.latency)), arguments.port)


if __name__ == "__main__":
    main()
