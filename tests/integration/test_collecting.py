"""What arXiv announced joins one edition each, whichever witness speaks and whichever is silent."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.flow.collecting import DAY_ENDED, LISTING
from arxiv_daily.flow.fetch import Fetch, NotAnnounced
from arxiv_daily.models import Announcement, Filters, Kind, Listing, Paper, Seen
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.sources.errors import ArxivUnavailable, QueryRejected
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.examples import DAY, NOW, a_paper
from tests.integration.conftest import Inbox
from tests.integration.fakes import API, FakeArxiv, FakeCatchUp, FakeClock, FakeFeed, FakeWithdrawals

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
YESTERDAY, TOMORROW = DAY - A_DAY, DAY + A_DAY
FIRST, SECOND = a_paper("2602.00001"), a_paper("2602.00002")
OLD = a_paper("2501.00003", primary_category="cs.LG", published=NOW - 400 * A_DAY)
UNAVAILABLE = ArxivUnavailable("https://arxiv.org/catchup", "arXiv answered HTTP 503", 3)


def named(*papers: Paper, kind: Kind = Kind.NEW, day: date = DAY) -> Listing:
    return Listing(date=day, announcements=tuple(Announcement(paper_id=paper.paper_id, kind=kind) for paper in papers))


@pytest.fixture
def read(editions: EditionStore, papers: PaperStore) -> Any:
    def view(day: date = DAY) -> EditionView:
        entries = editions.entries(day)
        versions = papers.versions([entry.ref for entry in entries])
        return edition_view(editions.facts(day), entries, versions, editions.seen(day), calendar_day(day))

    return view


def ids(view: EditionView) -> list[str]:
    return sorted([seen.paper.paper_id for seen in view.papers] + [seen.paper_id for seen in view.unseen])


class TestTheListing:
    def test_a_cross_list_of_an_old_paper_joins_through_the_feed_alone(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        arxiv.shown, feed.listing = [OLD], named(OLD, kind=Kind.CROSS)
        fetch.run(NOW)
        assert ids(read()) == [OLD.paper_id]
        assert read().counts.cross_listed == 1

    def test_a_paper_without_metadata_is_recorded_at_once_and_joins_when_it_is_visible(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        feed.listing = named(FIRST)
        fetch.run(NOW)
        assert (read().counts.announced, read().counts.pending, read().status) == (1, 1, EditionStatus.FILLING)
        arxiv.shown = [FIRST]
        assert fetch.run(NOW + 2 * HOUR).joined == 1
        assert ([seen.late for seen in read().papers], read().unseen) == ([True], ())

    def test_one_that_becomes_visible_the_next_day_still_joins_the_edition_that_announced_it(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        feed.listing = named(FIRST)
        fetch.run(NOW)
        arxiv.shown = [FIRST]
        fetch.run(NOW + A_DAY)
        assert (ids(read()), ids(read(TOMORROW))) == ([FIRST.paper_id], [])

    def test_after_more_than_a_day_without_metadata_that_is_said(
        self,
        fetch: Fetch,
        feed: FakeFeed,
        read: Any,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        feed.listing = named(FIRST)
        fetch.run(NOW)
        fetch.run(NOW + A_DAY)
        assert [seen.overdue for seen in read().unseen] == [False]
        before = read().rev
        fetch.run(NOW + A_DAY + 2 * HOUR)
        assert [seen.overdue for seen in read().unseen] == [True]
        assert read().rev > before
        assert "no metadata for more than a day" in caplog.text

    def test_once_it_was_read_and_joined_the_edition_is_settled_and_nothing_more_is_asked(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, editions: EditionStore
    ) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW)
        assert editions.facts(DAY).settled_by == LISTING
        asked = arxiv.asked
        fetch.run(NOW + 2 * HOUR)
        assert arxiv.asked == asked

    def test_one_that_is_partly_of_an_earlier_date_confirms_nothing(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, editions: EditionStore
    ) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST).model_copy(update={"is_partial": True})
        fetch.run(NOW)
        assert editions.facts(DAY).settled_by is None

    def test_a_note_that_a_killed_run_left_behind_is_not_counted_beside_its_entry(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, editions: EditionStore, read: Any
    ) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW)
        editions.note(DAY, Seen(paper_id=FIRST.paper_id, kind=Kind.NEW, witness="feed", since=NOW))
        assert (read().counts.announced, read().unseen) == (1, ())

    def test_one_of_a_date_before_the_first_edition_does_not_count(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        arxiv.shown, feed.listing = [OLD], named(OLD, day=YESTERDAY)
        fetch.run(NOW)
        assert ids(read()) == []

    def test_one_of_the_day_before_fills_that_edition(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        fetch.run(NOW)
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW + A_DAY)
        assert (ids(read()), ids(read(TOMORROW))) == ([FIRST.paper_id], [])

    def test_one_that_misses_a_paper_of_the_day_does_not_confirm_it(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, editions: EditionStore, catchup: FakeCatchUp
    ) -> None:
        arxiv.shown, feed.listing = [FIRST, SECOND], named(FIRST)
        fetch.run(NOW)
        assert editions.facts(DAY).settled_by is None
        assert [probe.unknown for probe in editions.facts(DAY).probes if probe.witness == "feed"] == [1]
        catchup.listings[DAY] = named(FIRST, SECOND, OLD)
        arxiv.shown.append(OLD)
        feed.listing = named(day=TOMORROW)
        fetch.run(NOW + A_DAY + 6 * HOUR)
        assert {entry.paper_id for entry in editions.entries(DAY)} == {"2602.00001", "2602.00002", OLD.paper_id}

    def test_one_that_repeats_yesterdays_papers_under_todays_date_is_not_believed(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, editions: EditionStore
    ) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW)
        feed.listing = named(FIRST, day=TOMORROW)
        fetch.run(NOW + A_DAY)
        assert editions.facts(TOMORROW).settled_by is None
        assert editions.entries(TOMORROW) == []

    def test_one_that_names_nothing_at_all_confirms_nothing(
        self, fetch: Fetch, feed: FakeFeed, editions: EditionStore, catchup: FakeCatchUp
    ) -> None:
        feed.listing = named()
        fetch.run(NOW)
        assert editions.facts(DAY).settled_by is None
        catchup.listings[DAY] = named()
        fetch.run(NOW + A_DAY)
        assert editions.facts(DAY).settled_by == LISTING


class TestWitnessesThatFail:
    def test_the_feeds_failure_is_recorded_and_the_window_joins(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        feed.down, arxiv.shown = True, [FIRST]
        fetch.run(NOW)
        states = {source.witness: source.state for source in read().sources}
        assert (ids(read()), states) == ([FIRST.paper_id], {"api": "ok", "feed": "failed"})

    def test_the_windows_failure_ends_the_run_as_failed_and_the_feed_has_spoken(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        feed.listing, arxiv.down = named(FIRST), True
        with pytest.raises(ArxivUnavailable):
            fetch.run(NOW)
        assert (ids(read()), read().counts.pending) == ([FIRST.paper_id], 1)
        arxiv.down, arxiv.shown = False, [FIRST]
        fetch.run(NOW)
        assert (read().unseen, len(read().papers)) == ((), 1)

    def test_an_edition_that_nobody_could_read_is_stalled(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, read: Any
    ) -> None:
        feed.down = arxiv.down = True
        with pytest.raises(ArxivUnavailable):
            fetch.run(NOW)
        assert read().status is EditionStatus.STALLED

    def test_a_query_that_arxiv_does_not_accept_is_our_own_failure(
        self, fetch: Fetch, arxiv: FakeArxiv, read: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> list[Paper]:
            raise QueryRejected(API, "arXiv rejected the query (bad category)")

        monkeypatch.setattr(arxiv, "published_between", refuse)
        monkeypatch.setattr(FakeFeed, "read", lambda *_: (_ for _ in ()).throw(UNAVAILABLE))
        with pytest.raises(QueryRejected):
            fetch.run(NOW)
        assert read().status is EditionStatus.FAILED


class TestMissedDays:
    @pytest.fixture(autouse=True)
    def outage(self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed) -> None:
        """DAY was read; then arXiv was out of reach for the whole of TOMORROW, a Friday."""
        feed.listing = named(OLD, kind=Kind.REPLACE)
        fetch.run(NOW)
        feed.down = arxiv.down = True
        with pytest.raises(ArxivUnavailable):
            fetch.run(NOW + A_DAY)
        feed.down = arxiv.down = False

    SATURDAY = NOW + 2 * A_DAY

    def test_the_catch_up_listing_stands_in(
        self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp, feed: FakeFeed, read: Any
    ) -> None:
        catchup.listings[TOMORROW] = named(FIRST, OLD, day=TOMORROW)
        arxiv.shown = [FIRST, OLD]
        fetch.run(self.SATURDAY)
        assert ids(read(TOMORROW)) == [OLD.paper_id, FIRST.paper_id]
        assert read(TOMORROW).settled_by == LISTING
        assert (ids(read(TOMORROW + A_DAY)), read(TOMORROW + A_DAY).status) == ([], EditionStatus.WEEKEND)

    def test_it_is_asked_again_when_it_could_not_be_read(
        self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp, read: Any
    ) -> None:
        catchup.listings[TOMORROW] = UNAVAILABLE
        fetch.run(self.SATURDAY)
        catchup.listings[TOMORROW], arxiv.shown = named(FIRST, day=TOMORROW), [FIRST]
        fetch.run(self.SATURDAY + 2 * HOUR)
        assert ids(read(TOMORROW)) == [FIRST.paper_id]

    def test_a_date_whose_page_is_broken_does_not_keep_the_next_from_being_read(
        self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp, feed: FakeFeed, read: Any
    ) -> None:
        monday = TOMORROW + 3 * A_DAY
        catchup.listings |= {TOMORROW: UNAVAILABLE, monday: named(FIRST, day=monday)}
        arxiv.shown, feed.listing = [FIRST], named(day=monday)
        fetch.run(NOW + 5 * A_DAY)
        assert ids(read(monday)) == [FIRST.paper_id]

    def test_a_day_that_was_stalled_stays_so_where_there_is_no_listing(self, fetch: Fetch, read: Any) -> None:
        fetch.run(self.SATURDAY)
        assert read(TOMORROW).status is EditionStatus.STALLED

    def test_where_there_is_none_the_window_brings_what_it_shows_and_nobody_asks_again(
        self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp, read: Any
    ) -> None:
        arxiv.shown = [FIRST]
        fetch.run(self.SATURDAY)
        fetch.run(self.SATURDAY + 9 * HOUR)
        assert catchup.asked == [TOMORROW]
        assert ids(read(TOMORROW + A_DAY)) == [FIRST.paper_id]
        assert read(TOMORROW).settled_by == DAY_ENDED


class TestBackfill:
    @pytest.fixture(autouse=True)
    def later(self, clock: FakeClock) -> None:
        clock.advance(days=1)

    def test_a_date_whose_listing_is_to_come_is_refused(self, fetch: Fetch) -> None:
        with pytest.raises(NotAnnounced, match="has not listed 2026-02-14 yet"):
            fetch.backfill(DAY + 2 * A_DAY)

    def test_it_fills_the_edition_from_the_listing_of_its_date(
        self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp, read: Any
    ) -> None:
        catchup.listings[DAY], arxiv.shown = named(FIRST, OLD), [FIRST, OLD, SECOND]
        report = fetch.backfill(DAY)
        assert (report.joined, report.messages, ids(read())) == (2, 2, [OLD.paper_id, FIRST.paper_id])
        assert read().settled_by == LISTING

    def test_a_second_time_it_asks_and_writes_nothing(
        self, fetch: Fetch, arxiv: FakeArxiv, catchup: FakeCatchUp, editions: EditionStore
    ) -> None:
        catchup.listings[DAY], arxiv.shown = named(FIRST), [FIRST]
        fetch.backfill(DAY)
        before, asked = editions.facts(DAY), arxiv.asked
        assert fetch.backfill(DAY).joined == 0
        assert (editions.facts(DAY), arxiv.asked, catchup.asked) == (before, asked, [DAY])

    def test_without_a_listing_the_calendar_estimates_and_the_edition_says_so(
        self, fetch: Fetch, arxiv: FakeArxiv, read: Any
    ) -> None:
        arxiv.shown = [FIRST]
        fetch.backfill(DAY)
        assert (ids(read()), read().settled_by) == ([FIRST.paper_id], "estimate")
        asked = arxiv.asked
        fetch.backfill(DAY)
        assert arxiv.asked == asked

    def test_a_listing_that_cannot_be_read_now_is_an_error_and_not_an_estimate(
        self, fetch: Fetch, catchup: FakeCatchUp, editions: EditionStore
    ) -> None:
        catchup.listings[DAY] = UNAVAILABLE
        with pytest.raises(ArxivUnavailable):
            fetch.backfill(DAY)
        assert editions.facts(DAY).settled_by is None

    def test_a_paper_that_is_in_an_edition_stays_there(
        self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed, catchup: FakeCatchUp, read: Any
    ) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW)
        catchup.listings[YESTERDAY] = named(FIRST, SECOND, day=YESTERDAY)
        arxiv.shown.append(SECOND)
        fetch.backfill(YESTERDAY)
        assert (ids(read(YESTERDAY)), ids(read())) == ([SECOND.paper_id], [FIRST.paper_id])


class TestReplacements:
    NEWER = a_paper("2602.00001", version=2, comment="12 pages, results corrected")

    @pytest.fixture(autouse=True)
    def first_day(self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW)
        arxiv.shown, feed.listing = [self.NEWER], named(self.NEWER, kind=Kind.REPLACE, day=TOMORROW)

    def test_they_are_not_shown_by_default(self, fetch: Fetch, read: Any) -> None:
        fetch.run(NOW + A_DAY)
        assert ids(read(TOMORROW)) == []
        assert read(TOMORROW).status is EditionStatus.QUIET

    @pytest.mark.parametrize("shows_replacements", [True])
    @pytest.mark.usefixtures("shows_replacements")
    def test_where_they_are_shown_a_version_joins_once_as_a_replacement(
        self, fetch: Fetch, read: Any, papers: PaperStore
    ) -> None:
        fetch.run(NOW + A_DAY)
        fetch.run(NOW + A_DAY + HOUR)
        assert [(seen.paper.version, seen.kind) for seen in read(TOMORROW).papers] == [(2, Kind.REPLACE)]
        assert read(TOMORROW).counts.replaced == 1
        assert ids(read()) == [FIRST.paper_id]
        assert (papers.edition_of(FIRST.ref), papers.edition_of(self.NEWER.ref)) == (DAY, TOMORROW)


class TestWithdrawals:
    GONE = a_paper("2602.00001", version=2, comment="Withdrawn by the authors: an error in Section 3")

    @pytest.fixture(autouse=True)
    def first_day(self, fetch: Fetch, arxiv: FakeArxiv, feed: FakeFeed) -> None:
        arxiv.shown, feed.listing = [FIRST], named(FIRST)
        fetch.run(NOW)
        arxiv.shown, feed.listing = [self.GONE], named(self.GONE, kind=Kind.REPLACE, day=TOMORROW)

    def test_a_paper_whose_newest_version_has_no_pdf_is_marked_where_it_stands(
        self, fetch: Fetch, withdrawals: FakeWithdrawals, read: Any
    ) -> None:
        withdrawals.gone = {FIRST.paper_id}
        before = read().rev
        fetch.run(NOW + A_DAY)
        assert [seen.withdrawn for seen in read().papers] == [self.GONE.comment]
        assert read().counts.withdrawn == 1
        assert read().rev > before

    def test_a_comment_alone_is_no_withdrawal(self, fetch: Fetch, read: Any) -> None:
        fetch.run(NOW + A_DAY)
        assert read().counts.withdrawn == 0

    def test_a_pdf_that_cannot_be_asked_for_keeps_nobody_from_joining(
        self, fetch: Fetch, arxiv: FakeArxiv, read: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> bool:
            raise UNAVAILABLE

        monkeypatch.setattr(FakeWithdrawals, "has_no_pdf", refuse)
        arxiv.shown.append(SECOND.model_copy(update={"published": NOW + HOUR}))
        fetch.run(NOW + A_DAY)
        assert (ids(read(TOMORROW)), read(TOMORROW).settled_by) == ([SECOND.paper_id], None)

    def test_a_withdrawal_that_the_index_shows_later_is_marked_then(
        self, fetch: Fetch, arxiv: FakeArxiv, withdrawals: FakeWithdrawals, read: Any
    ) -> None:
        withdrawals.gone, arxiv.shown = {FIRST.paper_id}, [FIRST]
        fetch.run(NOW + A_DAY)
        assert read().counts.withdrawn == 0
        arxiv.shown = [self.GONE]
        fetch.run(NOW + A_DAY + 2 * HOUR)
        assert read().counts.withdrawn == 1

    @pytest.mark.parametrize("shows_replacements", [True])
    @pytest.mark.usefixtures("shows_replacements")
    def test_a_withdrawal_is_not_shown_as_a_replacement(
        self, fetch: Fetch, withdrawals: FakeWithdrawals, read: Any
    ) -> None:
        withdrawals.gone = {FIRST.paper_id}
        fetch.run(NOW + A_DAY)
        assert (ids(read(TOMORROW)), read().counts.withdrawn) == ([], 1)

    @pytest.mark.parametrize("shows_replacements", [True])
    @pytest.mark.usefixtures("shows_replacements")
    def test_a_replacement_whose_comment_only_speaks_of_a_withdrawal_is_shown(self, fetch: Fetch, read: Any) -> None:
        fetch.run(NOW + A_DAY)
        assert (ids(read(TOMORROW)), read().counts.withdrawn) == ([FIRST.paper_id], 0)

    def test_when_arxiv_could_not_be_asked_the_next_probe_looks_again(
        self, fetch: Fetch, arxiv: FakeArxiv, withdrawals: FakeWithdrawals, read: Any
    ) -> None:
        withdrawals.gone, arxiv.down = {FIRST.paper_id}, True
        with pytest.raises(ArxivUnavailable):
            fetch.run(NOW + A_DAY)
        arxiv.down = False
        fetch.run(NOW + A_DAY + 2 * HOUR)
        assert read().counts.withdrawn == 1


class TestFilters:
    @pytest.mark.parametrize("filters", [Filters(cap=1)], ids=["cap"])
    @pytest.mark.usefixtures("filters")
    def test_a_cap_hides_the_older_paper_which_is_counted_and_costs_nothing(
        self, fetch: Fetch, arxiv: FakeArxiv, read: Any, inbox: Inbox
    ) -> None:
        newer = SECOND.model_copy(update={"published": SECOND.published + HOUR})
        arxiv.shown = [FIRST, newer]
        fetch.run(NOW)
        assert inbox.paper_ids() == [newer.paper_id]
        assert (read().counts.announced, read().counts.shown, read().hidden_by) == (2, 1, {"cap": 1})
        fetch.run(NOW + 2 * HOUR)
        assert read().counts.shown == 1

    @pytest.mark.parametrize("filters", [Filters(keywords_out=("hearing",))], ids=["keywords"])
    @pytest.mark.usefixtures("filters")
    def test_a_rule_that_changes_later_changes_nothing_that_has_joined(
        self, fetch: Fetch, arxiv: FakeArxiv, read: Any
    ) -> None:
        arxiv.shown = [FIRST]
        fetch.run(NOW)
        resolving = fetch.collecting.resolving
        joining = replace(resolving.joining, filters=Filters())
        freed = replace(fetch, collecting=replace(fetch.collecting, resolving=replace(resolving, joining=joining)))
        freed.run(NOW + 2 * HOUR)
        assert read().hidden_by == {"keywords_out": 1}
