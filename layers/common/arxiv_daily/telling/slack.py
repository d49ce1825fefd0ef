"""Slack's incoming webhooks: Block Kit, and a text for notifications (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).

Titles stand in rich text, which is not read for markup.
"""

from datetime import datetime
from typing import Any

from arxiv_daily.telling.notice import Link, Notice
from arxiv_daily.telling.posts import Post, encoded
from arxiv_daily.telling.webhooks import Webhook

_LONGEST_HEADER = 150
_LARGEST = 12_000
"""In bytes. Slack says 3,000 characters a block, and refuses messages of some 13,000 as msg_blocks_too_long."""

Json = dict[str, Any]


def post(webhook: Webhook, notice: Notice, now: datetime) -> Post:
    """Slack signs nothing: its address is the secret, and `now` is not used."""
    body = notice.as_long_as(lambda made: len(made) <= _LARGEST, lambda number: encoded(_message(notice, number)))
    return Post(webhook.url.get_secret_value(), body)


def refusal(answer: str) -> str:
    """A message that was taken is answered by the text `ok`."""
    return "" if answer.strip() == "ok" else f"answered {answer.strip()!r} instead of ok"


def _message(notice: Notice, listed: int) -> Json:
    header = {"type": "plain_text", "text": notice.title[:_LONGEST_HEADER], "emoji": False}
    return {
        "text": _escaped(notice.title),
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": [
            {"type": "header", "text": header},
            {"type": "rich_text", "elements": _rich_text(notice, listed)},
        ],
    }


def _rich_text(notice: Notice, listed: int) -> list[Json]:
    papers = [_section(_link(paper)) for paper in notice.papers[:listed]]
    rest = notice.rest(listed)
    return [
        _section(_text(f"{notice.status}\n{notice.counts}\n")),
        *([{"type": "rich_text_list", "style": "bullet", "elements": papers}] if papers else []),
        _section(*([_text(f"{rest}\n")] if rest else []), _link(notice.page), _text(" "), _link(notice.data)),
    ]


def _section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


def _text(text: str) -> Json:
    return {"type": "text", "text": text}


def _link(to: Link) -> Json:
    return {"type": "link", "url": to.url, "text": to.text or to.url}


def _escaped(text: str) -> str:
    """https://docs.slack.dev/messaging/formatting-message-text: three characters, and nothing is a mention any more."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
