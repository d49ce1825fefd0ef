"""What people are told of an edition, in the site's language and before any format."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from arxiv_daily.editions.words import Words, words_of
from arxiv_daily.telling.event import EditionPublished

Message = TypeVar("Message")

_DROPPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
"""Controls, what cannot be seen, and what turns the direction of the text after it."""


@dataclass(frozen=True)
class Link:
    text: str
    url: str


@dataclass(frozen=True)
class Notice:
    """Plain texts of one line each: whoever puts them into a format escapes them for it."""

    date: str
    shown: int
    title: str
    status: str
    counts: str
    papers: tuple[Link, ...]
    """Titles, with the papers' pages on the site."""
    more: int
    """Papers of the edition that are not among them."""
    page: Link
    data: Link
    words: Words

    def rest(self, listed: int) -> str:
        """What stands below a list of the first papers: how many there are besides; empty for none."""
        left = self.more + len(self.papers) - listed
        return self.words("told_more", left) if left else ""

    def as_long_as(self, fits: Callable[[Message], bool], message: Callable[[int], Message]) -> Message:
        """The message with as many papers as fit; `message` takes how many to list, and without any it must fit."""
        numbers = range(len(self.papers), 0, -1)
        return next((made for number in numbers if fits(made := message(number))), message(0))


def notice_of(event: EditionPublished) -> Notice:
    words, shown, day = words_of(event.language), event.counts["shown"], event.date.isoformat()
    return Notice(
        date=day,
        shown=shown,
        title=words("told_title", shown, date=day),
        status=one_line(event.status_text),
        counts=_counts(event.counts, words),
        papers=tuple(Link(one_line(paper.title), paper.page_url) for paper in event.papers),
        more=event.more,
        page=Link(words("told_page"), event.url),
        data=Link(words("told_data"), event.json_url),
        words=words,
    )


def one_line(text: str) -> str:
    """Foreign text without line breaks, controls and invisible characters."""
    return _DROPPED.sub("", " ".join(text.split()))


def _counts(counts: dict[str, int], words: Words) -> str:
    """As on the edition's page."""
    replaced = words("count_replaced", counts["replaced"]) if counts["replaced"] else ""
    return words("bar").join(
        (
            words(
                "count_announced",
                counts["announced"],
                new=counts["new"],
                cross=counts["cross_listed"],
                replaced=replaced,
            ),
            words("count_shown", counts["shown"]),
            words("count_states", ready=counts["ready"], pending=counts["pending"], failed=counts["failed"]),
        )
    )
