"""What is posted to a webhook, and what its answer says."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from arxiv_daily.telling.notice import Notice
from arxiv_daily.telling.webhooks import Webhook


@dataclass(frozen=True)
class Post:
    """A request; its address is a secret."""

    url: str = field(repr=False)
    body: bytes


class Shape(Protocol):
    """A module of this package that knows one chat service."""

    def post(self, webhook: Webhook, notice: Notice, now: datetime) -> Post: ...

    def refusal(self, answer: str) -> str:
        """What an answer with HTTP 200 says went wrong; empty when the message was taken."""
        ...


def encoded(message: Mapping[str, object]) -> bytes:
    """JSON as it is sent and measured: a Chinese character takes three bytes, not the six of its escape."""
    return json.dumps(message, ensure_ascii=False).encode()


def signature(key: str, text: str) -> str:
    """HMAC-SHA256 in Base64."""
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def json_refusal(answer: str, codes: tuple[str, ...], reasons: tuple[str, ...]) -> str:
    """The refusal in a JSON answer whose first field of `codes` is 0 when all is well."""
    try:
        said = json.loads(answer)
    except ValueError:
        said = None
    if not isinstance(said, dict) or not (found := [name for name in codes if name in said]):
        return "answered something else than its service does"
    if said[found[0]] == 0:
        return ""
    reason = next((str(said[name]) for name in reasons if said.get(name)), "no reason given")
    return f"{found[0]} {said[found[0]]}: {reason}"
