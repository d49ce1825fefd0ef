"""A paper as arXiv holds it: its versions, and the announcements that made them public one by one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """How an announcement appears to somebody who follows certain categories (RSS: `announce_type`)."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"


@dataclass(frozen=True)
class Version:
    """One submission; `number` starts at 1. A withdrawn version has neither PDF nor HTML."""

    number: int
    submitted: datetime
    title: str
    abstract: str
    comment: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class Event:
    """One announcement of a paper, and the state it leaves the paper in.

    `added` are the categories newly listed: all of a new paper's, none for a replacement. The API shows the event
    from `visible_at` on, everything else from `announced_at` on.
    """

    listing_date: date
    version: int
    categories: tuple[str, ...]
    added: tuple[str, ...]
    announced_at: datetime
    visible_at: datetime
    first: bool
    """The paper's first announcement of all."""


@dataclass(frozen=True)
class Paper:
    """`versions` and `events` are in order; the first category is the primary one."""

    paper_id: str
    authors: tuple[str, ...]
    licence: str
    versions: tuple[Version, ...]
    events: tuple[Event, ...]

    @property
    def primary(self) -> str:
        return self.events[0].categories[0]

    @property
    def published(self) -> datetime:
        """When v1 was submitted; cross-lists and later versions never move it."""
        return self.versions[0].submitted

    def version(self, number: int) -> Version:
        return self.versions[number - 1]

    def public(self, moment: datetime) -> Event | None:
        """The latest announcement at that moment; None before the first."""
        return next((event for event in reversed(self.events) if event.announced_at <= moment), None)

    def visible(self, moment: datetime) -> Event | None:
        """The latest announcement that the API's index holds at that moment."""
        return next((event for event in reversed(self.events) if event.visible_at <= moment), None)

    def kind(self, event: Event, categories: Collection[str]) -> Kind | None:
        """What the event is to a follower of the categories; None when it does not concern them."""
        primary = self.primary in categories
        if event.added:
            if not any(category in categories for category in event.added):
                return None
            return Kind.NEW if event.first and primary else Kind.CROSS
        if not any(category in categories for category in event.categories):
            return None
        return Kind.REPLACE if primary else Kind.REPLACE_CROSS
