"""A stand-in for Claude: the Messages API with answers from a folder's replies/<id>.json, and moods.

POST /v1/messages by key or, signed, as Claude Platform on AWS; POST /anthropic/v1/messages, signed, as Amazon Bedrock.
A reply file is {"moods": [...], "reply": {...}, "reply_from_abstract": {...}}; every part is optional.
Tests append moods by POST /_moods {"paper_id": "2699.00001" or "*", "moods": [...]} (claude_mood_queue says how they
are written) and read every request from GET /_requests.
"""

import argparse
import json
import time
from dataclasses import asdict
from http import HTTPStatus

from arxiv_daily_cli.standins import claude_moods, claude_platforms, claude_rules
from arxiv_daily_cli.standins.claude_desk import Asked, Desk
from arxiv_daily_cli.standins.claude_platforms import Platform
from arxiv_daily_cli.standins.claude_rules import Rejected
from arxiv_daily_cli.standins.claude_signature import Received
from arxiv_daily_cli.standins.server import Handler, folder, serve

SLOW_SECONDS = 1.0
MODELS = "/v1/models/"


class ClaudeHandler(Handler):
    """Answers for one desk; subclassed with it by handler()."""

    desk: Desk

    def do_GET(self) -> None:
        """The requests so far, and what a model is: GET /v1/models/<id>, by key."""
        if self.route.startswith(MODELS):
            return self.describe(self.route.removeprefix(MODELS))
        if self.route != "/_requests":
            return self.reject(Rejected(404, "Not found"))
        with self.desk.lock:
            return self.respond_json(HTTPStatus.OK, [asdict(asked) for asked in self.desk.asked])

    def do_POST(self) -> None:
        """A request to the model, or moods for later ones."""
        raw = self.read_body()
        if self.route == "/_moods":
            return self.take_moods(raw)
        platform = claude_platforms.platform_of(self.route, self.headers.get("Authorization") or "")
        if platform is None:
            return self.reject(Rejected(404, "Not found"))
        asked = self.desk.note(platform, raw)
        try:
            self.check(platform, asked, raw)
        except Rejected as rejected:
            return self.reject(rejected, asked)
        asked.mood = self.desk.take_mood(asked.paper_id, asked.body["model"])
        if asked.mood == "hang":
            return self.hang()
        time.sleep(self.desk.latency + (SLOW_SECONDS if asked.mood == claude_moods.SLOW else 0))
        return self.answer(asked)

    def describe(self, model: str) -> None:
        """Any model that has a name of Claude's."""
        try:
            claude_platforms.check_access(claude_platforms.ANTHROPIC, Received("GET", self.path, self.headers, b""))
        except Rejected as rejected:
            return self.reject(rejected)
        if not claude_rules.is_model(model):
            return self.reject(Rejected(404, f"model: {model}"))
        created = "2026-01-01T00:00:00Z"
        return self.respond_json(
            HTTPStatus.OK, {"type": "model", "id": model, "display_name": model, "created_at": created}
        )

    def check(self, platform: Platform, asked: Asked, raw: bytes) -> None:
        """Raises Rejected for what the platform refuses before any model sees it."""
        claude_platforms.check_access(platform, Received(self.command, self.path, self.headers, raw))
        claude_platforms.check_body(platform, asked.body)
        claude_rules.check_request(asked.body)

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
