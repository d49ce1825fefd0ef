"""DingTalk's custom robots: Markdown.

https://open.dingtalk.com/document/robots/custom-robot-access: the signature stands in the address, its text is the time
in milliseconds and the secret, its key the secret; an error is an errcode in an answer with HTTP 200.
"""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from arxiv_daily.telling.markdown import inert, link
from arxiv_daily.telling.notice import Notice
from arxiv_daily.telling.posts import Post, encoded, json_refusal, signature
from arxiv_daily.telling.webhooks import Webhook

_LARGEST = 18_000
"""In bytes, of 20,000."""


def post(webhook: Webhook, notice: Notice, now: datetime) -> Post:
    body = notice.as_long_as(lambda made: len(made) <= _LARGEST, lambda number: encoded(_message(notice, number)))
    url, secret = webhook.url.get_secret_value(), webhook.secret.get_secret_value()
    return Post(_signed(url, secret, int(now.timestamp() * 1000)) if secret else url, body)


def refusal(answer: str) -> str:
    return json_refusal(answer, ("errcode",), ("errmsg",))


def _signed(url: str, secret: str, milliseconds: int) -> str:
    sign = signature(secret, f"{milliseconds}\n{secret}")
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'timestamp': milliseconds, 'sign': sign})}"


def _message(notice: Notice, listed: int) -> dict[str, Any]:
    paragraphs = [
        f"### {inert(notice.title)}",
        inert(notice.status),
        inert(notice.counts),
        "\n".join(f"- {link(paper)}" for paper in notice.papers[:listed]),
        inert(notice.rest(listed)),
        f"{link(notice.page)} {link(notice.data)}",
    ]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return {
        "msgtype": "markdown",
        "markdown": {"title": inert(notice.title), "text": text},
        "at": {"isAtAll": False},
    }
