"""Feishu's and Lark's custom bots: a post, whose texts are not read for markup.

https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: a request is at most 20 KB; the signature's key is
the time and the secret, its text is empty, and it is good for an hour; an error is a code in an answer with HTTP 200.
"""

import re
from datetime import datetime
from typing import Any

from arxiv_daily.telling.notice import Link, Notice
from arxiv_daily.telling.posts import Post, encoded, json_refusal, signature
from arxiv_daily.telling.webhooks import Webhook

_LARGEST = 18_000
"""In bytes, of 20 KB."""
_MENTION = re.compile(r"<(?=/?at\b)", re.IGNORECASE)
_LOCALES = {"zh-CN": "zh_cn"}

Json = dict[str, Any]


def post(webhook: Webhook, notice: Notice, now: datetime) -> Post:
    signed = _signed(webhook.secret.get_secret_value(), int(now.timestamp()))
    body = notice.as_long_as(
        lambda made: len(made) <= _LARGEST, lambda number: encoded({**signed, **_message(notice, number)})
    )
    return Post(webhook.url.get_secret_value(), body)


def refusal(answer: str) -> str:
    """Newer answers have `code` and `msg`, older ones `StatusCode` and `StatusMessage`."""
    return json_refusal(answer, ("code", "StatusCode"), ("msg", "StatusMessage"))


def _signed(secret: str, seconds: int) -> Json:
    return {"timestamp": str(seconds), "sign": signature(f"{seconds}\n{secret}", "")} if secret else {}


def _message(notice: Notice, listed: int) -> Json:
    rest = notice.rest(listed)
    rows = [
        [_text(notice.status)],
        [_text(notice.counts)],
        *([_link(paper)] for paper in notice.papers[:listed]),
        *([[_text(rest)]] if rest else []),
        [_link(notice.page), _text("  "), _link(notice.data)],
    ]
    locale = _LOCALES.get(notice.words.language, "en_us")
    return {"msg_type": "post", "content": {"post": {locale: {"title": notice.title, "content": rows}}}}


def _text(text: str) -> Json:
    return {"tag": "text", "text": _inert(text)}


def _link(to: Link) -> Json:
    return {"tag": "a", "text": _inert(to.text), "href": to.url}


def _inert(text: str) -> str:
    """In texts of other messages `<at …>` mentions people; here a joiner keeps it apart, should that ever change."""
    return _MENTION.sub("<\u2060", text)
