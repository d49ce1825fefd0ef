"""Posting to webhooks. Their addresses are secrets, so no error of a library that quotes them gets out."""

import re
from datetime import datetime
from urllib.parse import urlsplit

import requests

from arxiv_daily.telling.errors import NotTold
from arxiv_daily.telling.notice import Notice
from arxiv_daily.telling.shapes import SHAPES
from arxiv_daily.telling.webhooks import Webhook

TIMEOUT_SECONDS = (3.05, 10.0)
"""To connect, and for each piece of an answer."""
_HEADERS = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "arxiv-daily"}
_LONGEST_REASON = 200
_SHORTEST_TOKEN = 8
"""A shorter part of an address is none of those that nobody could guess."""


def post(webhook: Webhook, notice: Notice, now: datetime) -> None:
    """Tell a chat group. Raises NotTold."""
    shape = SHAPES[webhook.kind]
    request = shape.post(webhook, notice, now)
    try:
        answer = requests.post(
            request.url, data=request.body, headers=_HEADERS, timeout=TIMEOUT_SECONDS, allow_redirects=False
        )
    except requests.RequestException as error:
        raise NotTold(f"no answer ({type(error).__name__})") from None
    if answer.status_code != requests.codes.ok:
        raise NotTold(f"answered HTTP {answer.status_code}")
    if refusal := shape.refusal(answer.text):
        raise NotTold(_without_secrets(refusal, webhook))


def _without_secrets(reason: str, webhook: Webhook) -> str:
    """A service that quotes the request is not quoted."""
    parts = urlsplit(webhook.url.get_secret_value())
    tokens = [token for token in re.split(r"[/?&=]", f"{parts.path}?{parts.query}") if len(token) >= _SHORTEST_TOKEN]
    secrets = [*tokens, *filter(None, [webhook.secret.get_secret_value()])]
    if any(secret in reason for secret in secrets):
        return "refused it, in words that hold a secret"
    return reason[:_LONGEST_REASON]
