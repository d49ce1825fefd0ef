"""What waits for long: ids without metadata, editions beyond the look-back, papers that may have been withdrawn."""

from datetime import date, datetime
from typing import Any

import pytest

from arxiv_daily.editions.choosing import ESTIMATE
from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.flow.collecting import DAY_ENDED, LISTING
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.models import EditionRow, Kind, Paper
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.sources.errors import ArxivBusy, ArxivUnavailable
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from tests.examples import DAY, NOW, a_paper
from tests.integration.fakes import API, FakeArxiv, FakeCatchUp, FakeClock, FakeFeed, FakeWithdrawals
from tests.integration.test_collecting import A_DAY, FIRST, HOUR, OLD, SECOND, TOMORROW, UNAVAILABLE, ids, named

LONG_AFTER = NOW + 30 * A_DAY
"""Beyond the look-back of three weeks."""


@pytest.fixture
def read(editions: EditionStore, papers: PaperStore, rows: SiteStore) -> Any:
    """An edition as aggregate would see it, which also writes its row."""

    def view(day: date = DAY) -> EditionView:
        entries = editions.entries(day)
        versions = papers.versions([entry.ref for entry in entries])
        made = edition_view(editions.facts(day), entries, versions, editions.seen(day), calendar_day(day))
        counts = made.counts
        rows.put(
            EditionRow(
                date=day, status=made.status, status_text="", shown=counts.shown, pending=counts.pending, rev=made.rev
            )
        )
        return made

    return view


class TestBeyondTheLookBack:
    @pytest.fixture(autouse=True)
    def named_without_metadata(self, fetch: Fetch, feed: FakeFeed, read: Any) -> None:
        feed.listing = named(FIRST)
        fetch.run(NOW)
        assert read().counts.pending == 1

    def test_a_paper_that_arxiv_shows_at_last_joins_the_edition_that_announced_it(
        self, fetch: Fetch, arxiv: FakeArxiv, read: Any
    ) -> None:
        fetch.run(LONG_AFTER)
        assert [seen.overdue for seen in read().unseen] == [True]
        arxiv.shown = [FIRST]
        fetch.run(LONG_AFTER + A_DAY)
        assert (ids(read()), read().unseen, read().papers[0].late) == ([FIRST.paper_id], (), True)

    def test_it_is_asked_for_by_the_first_probe_of_a_day_alone(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed
    ) -> None:
        feed.listing = named(OLD, kind=Kind.REPLACE, day=LONG_AFTER.date())
        fetch.run(LONG_AFTER)
        asked = arxiv.asked
        fetch.run(LONG_AFTER + 2 * HOUR)
        assert arxiv.asked == asked

    def test_the_edition_of_its_day_is_settled(self, fetch: Fetch, editions: EditionStore) -> None:
        fetch.run(LONG_AFTER)
        assert editions.facts(DAY).settled_by == DAY_ENDED


class TestNamedTwice:
    def test_a_paper_that_waits_for_one_edition_is_not_pending_in_the_next_one_too(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        feed.listing = named(FIRST)
        fetch.run(NOW)
        feed.listing = named(FIRST, kind=Kind.CROSS, day=TOMORROW)
        fetch.run(NOW + A_DAY)
        assert (read().counts.announced, read(TOMORROW).counts.announced) == (1, 0)
        arxiv.shown = [FIRST]
        fetch.run(NOW + A_DAY + 2 * HOUR)
        assert (ids(read()), ids(read(TOMORROW))) == ([FIRST.paper_id], [])


class TestASmallerQuestion:
    def test_what_the_feed_named_is_asked_for_by_id_where_the_window_fails(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object) -> list[Paper]:
            raise ArxivUnavailable(API, "no answer from arXiv (ReadTimeout)", 4)

        monkeypatch.setattr(arxiv, "published_between", fail)
        arxiv.shown, feed.listing = [FIRST, SECOND], named(FIRST)
        with pytest.raises(ArxivUnavailable):
            fetch.run(NOW)
        assert ([seen.paper.paper_id for seen in read().papers], read().settled_by) == ([FIRST.paper_id], None)

    def test_not_while_arxiv_asks_everybody_to_wait(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def busy(*_: object) -> list[Paper]:
            raise ArxivBusy(API, "arXiv answered HTTP 429", 60.0, 1)

        monkeypatch.setattr(arxiv, "published_between", busy)
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        with pytest.raises(ArxivBusy):
            fetch.run(NOW)
        assert (arxiv.asked, len(read().unseen)) == (0, 1)

    def test_the_window_is_asked_before_missed_days_are_caught_up(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, catchup: FakeCatchUp, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        feed.listing = named(OLD, kind=Kind.REPLACE)
        fetch.run(NOW)
        at_the_window: list[int] = []

        def window(*_: object) -> list[Paper]:
            at_the_window.append(len(catchup.asked))
            return []

        monkeypatch.setattr(arxiv, "published_between", window)
        fetch.run(NOW + 5 * A_DAY)
        assert (at_the_window, len(catchup.asked)) == ([0], 2)


class TestADoubtfulFeed:
    def test_one_of_cross_lists_alone_that_yesterdays_edition_has_is_not_believed(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, catchup: FakeCatchUp, read: Any
    ) -> None:
        another = a_paper("2501.00004", primary_category="cs.LG", published=NOW - 400 * A_DAY)
        arxiv.shown, feed.listing = [OLD], named(OLD, kind=Kind.CROSS)
        fetch.run(NOW)
        feed.listing = named(OLD, kind=Kind.CROSS, day=TOMORROW)
        fetch.run(NOW + A_DAY)
        assert read(TOMORROW).settled_by is None
        catchup.listings[TOMORROW] = named(another, kind=Kind.CROSS, day=TOMORROW)
        arxiv.shown.append(another)
        fetch.run(NOW + 2 * A_DAY)
        assert (ids(read(TOMORROW)), read(TOMORROW).settled_by) == ([another.paper_id], LISTING)

    def test_what_one_calls_a_cross_list_is_new_where_its_own_category_is_followed(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW)
        stuck = named(FIRST, day=TOMORROW)
        crossed = named(SECOND, OLD, kind=Kind.CROSS, day=TOMORROW)
        feed.listing = stuck.model_copy(update={"announcements": stuck.announcements + crossed.announcements})
        arxiv.shown = [FIRST, SECOND, OLD]
        fetch.run(NOW + A_DAY)
        kinds = {seen.paper.paper_id: seen.kind for seen in read(TOMORROW).papers}
        assert kinds == {SECOND.paper_id: Kind.NEW, OLD.paper_id: Kind.CROSS}


class TestSilence:
    """The feed of DAY was empty at 14:50, and the window too; both filled later."""

    SILENT, CROSS = NOW + 6 * HOUR, named(OLD, kind=Kind.CROSS)

    @pytest.fixture(autouse=True)
    def silent(self, fetch: Fetch, feed: FakeFeed, read: Any) -> None:
        fetch.run(NOW)
        feed.listing = named()
        fetch.run(self.SILENT)
        assert (read().counts.announced, read().settled_by) == (0, None)

    def test_what_the_window_shows_in_the_evening_makes_the_feed_be_read(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        feed.listing = named(FIRST)
        feed.listing = feed.listing.model_copy(
            update={"announcements": feed.listing.announcements + self.CROSS.announcements}
        )
        arxiv.shown = [FIRST, OLD]
        fetch.run(self.SILENT + 8 * HOUR)
        assert (ids(read()), read().settled_by) == ([OLD.paper_id, FIRST.paper_id], LISTING)

    def test_where_arxiv_keeps_programs_from_its_catch_up_pages_the_feed_is_read_in_the_morning(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        arxiv.shown, feed.listing = [OLD], self.CROSS
        fetch.run(NOW + A_DAY)
        assert (ids(read()), ids(read(TOMORROW))) == ([OLD.paper_id], [])

    def test_where_its_catch_up_page_tells_the_feed_is_not_read(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, catchup: FakeCatchUp, read: Any
    ) -> None:
        arxiv.shown, feed.down = [OLD], True
        catchup.listings[DAY] = self.CROSS
        fetch.run(NOW + A_DAY)
        assert (ids(read()), read().settled_by) == ([OLD.paper_id], LISTING)
        assert read(TOMORROW).sources == ()


class TestCatchUpPagesThatAreMissing:
    MONDAY = NOW + 4 * A_DAY
    """DAY is a Thursday; nobody could read Friday's listing."""

    def test_a_back_fill_that_lacks_a_category_says_so(
        self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp, clock: FakeClock, read: Any
    ) -> None:
        clock.advance(days=2)
        arxiv.shown = [FIRST]
        catchup.listings[DAY] = named(FIRST).model_copy(update={"is_partial": True})
        with pytest.raises(ArxivUnavailable, match="a category has no catch-up page"):
            fetch.backfill(DAY)
        assert (ids(read()), read().settled_by) == ([FIRST.paper_id], None)

    def test_a_page_that_stays_missing_is_asked_for_once_a_day_and_fails_no_run(
        self, fetch: Fetch, feed: FakeFeed, catchup: FakeCatchUp
    ) -> None:
        fetch.run(NOW)
        catchup.listings |= {DAY: UNAVAILABLE, TOMORROW: UNAVAILABLE}
        for day in range(4, 7):
            feed.listing = named(OLD, kind=Kind.REPLACE, day=(NOW + day * A_DAY).date())
            for hours in (0, 2, 4, 6, 10):
                fetch.run(NOW + day * A_DAY + hours * HOUR)
        assert catchup.asked.count(TOMORROW) == 3 + 2


class TestAFirstTryThatFails:
    def test_what_waits_for_long_is_asked_for_by_the_next_try(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        feed.listing = named(FIRST)
        fetch.run(NOW)
        read()
        arxiv.down = True
        with pytest.raises(ArxivUnavailable):
            fetch.run(LONG_AFTER)
        arxiv.down, arxiv.shown = False, [FIRST]
        fetch.run(LONG_AFTER)
        assert ids(read()) == [FIRST.paper_id]


class TestAnEventOfEarlier:
    def test_what_a_settled_edition_gets_by_it_is_late(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        fetch.run(NOW)
        fetch.run(NOW + A_DAY)
        assert read().settled_by == DAY_ENDED
        arxiv.shown = [FIRST]
        fetch.run(NOW + HOUR)
        assert [seen.late for seen in read().papers] == [True]


class TestBackfillOfADayThatEnded:
    """Nobody could read DAY's listing, and arXiv offers none any more."""

    @pytest.fixture(autouse=True)
    def ended(self, fetch: Fetch, arxiv: FakeArxiv, clock: FakeClock, read: Any) -> None:
        fetch.run(NOW)
        fetch.run(NOW + A_DAY)
        assert read().settled_by == DAY_ENDED
        clock.advance(days=2)
        arxiv.shown = [FIRST]

    def test_the_edition_says_that_it_was_estimated_and_its_papers_are_late(self, fetch: Fetch, read: Any) -> None:
        fetch.backfill(DAY)
        assert (read().settled_by, [seen.late for seen in read().papers]) == (ESTIMATE, [True])

    def test_a_second_time_nothing_is_asked(self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp) -> None:
        fetch.backfill(DAY)
        asked = arxiv.asked, len(catchup.asked)
        fetch.backfill(DAY)
        assert (arxiv.asked, len(catchup.asked)) == asked

    def test_a_listing_that_there_is_after_all_settles_it(
        self, fetch: Fetch, catchup: FakeCatchUp, editions: EditionStore
    ) -> None:
        catchup.listings[DAY] = named(FIRST)
        fetch.backfill(DAY)
        assert editions.facts(DAY).settled_by == LISTING


class TestBackfillOfLongAgo:
    def test_an_id_without_metadata_becomes_overdue_and_joins_when_it_is_shown(
        self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp, clock: FakeClock, read: Any
    ) -> None:
        clock.advance(days=30)
        catchup.listings[DAY] = named(FIRST)
        fetch.backfill(DAY)
        assert read().counts.pending == 1
        fetch.run(LONG_AFTER)
        assert [seen.overdue for seen in read().unseen] == [True]
        arxiv.shown = [FIRST]
        fetch.run(LONG_AFTER + A_DAY)
        assert (ids(read()), read().unseen, read().settled_by) == ([FIRST.paper_id], (), LISTING)


class TestAPauseOfMonths:
    def test_the_last_edition_before_it_is_settled_by_the_first_probe_after_it(self, fetch: Fetch, read: Any) -> None:
        fetch.run(NOW)
        assert (read().status, read().settled_by) == (EditionStatus.WAITING, None)
        fetch.run(LONG_AFTER)
        assert read().settled_by == DAY_ENDED


class TestSuspects:
    """FIRST was replaced by a version whose comment speaks of a withdrawal, and nobody can ask for its PDF."""

    GONE = a_paper("2602.00001", version=2, comment="Withdrawn by the authors", updated=NOW + HOUR)
    TOMORROW_NOON = NOW + A_DAY + 4 * HOUR

    @pytest.fixture(autouse=True)
    def replaced(self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, monkeypatch: pytest.MonkeyPatch) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW)
        arxiv.shown, feed.listing = [self.GONE], named(self.GONE, kind=Kind.REPLACE, day=TOMORROW)
        with monkeypatch.context() as patched:
            patched.setattr(FakeWithdrawals, "has_no_pdf", _refuse)
            fetch.run(NOW + A_DAY)

    def test_the_listing_counts_all_the_same(self, editions: EditionStore) -> None:
        assert editions.facts(TOMORROW).settled_by == LISTING

    def test_the_next_probe_looks_and_then_nobody_does(
        self, fetch: Fetch, arxiv: FakeArxiv, withdrawals: FakeWithdrawals, rows: SiteStore, read: Any
    ) -> None:
        withdrawals.gone = {FIRST.paper_id}
        fetch.run(self.TOMORROW_NOON)
        assert (read().counts.withdrawn, rows.suspects()) == (1, [])
        asked = arxiv.asked
        fetch.run(self.TOMORROW_NOON + HOUR)
        assert arxiv.asked == asked

    def test_a_version_that_arxiv_does_not_show_yet_is_one_for_five_days(
        self, fetch: Fetch, arxiv: FakeArxiv, rows: SiteStore, caplog: pytest.LogCaptureFixture
    ) -> None:
        arxiv.shown = [FIRST]
        days: list[datetime] = [NOW + number * A_DAY for number in range(2, 8)]
        for now in days[:-1]:
            fetch.run(now)
        assert [one.paper_id for one in rows.suspects()] == [FIRST.paper_id]
        fetch.run(days[-1])
        assert rows.suspects() == []
        assert "nobody could look whether a paper was withdrawn" in caplog.text


def _refuse(*_: object) -> bool:
    raise UNAVAILABLE
