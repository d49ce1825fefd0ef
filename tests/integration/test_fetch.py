from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest

from arxiv_daily.editions.sweep import REPAIR_AFTER
from arxiv_daily.editions.window import budget_day
from arxiv_daily.flow.fetch import Fetch
from arxiv_daily.flow.outbox import NotSent
from arxiv_daily.flow.queue import PapersQueue
from arxiv_daily.models import EditionRow, Kind, Paper, PaperMessage, Probe, TextSource, Work, WorkState
from arxiv_daily.observability import Figure, ReadingState
from arxiv_daily.sources.errors import ArxivUnavailable
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from tests.embedded_metrics import figures
from tests.examples import DAY, NOW, a_paper, a_ready, an_entry
from tests.integration.conftest import Inbox
from tests.integration.fakes import FakeArxiv, FakeClock, Killed, RefusingSqs, before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_sqs import SQSClient

FIRST, SECOND, THIRD = (a_paper(f"2602.0000{number}") for number in (1, 2, 3))
MINUTE = timedelta(minutes=1)
NEXT_DAY = DAY + timedelta(days=1)
YESTERDAYS_FEED = Probe(at=NOW, witness="feed", seen=0, listed=DAY - timedelta(days=1))


Refusing = Callable[[int], Fetch]


@pytest.fixture
def refusing(fetch: Fetch, inbox: Inbox) -> Refusing:
    """A fetch whose queue refuses the message of SECOND so many times."""

    def refuse(times: int) -> Fetch:
        client = cast("SQSClient", RefusingSqs(inbox.client, SECOND.paper_id, times))
        return replace(fetch, outbox=replace(fetch.outbox, queue=PapersQueue(client, inbox.url)))

    return refuse


def set_work(papers: PaperStore, paper: Paper, work: Work) -> None:
    papers.change(paper.ref, lambda version: version.model_copy(update={"work": work}))


def killed(*_: object) -> None:
    raise Killed


class TestJoining:
    def test_papers_of_the_window_join_the_edition(
        self, fetch: Fetch, arxiv: FakeArxiv, editions: EditionStore, papers: PaperStore
    ) -> None:
        cross = a_paper("2602.00002", primary_category="cs.CL", categories=("cs.CL", "cs.SD"))
        arxiv.shown = [FIRST, cross, a_paper("2602.00009", published=NOW - timedelta(days=2))]
        report = fetch.run(NOW)
        assert (report.edition_date, report.seen, report.joined, report.messages) == (DAY, 2, 2, 2)
        assert editions.entries(DAY) == [an_entry(FIRST), an_entry(cross, kind=Kind.CROSS)]
        assert papers.version(cross.ref).paper == cross

    def test_the_outcome_of_the_probe_is_recorded(self, fetch: Fetch, arxiv: FakeArxiv, editions: EditionStore) -> None:
        arxiv.shown = [FIRST, SECOND]
        fetch.run(NOW)
        assert editions.facts(DAY).probes == (Probe(at=NOW, witness="api", seen=2), YESTERDAYS_FEED)

    def test_a_day_without_papers_is_recorded_too(self, fetch: Fetch, editions: EditionStore) -> None:
        assert fetch.run(NOW).seen == 0
        assert editions.facts(DAY).probes == (Probe(at=NOW, witness="api", seen=0), YESTERDAYS_FEED)

    def test_a_later_probe_adds_what_became_visible(
        self, fetch: Fetch, arxiv: FakeArxiv, editions: EditionStore
    ) -> None:
        arxiv.shown = [FIRST]
        fetch.run(NOW)
        arxiv.shown = [FIRST, SECOND]
        assert fetch.run(NOW + 120 * MINUTE).joined == 1
        assert editions.entries(DAY) == [an_entry(FIRST), an_entry(SECOND)]

    def test_a_paper_stays_in_the_edition_that_it_joined(
        self, fetch: Fetch, arxiv: FakeArxiv, editions: EditionStore, papers: PaperStore
    ) -> None:
        arxiv.shown = [FIRST]
        fetch.run(NOW)
        arxiv.shown = [FIRST.model_copy(update={"published": NOW + 60 * MINUTE})]
        report = fetch.run(NOW + timedelta(days=1))
        assert (report.edition_date, report.seen, report.joined) == (NEXT_DAY, 0, 0)
        assert (editions.entries(DAY), editions.entries(NEXT_DAY)) == ([an_entry(FIRST)], [])
        assert papers.edition_of(FIRST.ref) == DAY

    def test_a_new_version_of_a_paper_that_joined_changes_nothing(
        self, fetch: Fetch, arxiv: FakeArxiv, editions: EditionStore, inbox: Inbox
    ) -> None:
        arxiv.shown = [FIRST]
        fetch.run(NOW)
        arxiv.shown = [FIRST.model_copy(update={"version": 2})]
        assert fetch.run(NOW + 120 * MINUTE).joined == 0
        assert editions.entries(DAY) == [an_entry(FIRST)]
        assert [message.version for message in inbox.messages()] == [1]


class TestSending:
    def test_each_paper_has_one_message_with_its_version_and_edition(
        self, fetch: Fetch, arxiv: FakeArxiv, inbox: Inbox
    ) -> None:
        arxiv.shown = [a_paper("hep-th/9901001", version=2)]
        fetch.run(NOW)
        assert inbox.messages() == [PaperMessage(paper_id="hep-th/9901001", version=2, edition_date=DAY)]

    def test_messages_go_in_tens(self, fetch: Fetch, arxiv: FakeArxiv, inbox: Inbox) -> None:
        sizes: list[int] = []
        before(inbox.client, "SendMessageBatch", lambda call: sizes.append(len(call["Entries"])), times=99)
        arxiv.shown = [a_paper(f"2602.{number:05}") for number in range(23)]
        assert fetch.run(NOW).messages == 23
        assert sizes == [10, 10, 3]
        assert inbox.paper_ids() == [paper.paper_id for paper in arxiv.shown]

    def test_what_sqs_refused_is_sent_again(self, refusing: Refusing, arxiv: FakeArxiv, inbox: Inbox) -> None:
        arxiv.shown = [FIRST, SECOND, THIRD]
        assert refusing(2).run(NOW).messages == 3
        assert inbox.paper_ids() == [paper.paper_id for paper in arxiv.shown]

    def test_what_sqs_refuses_to_the_end_is_named_and_the_others_are_marked(
        self, refusing: Refusing, arxiv: FakeArxiv, papers: PaperStore
    ) -> None:
        arxiv.shown = [FIRST, SECOND, THIRD]
        with pytest.raises(NotSent, match=r"of 2602\.00002v1;"):
            refusing(99).run(NOW)
        assert [papers.version(paper.ref).work.sent_at for paper in arxiv.shown] == [NOW, None, NOW]

    def test_the_next_run_sends_what_was_refused(
        self, fetch: Fetch, refusing: Refusing, arxiv: FakeArxiv, inbox: Inbox
    ) -> None:
        arxiv.shown = [FIRST, SECOND, THIRD]
        with pytest.raises(NotSent):
            refusing(99).run(NOW)
        inbox.receive()
        fetch.run(NOW)
        assert inbox.paper_ids() == [SECOND.paper_id]

    def test_a_run_killed_before_it_sent_anything_is_finished_by_the_next(
        self, fetch: Fetch, arxiv: FakeArxiv, inbox: Inbox
    ) -> None:
        arxiv.shown = [FIRST, SECOND]
        before(inbox.client, "SendMessageBatch", killed)
        with pytest.raises(Killed):
            fetch.run(NOW)
        assert fetch.run(NOW).messages == 2
        assert inbox.paper_ids() == [FIRST.paper_id, SECOND.paper_id]

    def test_after_a_kill_only_the_missing_messages_are_sent(
        self, fetch: Fetch, arxiv: FakeArxiv, inbox: Inbox
    ) -> None:
        arxiv.shown = [FIRST]
        fetch.run(NOW)
        inbox.receive()
        arxiv.shown = [FIRST, SECOND, THIRD]
        before(inbox.client, "SendMessageBatch", killed)
        with pytest.raises(Killed):
            fetch.run(NOW + 120 * MINUTE)
        fetch.run(NOW + 120 * MINUTE)
        assert inbox.paper_ids() == [SECOND.paper_id, THIRD.paper_id]

    def test_a_run_killed_between_a_papers_metadata_and_its_joining_is_finished_by_the_next(
        self, fetch: Fetch, arxiv: FakeArxiv, editions: EditionStore, inbox: Inbox, table: "Table"
    ) -> None:
        arxiv.shown = [FIRST, SECOND]
        before(table.meta.client, "TransactWriteItems", killed)
        with pytest.raises(Killed):
            fetch.run(NOW)
        fetch.run(NOW)
        assert editions.entries(DAY) == [an_entry(FIRST), an_entry(SECOND)]
        assert inbox.paper_ids() == [FIRST.paper_id, SECOND.paper_id]

    def test_the_same_event_three_times_sends_nothing_twice(
        self, fetch: Fetch, arxiv: FakeArxiv, editions: EditionStore, inbox: Inbox
    ) -> None:
        arxiv.shown = [FIRST, SECOND]
        reports = [fetch.run(NOW) for _ in range(3)]
        assert [report.messages for report in reports] == [2, 0, 0]
        assert inbox.paper_ids() == [FIRST.paper_id, SECOND.paper_id]
        assert editions.facts(DAY).rev == 2


class TestSweeping:
    @pytest.fixture(autouse=True)
    def first_joined(self, fetch: Fetch, arxiv: FakeArxiv, inbox: Inbox) -> None:
        arxiv.shown = [FIRST]
        fetch.run(NOW)
        inbox.receive()

    def test_a_worker_killed_in_its_work_is_made_good_by_the_next_run(
        self, fetch: Fetch, papers: PaperStore, inbox: Inbox, clock: FakeClock
    ) -> None:
        leased = Work(state=WorkState.WORKING, attempts=1, owner="x", lease_until=NOW + 5 * MINUTE, sent_at=NOW)
        set_work(papers, FIRST, leased)
        fetch.run(NOW)
        assert inbox.messages() == []
        clock.advance(minutes=5)
        fetch.run(NOW)
        assert inbox.paper_ids() == [FIRST.paper_id]
        assert papers.version(FIRST.ref).work.attempts == 1

    def test_a_lost_message_is_sent_again_after_half_an_hour(
        self, fetch: Fetch, inbox: Inbox, clock: FakeClock
    ) -> None:
        clock.advance(minutes=29)
        assert fetch.run(NOW).messages == 0
        clock.advance(minutes=1)
        assert fetch.run(NOW).messages == 1
        assert fetch.run(NOW).messages == 0

    @pytest.mark.parametrize("days", [0, 1, 2])
    def test_a_failed_paper_of_the_last_days_is_queued_afresh_after_an_hour(
        self, fetch: Fetch, papers: PaperStore, inbox: Inbox, clock: FakeClock, days: int
    ) -> None:
        set_work(papers, FIRST, Work(state=WorkState.FAILED, attempts=3, ended_at=NOW, error="x", sent_at=NOW))
        clock.advance(minutes=59, seconds=59)
        assert fetch.run(NOW + timedelta(days=days)).messages == 0
        clock.advance(seconds=1)
        assert fetch.run(NOW + timedelta(days=days)).messages == 1
        assert papers.version(FIRST.ref).work == Work(sent_at=NOW + REPAIR_AFTER)
        assert inbox.messages() == [PaperMessage(paper_id=FIRST.paper_id, version=1, edition_date=DAY)]

    @pytest.mark.parametrize("days", [0, 1, 2])
    def test_a_paper_of_which_the_abstract_alone_was_read_is_queued_afresh_and_keeps_its_digest(
        self, fetch: Fetch, papers: PaperStore, inbox: Inbox, clock: FakeClock, days: int
    ) -> None:
        degraded = a_ready(FIRST, source=TextSource.ABSTRACT)
        papers.change(FIRST.ref, lambda version: degraded.model_copy(update={"rev": version.rev}))
        clock.advance(minutes=59)
        assert fetch.run(NOW + timedelta(days=days)).messages == 0
        clock.advance(minutes=1)
        assert fetch.run(NOW + timedelta(days=days)).messages == 1
        version = papers.version(FIRST.ref)
        assert (version.work, version.digest) == (Work(sent_at=NOW + REPAIR_AFTER), degraded.digest)

    def test_after_two_days_and_for_a_withdrawn_paper_the_reading_stays_as_it_is(
        self, fetch: Fetch, papers: PaperStore, editions: EditionStore, clock: FakeClock
    ) -> None:
        degraded = a_ready(FIRST, source=TextSource.ABSTRACT)
        papers.change(FIRST.ref, lambda version: degraded.model_copy(update={"rev": version.rev}))
        clock.advance(days=3)
        assert fetch.run(NOW + timedelta(days=3)).messages == 0
        editions.withdraw(DAY, FIRST.paper_id, "withdrawn", NOW)
        assert fetch.run(NOW).messages == 0

    def test_what_a_budget_was_short_for_is_tried_however_old_its_edition(
        self, fetch: Fetch, papers: PaperStore, rows: SiteStore, clock: FakeClock
    ) -> None:
        unpaid = a_ready(FIRST, source=TextSource.ABSTRACT, for_budget=True)
        papers.change(FIRST.ref, lambda version: unpaid.model_copy(update={"rev": version.rev}))
        clock.advance(days=9)
        assert fetch.run(NOW + timedelta(days=9)).messages == 0
        rows.put(EditionRow(date=DAY, status_text="", shown=1, pending=0, unpaid=1, rev=1))
        assert fetch.run(NOW + timedelta(days=9)).messages == 1

    def test_papers_that_are_to_be_read_wait_for_the_budget_of_each_day(
        self, fetch: Fetch, budget: BudgetStore, clock: FakeClock
    ) -> None:
        assert budget.state(budget_day(clock.now)).waiting == 1
        clock.advance(minutes=5)
        midnight = FakeClock()
        midnight.now = clock.now + timedelta(days=1)
        replace(fetch, outbox=replace(fetch.outbox, clock=midnight)).run(NOW)
        assert budget.state(budget_day(midnight.now)).waiting == 1

    def test_each_probe_says_whether_claude_is_closed(
        self, fetch: Fetch, gate: ModelGateStore, capsys: pytest.CaptureFixture[str]
    ) -> None:
        gate.close("no credit", NOW)
        fetch.run(NOW)
        gate.open()
        fetch.run(NOW)
        assert figures(capsys, Figure.READING_STATE) == [ReadingState.CLAUDE_CLOSED, ReadingState.READS]

    def test_a_failed_paper_of_an_older_edition_is_left_alone(
        self, fetch: Fetch, papers: PaperStore, clock: FakeClock
    ) -> None:
        failed = Work(state=WorkState.FAILED, attempts=3, ended_at=NOW, error="x")
        set_work(papers, FIRST, failed)
        clock.advance(days=3)
        assert fetch.run(NOW + timedelta(days=3)).messages == 0
        assert papers.version(FIRST.ref).work == failed

    def test_lost_work_of_an_older_edition_is_made_good_while_its_row_says_that_papers_are_pending(
        self, fetch: Fetch, rows: SiteStore, inbox: Inbox, clock: FakeClock
    ) -> None:
        clock.advance(days=9)
        assert fetch.run(NOW + timedelta(days=9)).messages == 0
        rows.put(EditionRow(date=DAY, status_text="", shown=1, pending=1, rev=1))
        assert fetch.run(NOW + timedelta(days=9)).messages == 1
        assert inbox.messages() == [PaperMessage(paper_id=FIRST.paper_id, version=1, edition_date=DAY)]

    def test_a_failed_paper_that_was_queued_afresh_by_a_run_that_died_is_sent_by_the_next_days_run(
        self, fetch: Fetch, papers: PaperStore
    ) -> None:
        set_work(papers, FIRST, Work())
        assert fetch.run(NOW + timedelta(days=3)).messages == 1

    def test_a_paper_that_is_done_is_left_alone(self, fetch: Fetch, papers: PaperStore, clock: FakeClock) -> None:
        set_work(papers, FIRST, Work(state=WorkState.DONE, attempts=1, ended_at=NOW))
        clock.advance(days=1)
        assert fetch.run(NOW).messages == 0

    def test_a_hidden_paper_is_never_sent(self, fetch: Fetch, editions: EditionStore, papers: PaperStore) -> None:
        papers.add(SECOND)
        editions.join(DAY, an_entry(SECOND, hidden_by="keywords"))
        assert fetch.run(NOW).messages == 0

    def test_a_worker_that_was_faster_than_the_marking_keeps_its_state(
        self, fetch: Fetch, papers: PaperStore, arxiv: FakeArxiv, inbox: Inbox
    ) -> None:
        done = Work(state=WorkState.DONE, attempts=1, ended_at=NOW)
        arxiv.shown = [SECOND]
        before(inbox.client, "SendMessageBatch", lambda _: set_work(papers, SECOND, done))
        fetch.run(NOW + MINUTE)
        assert papers.version(SECOND.ref).work == done


class TestArxivOutOfReach:
    @pytest.fixture(autouse=True)
    def out_of_reach(self, arxiv: FakeArxiv) -> None:
        arxiv.down = True

    def test_the_error_is_raised_after_the_probe_recorded_it(self, fetch: Fetch, editions: EditionStore) -> None:
        with pytest.raises(ArxivUnavailable) as refusal:
            fetch.run(NOW)
        assert editions.facts(DAY).probes == (Probe(at=NOW, witness="api", error=str(refusal.value)), YESTERDAYS_FEED)

    def test_lost_work_is_swept_all_the_same(
        self, fetch: Fetch, editions: EditionStore, papers: PaperStore, inbox: Inbox
    ) -> None:
        papers.add(FIRST)
        editions.join(DAY, an_entry(FIRST))
        with pytest.raises(ArxivUnavailable):
            fetch.run(NOW)
        assert inbox.paper_ids() == [FIRST.paper_id]

    def test_the_next_probe_makes_it_good(self, fetch: Fetch, arxiv: FakeArxiv, editions: EditionStore) -> None:
        with pytest.raises(ArxivUnavailable):
            fetch.run(NOW)
        arxiv.down, arxiv.shown = False, [FIRST]
        fetch.run(NOW + 120 * MINUTE)
        assert editions.entries(DAY) == [an_entry(FIRST)]
        assert [probe.seen for probe in editions.facts(DAY).probes if probe.witness == "api"] == [None, 1]
