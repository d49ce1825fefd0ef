"""Notices for tests, and webhooks to post them to."""

from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from arxiv_daily.editions.status import Counts
from arxiv_daily.telling.event import EditionPublished
from arxiv_daily.telling.notice import Notice, notice_of
from arxiv_daily.telling.webhooks import Kind, Webhook
from tests.examples import DAY

SENT = datetime(2026, 2, 12, 2, 14, 7, tzinfo=UTC)
SITE = "https://papers.example.org"


def an_event(*titles: str, **fields: Any) -> EditionPublished:
    number = len(titles) + fields.get("more", 0)
    states = {"new": number, "cross_listed": 1, "shown": number, "hidden": 1, "ready": number}
    values: dict[str, Any] = {
        "date": DAY,
        "status_text": "本期已完成。",
        "language": "zh-CN",
        "url": f"{SITE}/editions/{DAY}.html",
        "json_url": f"{SITE}/editions/{DAY}.json",
        "counts": dict.fromkeys(Counts.model_fields, 0) | {"announced": number + 1} | states,
        "papers": [
            {"paper_id": f"2602.{place:05}", "title": title, "page_url": f"{SITE}/papers/2602.{place:05}.html"}
            for place, title in enumerate(titles)
        ],
        "more": 0,
    }
    return EditionPublished.model_validate(values | fields)


def a_notice(*titles: str, **fields: Any) -> Notice:
    return notice_of(an_event(*titles, **fields))


def a_long_notice() -> Notice:
    """The longest that an event can hold: none of the four services takes it whole."""
    return a_notice(*["听" * 300] * 100, more=7)


def a_webhook(
    kind: Kind, url: str = "https://chat.example.org/hook?key=token-of-the-group", secret: str = ""
) -> Webhook:
    return Webhook(kind=kind, url=SecretStr(url), secret=SecretStr(secret))
