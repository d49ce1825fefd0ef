from datetime import date, datetime, timedelta
from typing import Any

import pytest

from arxiv_daily.editions.choosing import (
    followed,
    is_late,
    is_to_catch_up,
    kind_of,
    may_be_withdrawn,
    missed_dates,
    witnesses_to_ask,
)
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import DayKind, EditionFacts, Kind, Paper, Probe
from tests.examples import DAY, NOW, a_calendar_day, a_paper, some_facts

HOUR = timedelta(hours=1)
WINDOW = window_of(DAY)
CATEGORIES = ("cs.SD", "eess.AS")
HORIZONS = dict.fromkeys(CATEGORIES, WINDOW.start)


def read(witness: str, hours: int = 0, **fields: Any) -> Probe:
    return Probe(at=NOW + hours * HOUR, witness=witness, seen=0, **fields)


class TestWhatTheWindowShows:
    def chosen(self, *papers: Paper, **horizons: datetime) -> list[str]:
        return [paper.paper_id for paper in followed(papers, WINDOW.end, HORIZONS | horizons)]

    def test_on_an_empty_table_it_is_the_literal_window_to_its_very_edges(self) -> None:
        first = a_paper("2602.00001", published=WINDOW.start)
        before = a_paper("2602.00002", published=WINDOW.start - timedelta(seconds=1))
        after = a_paper("2602.00003", published=WINDOW.end)
        assert self.chosen(first, before, after) == ["2602.00001"]

    def test_a_paper_of_other_categories_does_not_count(self) -> None:
        assert self.chosen(a_paper(primary_category="cs.CL", categories=("cs.CL",))) == []

    def test_a_category_that_is_followed_since_today_brings_nothing_older(self) -> None:
        old = a_paper(published=WINDOW.start + HOUR, categories=("eess.AS",))
        assert followed([old], WINDOW.end, {"cs.SD": WINDOW.start, "eess.AS": WINDOW.end}) == []

    def test_one_category_that_is_followed_long_enough_is_enough(self) -> None:
        paper = a_paper(published=WINDOW.start - 20 * timedelta(days=1))
        assert followed([paper], WINDOW.end, {"cs.SD": WINDOW.start, "eess.AS": WINDOW.start - timedelta(days=30)})


def test_a_paper_whose_primary_category_is_another_is_a_cross_list() -> None:
    assert kind_of(a_paper(), CATEGORIES) is Kind.NEW
    assert kind_of(a_paper(primary_category="cs.CL", categories=("cs.CL", "cs.SD")), CATEGORIES) is Kind.CROSS


class TestLate:
    LISTED = some_facts(probes=(read("feed", 4, listed=DAY),))

    def test_while_the_index_fills_nothing_is_late(self) -> None:
        assert not is_late(some_facts(probes=(Probe(at=NOW, witness="api", seen=7),)), DAY, NOW + 2 * HOUR)

    def test_what_joins_with_the_listing_is_not_late_and_what_joins_after_it_is(self) -> None:
        assert not is_late(self.LISTED, DAY, NOW + 4 * HOUR)
        assert is_late(self.LISTED, DAY, NOW + 6 * HOUR)

    def test_what_joins_after_the_editions_day_is_late(self) -> None:
        assert is_late(some_facts(), DAY + timedelta(days=1), NOW + 24 * HOUR)


@pytest.mark.parametrize(
    ("version", "comment", "answer"),
    [
        (2, "This paper has been withdrawn by the authors", True),
        (2, "Withdrawal: error in Theorem 2", True),
        (1, "withdrawn from a workshop", False),
        (2, "Accepted at Interspeech", False),
        (2, None, False),
    ],
)
def test_only_a_later_version_whose_comment_says_so_may_be_a_withdrawal(
    version: int, comment: str | None, answer: bool
) -> None:
    assert may_be_withdrawn(a_paper(version=version, comment=comment)) is answer


class TestWhatToAsk:
    def ask(self, *probes: Probe, hours: int = 0, kind: DayKind = DayKind.MAILING) -> set[str]:
        return witnesses_to_ask(some_facts(probes=probes), a_calendar_day(kind=kind), NOW + hours * HOUR)

    YESTERDAYS_FEED = read("feed", listed=DAY - timedelta(days=1))

    def test_a_probe_asks_both(self) -> None:
        assert self.ask() == {"api", "feed"}
        assert self.ask(read("api"), self.YESTERDAYS_FEED, hours=6) == {"api", "feed"}

    def test_until_the_calendar_expects_another_feed_that_is_asked_for_once(self) -> None:
        assert self.ask(read("api"), self.YESTERDAYS_FEED, hours=2) == {"api"}
        assert self.ask(read("api"), Probe(at=NOW, witness="feed", error="HTTP 503"), hours=2) == {"api", "feed"}

    @pytest.mark.parametrize(("hours", "asked"), [(0, set()), (2, {"api"}), (4, {"api"}), (6, {"api", "feed"})])
    def test_after_a_day_of_silence_nobody_is_asked_before_there_can_be_news(self, hours: int, asked: set[str]) -> None:
        """Its catch-up page is; arXiv announces ten minutes after the first probe, and lists four hours later."""
        now = NOW + hours * HOUR
        assert witnesses_to_ask(some_facts(), a_calendar_day(), now, after_silence=True) == asked

    def test_a_feed_that_was_read_without_the_window_is_read_again_with_it(self) -> None:
        failed = Probe(at=NOW, witness="api", error="HTTP 503")
        assert self.ask(failed, self.YESTERDAYS_FEED, hours=2) == {"api", "feed"}

    def test_after_a_feed_and_a_window_of_nothing_the_window_is_looked_at_eight_hours_later(self) -> None:
        silent = read("feed", 6, listed=DAY, is_doubtful=True)
        assert self.ask(read("api", 6), silent, hours=10) == set()
        assert self.ask(read("api", 6), silent, hours=14) == {"api"}

    def test_a_feed_of_nothing_is_asked_for_again_where_the_window_shows_papers(self) -> None:
        silent = read("feed", 6, listed=DAY, is_doubtful=True)
        assert self.ask(Probe(at=NOW + 6 * HOUR, witness="api", seen=3), silent, hours=10) == {"api", "feed"}

    def test_an_event_that_comes_again_asks_what_failed(self) -> None:
        assert self.ask(read("api"), Probe(at=NOW, witness="feed", error="HTTP 503")) == {"feed"}

    def test_once_the_days_listing_was_read_with_the_window_nothing_is_asked(self) -> None:
        assert self.ask(read("api", 6), read("feed", 6, listed=DAY), hours=10) == set()

    def test_a_window_that_was_read_before_the_listing_is_read_again(self) -> None:
        assert self.ask(read("api", 2), read("feed", 6, listed=DAY), hours=10) == {"api", "feed"}

    def test_a_listing_that_misses_papers_settles_nothing(self) -> None:
        assert self.ask(read("api", 6), read("feed", 6, listed=DAY, unknown=1), hours=10) == {"api", "feed"}

    @pytest.mark.parametrize("kind", [DayKind.WEEKEND, DayKind.HOLIDAY])
    def test_a_day_without_a_mailing_is_left_in_peace_for_eight_hours(self, kind: DayKind) -> None:
        probes = (read("api"), read("feed", listed=DAY - timedelta(days=1)))
        assert self.ask(*probes, hours=6, kind=kind) == set()
        assert self.ask(*probes, hours=8, kind=kind) == {"api", "feed"}

    def test_unless_a_witness_could_not_be_read(self) -> None:
        assert self.ask(read("api"), hours=2, kind=DayKind.WEEKEND) == {"api", "feed"}


class TestMissedDates:
    FRIDAY, MONDAY = date(2026, 2, 13), date(2026, 2, 16)

    def facts(self, day: date, *probes: Probe) -> dict[date, EditionFacts]:
        return {day: EditionFacts(date=day, window=window_of(day), probes=probes)}

    def missed(self, day: date, known: dict[date, EditionFacts], first: date = DAY, days: int = 21) -> list[date]:
        return missed_dates(day, first, known, timedelta(days=days))

    def test_they_are_the_days_of_the_week_whose_listing_nobody_read(self) -> None:
        known = self.facts(DAY, read("feed", 6, listed=DAY)) | self.facts(self.FRIDAY, read("api", 30))
        assert self.missed(self.MONDAY, known) == [self.FRIDAY]

    def test_none_is_before_the_first_edition_or_the_look_back(self) -> None:
        assert self.missed(self.MONDAY, {}, first=self.FRIDAY) == [self.FRIDAY]
        assert self.missed(self.MONDAY + timedelta(days=2), {}, days=1) == [self.MONDAY + timedelta(days=1)]

    def test_one_that_arxiv_will_not_list_is_asked_for_once(self) -> None:
        refused = Probe(at=NOW, witness="catchup", error="robots.txt", is_final=True)
        assert self.missed(self.FRIDAY, self.facts(DAY, refused)) == []

    def test_one_whose_pages_were_read_in_vain_does_not_keep_the_others_waiting(self) -> None:
        in_vain = self.facts(DAY, read("catchup", 30, listed=DAY, is_doubtful=True))
        assert self.missed(self.MONDAY, in_vain) == [self.FRIDAY, DAY]

    def test_after_three_times_in_vain_a_days_first_probe_alone_asks(self) -> None:
        failed = [Probe(at=NOW + hours * HOUR, witness="catchup", error="HTTP 404") for hours in (24, 26, 28)]
        twice, thrice = (self.facts(DAY, *failed[:tries])[DAY] for tries in (2, 3))
        assert [is_to_catch_up(facts, is_first=False) for facts in (None, twice, thrice)] == [True, True, False]
        assert is_to_catch_up(thrice, is_first=True)
