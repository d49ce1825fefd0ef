"""WeCom's group robots: Markdown.

https://developer.work.weixin.qq.com/document/path/91770: the content is at most 4,096 bytes of UTF-8; nothing is
signed, since the key in the address is the secret; an error is an errcode in an answer with HTTP 200.
"""

from datetime import datetime

from arxiv_daily.telling.markdown import inert, link
from arxiv_daily.telling.notice import Notice
from arxiv_daily.telling.posts import Post, encoded, json_refusal
from arxiv_daily.telling.webhooks import Webhook

_LARGEST = 4096


def post(webhook: Webhook, notice: Notice, now: datetime) -> Post:
    """`now` is not used."""
    content = notice.as_long_as(lambda made: len(made.encode()) <= _LARGEST, lambda number: _content(notice, number))
    body = encoded({"msgtype": "markdown", "markdown": {"content": content}})
    return Post(webhook.url.get_secret_value(), body)


def refusal(answer: str) -> str:
    return json_refusal(answer, ("errcode",), ("errmsg",))


def _content(notice: Notice, listed: int) -> str:
    lines = [
        f"### {inert(notice.title)}",
        f"> {inert(notice.status)}",
        f"> {inert(notice.counts)}",
        *(f"{number}. {link(paper)}" for number, paper in enumerate(notice.papers[:listed], 1)),
        inert(notice.rest(listed)),
        f"{link(notice.page)} {link(notice.data)}",
    ]
    return "\n".join(line for line in lines if line)
