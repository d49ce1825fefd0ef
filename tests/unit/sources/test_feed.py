from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from arxiv_daily.models import Announcement, Kind, Listing
from arxiv_daily.sources.errors import ArxivUnavailable
from arxiv_daily.sources.feed import LARGEST, Feed
from tests.shared_data import shared_data
from tests.unit.sources.fakes import HTML, Answer, FakeNetwork, session_over

ENTRY = """<entry><id>oai:arXiv.org:{paper}</id><title>On
 {paper}</title><published>{day}T00:00:00-05:00</published>
<arxiv:announce_type>{kind}</arxiv:announce_type></entry>"""
FEED = """<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<updated>{updated}</updated>{entries}</feed>"""
TODAY, YESTERDAY = "2026-02-12", "2026-02-11"


def an_entry(paper: str = "2602.10934v1", kind: str = "new", day: str = TODAY) -> str:
    return ENTRY.format(paper=paper, kind=kind, day=day)


def a_feed(*entries: str, updated: str = "2026-02-12T05:00:19+00:00") -> Answer:
    return Answer(FEED.format(updated=updated, entries="".join(entries)).encode())


def read(*answers: Answer, categories: Sequence[str] = ("cs.SD", "eess.AS")) -> Listing:
    return Feed("https://rss.arxiv.org/atom/", session_over(FakeNetwork(*answers))).read(categories)


def test_the_categories_are_asked_for_together() -> None:
    network = FakeNetwork(a_feed())
    Feed("https://rss.arxiv.org/atom", session_over(network)).read(("cs.SD", "eess.AS"))
    assert network.urls == ["https://rss.arxiv.org/atom/cs.SD+eess.AS"]


@pytest.mark.parametrize(
    ("stated", "kind"),
    [("new", Kind.NEW), ("cross", Kind.CROSS), ("replace", Kind.REPLACE), ("replace-cross", Kind.REPLACE)],
)
def test_each_entry_names_a_paper_its_version_and_how_it_was_announced(stated: str, kind: Kind) -> None:
    listing = read(a_feed(an_entry("hep-th/9901001v3", stated)))
    assert listing.date == date(2026, 2, 12)
    title = "On hep-th/9901001v3"
    assert listing.announcements == (Announcement(paper_id="hep-th/9901001", version=3, kind=kind, title=title),)


def test_a_paper_that_stands_twice_counts_as_new_before_anything_else() -> None:
    twice = a_feed(an_entry(kind="replace-cross"), an_entry(kind="new"), an_entry(kind="cross"))
    assert [one.kind for one in read(twice).announcements] == [Kind.NEW]


def test_a_paper_announced_and_replaced_at_once_is_new_at_its_newest_version() -> None:
    both = a_feed(an_entry("2602.10934v1", "new"), an_entry("2602.10934v2", "replace"))
    assert [(one.kind, one.version) for one in read(both).announcements] == [(Kind.NEW, 2)]


def test_entries_that_an_earlier_announcement_left_do_not_count() -> None:
    mixed = a_feed(an_entry("2602.00001v1", day=YESTERDAY), an_entry("2602.00002v1"))
    listing = read(mixed)
    assert (listing.date, [one.paper_id for one in listing.announcements]) == (date(2026, 2, 12), ["2602.00002"])


def test_an_empty_feed_is_of_the_eastern_date_on_which_it_was_made() -> None:
    assert read(a_feed(updated="2026-02-13T04:59:00+00:00")) == Listing(date=date(2026, 2, 12))


def test_a_406_with_a_good_feed_is_read() -> None:
    good = a_feed(an_entry())
    assert read(replace(good, status=406)) == read(good)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"Not here", status=404),
        replace(a_feed(an_entry()), body=FEED[:100].encode(), status=406),
        Answer(b"<html></html>", content_type=HTML),
        Answer(b""),
        Answer(FEED[:100].encode()),
        Answer(b"<rss/>"),
        a_feed(an_entry(kind="withdrawn")),
        a_feed(an_entry(paper="what is this")),
        a_feed(an_entry(day="yesterday")),
        a_feed(updated="2026-02-12T00:00:00"),
        a_feed(*(an_entry(f"2602.{number:05}v1") for number in range(LARGEST))),
    ],
    ids=lambda answer: answer.body[:20],
)
def test_what_cannot_be_understood_whole_is_an_error_and_never_an_empty_listing(answer: Answer) -> None:
    with pytest.raises(ArxivUnavailable) as refusal:
        read(answer)
    assert refusal.value.url == "https://rss.arxiv.org/atom/cs.SD+eess.AS"


def test_a_recorded_feed_is_read() -> None:
    recorded = Answer(shared_data("atom/rss/zotero-arxiv-daily_csAI_20250820.atom.xml").read_bytes())
    listing = read(recorded, categories=("cs.AI",))
    assert listing.date == date(2025, 8, 20)
    assert (
        Announcement(
            paper_id="2508.13428",
            version=1,
            kind=Kind.CROSS,
            title="Mitigating Easy Option Bias in Multiple-Choice Question Answering",
        )
        in listing.announcements
    )
