"""Who is told of an edition: readers of the mail, and chat groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from arxiv_daily.flow.posting import post
from arxiv_daily.flow.topic import NoticesTopic
from arxiv_daily.telling.mail import mail_of
from arxiv_daily.telling.notice import Notice
from arxiv_daily.telling.webhooks import Webhook


@dataclass(frozen=True)
class Target:
    key: str
    """Names it in the table."""
    name: str
    """Names it for the operator; never an address."""
    tell: Callable[[Notice, datetime], None]
    """Raises NotTold."""


def mail(topic: NoticesTopic) -> Target:
    return Target("mail", "mail", lambda notice, _: topic.publish(mail_of(notice)))


def groups(webhooks: Iterable[Webhook]) -> list[Target]:
    """Chat groups, named by their places in the operator's list."""
    return [
        Target(webhook.key, f"webhook {number} ({webhook.kind})", partial(post, webhook))
        for number, webhook in enumerate(webhooks, 1)
    ]
