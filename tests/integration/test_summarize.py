from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from arxiv_daily.digests.errors import (
    ClaudeBusy,
    ClaudeClosed,
    ClaudeError,
    ClaudeFailed,
    ClaudeRefusedRequest,
    ClaudeUnavailable,
)
from arxiv_daily.digests.work import FIRST_WAIT, MAX_ATTEMPTS
from arxiv_daily.editions.sweep import afresh, is_unpaid
from arxiv_daily.editions.window import budget_day
from arxiv_daily.flow.summarize import Outcome, Summarize
from arxiv_daily.models import ModelGate, PaperVersion, Reply, TextSource, Usage, Work, WorkState
from arxiv_daily.observability import Figure, ReadingState
from arxiv_daily.store.budget import BudgetStore, Reservation
from arxiv_daily.store.clock import LEASE_MARGIN
from arxiv_daily.store.model_gate import TRIAL_EVERY, ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.table import connect
from tests.embedded_metrics import figures
from tests.examples import NOW, a_digest, a_paper, a_reply_json, a_whole_reading
from tests.integration.fakes import DyingPapers, FakeClaude, FakeClock, FakeTexts, Killed, a_reply, before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER = a_paper()
FIVE_MINUTES = timedelta(minutes=5)
NONSENSE = a_reply("A fine paper.")
WRONG_NUMBER = a_reply(a_reply_json(translation="我们听到其中的95%。"))
ABSTRACT_ALONE = 4_000
"""A daily budget, in micro-dollars, that has room for one request about an abstract, and none for a usual text."""

Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def stored(papers: PaperStore) -> None:
    papers.add(PAPER)


@pytest.fixture
def run(summarize: Summarize) -> Run:
    """One turn of a worker that has five minutes."""

    def one_turn(owner: str = "a-worker", worker: Summarize = summarize) -> Outcome:
        return worker.run(PAPER.ref, owner, summarize.clock() + FIVE_MINUTES)

    return one_turn


@pytest.fixture
def run_until_settled(run: Run, clock: FakeClock) -> Run:
    """Turns until the paper need not come back, each as soon as it may; the last outcome."""

    def turns() -> Outcome:
        for _ in range(10):
            outcome = run()
            if outcome.come_back_at is None:
                return outcome
            clock.now = outcome.come_back_at
        raise AssertionError("the paper keeps coming back")

    return turns


@pytest.fixture
def try_afresh(papers: PaperStore) -> Callable[[], object]:
    return lambda: papers.change(PAPER.ref, afresh)


class TestDone:
    def test_a_read_paper_has_its_digest_and_where_it_comes_from(self, run: Run, papers: PaperStore) -> None:
        outcome = run()
        version = papers.version(PAPER.ref)
        assert outcome == Outcome(version=version)
        assert version.work == Work(state=WorkState.DONE, attempts=1, ended_at=NOW)
        assert version.digest is not None
        assert (version.digest.translation, version.digest.reading) == (a_digest().translation, a_whole_reading())
        assert version.digest.provenance.source is TextSource.HTML
        assert version.digest.provenance.usage == Usage(input_tokens=1000, output_tokens=200)

    def test_the_whole_text_is_what_claude_reads(self, run: Run, claude: FakeClaude) -> None:
        run()
        assert "The whole text of Hearing by Numbers." in claude.asked[0].messages[0].content

    def test_reading_a_paper_again_buys_nothing(self, run: Run, claude: FakeClaude, papers: PaperStore) -> None:
        first = run()
        assert run("another-worker") == first
        assert (len(claude.asked), papers.version(PAPER.ref)) == (1, first.version)

    def test_a_version_that_is_not_stored_is_an_error(self, summarize: Summarize) -> None:
        with pytest.raises(KeyError, match=r"2602\.99999v1"):
            summarize.run(a_paper("2602.99999").ref, "a-worker", NOW + FIVE_MINUTES)

    def test_an_answer_that_is_corrected_counts_both_answers(self, run: Run, claude: FakeClaude) -> None:
        claude.prepare(NONSENSE, a_reply())
        digest = run().version.digest
        assert digest is not None
        assert (len(claude.asked), digest.provenance.usage) == (2, Usage(input_tokens=2000, output_tokens=400))

    def test_when_it_is_done_its_answers_are_settled_and_it_waits_no_more(
        self, run: Run, claude: FakeClaude, budget: BudgetStore
    ) -> None:
        today = budget_day(NOW)
        budget.await_turn(today, [PAPER.ref])
        claude.prepare(NONSENSE, a_reply())
        claude.while_asked = lambda: waiting.append(budget.state(today).waiting)
        waiting = list[int]()
        run()
        day = budget.state(today)
        assert (waiting, day.waiting, day.calls, day.unsettled) == ([1, 1], 0, 2, 0)
        assert day.committed == day.spent

    def test_an_answer_is_settled_though_its_correction_was_not_to_be_had_and_the_paper_waits_on(
        self, run: Run, claude: FakeClaude, budget: BudgetStore
    ) -> None:
        today = budget_day(NOW)
        budget.await_turn(today, [PAPER.ref])
        claude.prepare(NONSENSE, ClaudeBusy("HTTP 429", 60))
        assert run().version.work.state is WorkState.QUEUED
        day = budget.state(today)
        assert (day.waiting, day.calls, day.unsettled) == (1, 1, 0)

    def test_a_paper_that_was_taken_by_a_write_whose_answer_was_lost_is_read_at_once(
        self, run: Run, table: "Table", papers: PaperStore
    ) -> None:
        again = connect(table.name).meta.client
        before(papers._table.meta.client, "PutItem", lambda wanted: again.put_item(**wanted))
        work = run().version.work
        assert (work.state, work.attempts) == (WorkState.DONE, 1)


class TestKilled:
    def test_an_answer_stored_before_the_kill_is_used_without_a_call(
        self, summarize: Summarize, run: Run, table: "Table", claude: FakeClaude, clock: FakeClock
    ) -> None:
        dying = replace(summarize, papers=DyingPapers(table, changes=2))
        with pytest.raises(Killed):
            run(worker=dying)
        clock.advance(minutes=7)
        outcome = run("the-next-worker")
        assert (outcome.version.work.state, outcome.version.work.attempts) == (WorkState.DONE, 2)
        assert len(claude.asked) == 1

    def test_a_kill_after_the_digest_and_before_its_cost_is_settled_leaves_nobody_waiting(
        self, run: Run, table: "Table", budget: BudgetStore, claude: FakeClaude
    ) -> None:
        def die_settling(params: dict[str, str]) -> None:
            if "REMOVE #hold" in params["UpdateExpression"]:
                raise Killed

        today = budget_day(NOW)
        budget.await_turn(today, [PAPER.ref])
        before(table.meta.client, "UpdateItem", die_settling, times=99)
        with pytest.raises(Killed):
            run()
        assert run("the-next-worker").version.work.state is WorkState.DONE
        day = budget.state(today)
        assert (day.waiting, day.unsettled, day.committed > day.spent, len(claude.asked)) == (0, 1, True, 1)

    def test_an_answer_lost_before_it_was_stored_is_counted_and_asked_for_again(
        self, run: Run, budget: BudgetStore, claude: FakeClaude, clock: FakeClock
    ) -> None:
        claude.while_asked = _kill
        with pytest.raises(Killed):
            run()
        claude.while_asked = lambda: None
        clock.advance(minutes=7)
        assert run().version.work.state is WorkState.DONE
        day = budget.state(budget_day(NOW))
        assert (day.calls, day.unsettled) == (1, 1)
        assert day.committed > day.spent

    def test_a_paper_that_kills_every_worker_fails_at_last(
        self, run: Run, claude: FakeClaude, clock: FakeClock
    ) -> None:
        claude.while_asked = _kill
        for _ in range(MAX_ATTEMPTS):
            with pytest.raises(Killed):
                run()
            clock.advance(minutes=7)
        work = run().version.work
        assert (work.state, work.error) == (WorkState.FAILED, "解读进程 3 次中断，未能完成")
        assert len(claude.asked) == MAX_ATTEMPTS


def _kill() -> None:
    raise Killed


class TestRefused:
    def test_what_the_whole_chain_cannot_answer_is_failed_with_the_reasons(self, run: Run, claude: FakeClaude) -> None:
        claude.prepare(NONSENSE, NONSENSE, a_reply("", stop_reason="refusal"))
        outcome = run()
        assert (outcome.version.work.state, outcome.come_back_at) == (WorkState.FAILED, None)
        assert outcome.version.work.error == "模型的回答不合格式；模型拒绝解读这篇论文"
        assert len(claude.asked) == 3

    def test_trying_it_afresh_buys_nothing(
        self, run: Run, claude: FakeClaude, try_afresh: Callable[[], object]
    ) -> None:
        claude.prepare(NONSENSE, NONSENSE, NONSENSE)
        run()
        try_afresh()
        assert run().version.work.state is WorkState.FAILED
        assert len(claude.asked) == 3

    @pytest.mark.parametrize(
        "answer",
        [ClaudeRefusedRequest("Claude 回答 HTTP 404"), a_reply("", stop_reason="refusal")],
        ids=["the request", "the paper"],
    )
    def test_what_one_model_refuses_the_next_one_reads(
        self, run: Run, claude: FakeClaude, answer: ClaudeError | Reply
    ) -> None:
        claude.prepare(answer)
        version = run().version
        assert version.digest is not None
        assert (version.work.state, version.digest.provenance.model) == (WorkState.DONE, "claude-sonnet-5-5")
        assert len(claude.asked) == 2

    def test_a_paper_that_had_a_digest_keeps_it_when_it_fails(
        self, run: Run, papers: PaperStore, claude: FakeClaude
    ) -> None:
        papers.change(PAPER.ref, lambda version: version.model_copy(update={"digest": a_digest()}))
        claude.prepare(*[ClaudeRefusedRequest("no")] * 2)
        assert run().version.digest == a_digest()


class TestRetried:
    def test_a_busy_claude_costs_no_attempt_and_says_when_to_come_back(self, run: Run, claude: FakeClaude) -> None:
        claude.prepare(ClaudeBusy("Claude 回答 HTTP 429", 42.5))
        outcome = run()
        assert outcome.come_back_at == NOW + timedelta(seconds=42.5)
        assert outcome.version.work == Work(
            state=WorkState.QUEUED, attempts=0, waits=1, not_before=outcome.come_back_at, error="Claude 回答 HTTP 429"
        )

    def test_a_paper_that_comes_back_too_early_is_put_off_again(
        self, run: Run, claude: FakeClaude, clock: FakeClock
    ) -> None:
        claude.prepare(ClaudeBusy("busy", 42.5))
        outcome = run()
        clock.advance(seconds=42)
        assert run().come_back_at == outcome.come_back_at
        assert len(claude.asked) == 1

    def test_however_often_claude_is_busy_the_paper_is_read_in_the_end(
        self, run_until_settled: Run, claude: FakeClaude
    ) -> None:
        claude.prepare(*[ClaudeBusy("busy", 30)] * 6)
        work = run_until_settled().version.work
        assert (work.state, work.attempts) == (WorkState.DONE, 1)

    def test_a_failure_puts_the_paper_off(self, run: Run, claude: FakeClaude) -> None:
        claude.prepare(ClaudeUnavailable("Claude 回答 HTTP 500"))
        outcome = run()
        assert outcome.come_back_at == NOW + timedelta(seconds=10)
        assert outcome.version.work == Work(
            state=WorkState.QUEUED, attempts=1, not_before=outcome.come_back_at, error="Claude 回答 HTTP 500"
        )

    def test_three_failures_are_final_with_the_last_reason(self, run_until_settled: Run, claude: FakeClaude) -> None:
        claude.prepare(*(ClaudeUnavailable(f"reason {number}") for number in (1, 2, 3)))
        work = run_until_settled().version.work
        assert (work.state, work.attempts, work.error) == (WorkState.FAILED, MAX_ATTEMPTS, "reason 3")

    def test_a_failed_paper_that_is_tried_afresh_can_be_read(
        self, run_until_settled: Run, claude: FakeClaude, try_afresh: Callable[[], object]
    ) -> None:
        claude.prepare(*[ClaudeUnavailable("down")] * MAX_ATTEMPTS)
        run_until_settled()
        try_afresh()
        assert run_until_settled().version.work.state is WorkState.DONE

    def test_without_time_left_nothing_is_asked_or_reserved(
        self, summarize: Summarize, claude: FakeClaude, budget: BudgetStore
    ) -> None:
        outcome = summarize.run(PAPER.ref, "a-worker", NOW + timedelta(seconds=5))
        assert (outcome.version.work.state, outcome.version.work.attempts) == (WorkState.QUEUED, 1)
        assert outcome.version.work.error == "本次运行剩余的时间不足以询问模型"
        assert claude.asked == []
        assert budget.state(budget_day(NOW)).committed == 0

    def test_a_stored_answer_needs_no_time(
        self, summarize: Summarize, run: Run, claude: FakeClaude, papers: PaperStore
    ) -> None:
        run()
        papers.change(PAPER.ref, lambda version: PaperVersion(paper=PAPER, rev=version.rev))
        assert summarize.run(PAPER.ref, "a-worker", NOW).version.work.state is WorkState.DONE
        assert len(claude.asked) == 1


def _no_key() -> FakeClaude:
    raise ClaudeClosed("没有密钥")


class TestClosed:
    """401, 402, 403, or no key at all: it is nobody's paper that failed."""

    def test_the_paper_waits_and_no_attempt_is_spent(self, run: Run, claude: FakeClaude) -> None:
        claude.prepare(ClaudeClosed("Claude 额度已用尽（HTTP 402）"))
        work = run().version.work
        assert (work.state, work.attempts, work.error) == (WorkState.QUEUED, 0, "Claude 额度已用尽（HTTP 402）")

    def test_nobody_else_asks_arxiv_or_claude(
        self, summarize: Summarize, run: Run, claude: FakeClaude, texts: FakeTexts, papers: PaperStore
    ) -> None:
        claude.prepare(ClaudeClosed("HTTP 402"))
        run()
        other = papers.add(a_paper("2602.00002")).paper
        outcome = summarize.run(other.ref, "another-worker", summarize.clock() + FIVE_MINUTES)
        assert outcome.come_back_at == NOW + TRIAL_EVERY
        assert (outcome.version.work.attempts, outcome.version.work.error) == (0, "HTTP 402")
        assert (len(claude.asked), texts.asked) == (1, 1)

    def test_one_worker_tries_again_and_opens_the_gate(
        self, run_until_settled: Run, claude: FakeClaude, gate: ModelGateStore
    ) -> None:
        claude.prepare(ClaudeClosed("HTTP 402"))
        version = run_until_settled().version
        assert version.work.state is WorkState.DONE
        assert gate.state() == ModelGate(rev=2)

    def test_nothing_is_spent(
        self, summarize: Summarize, run: Run, claude: FakeClaude, budget: BudgetStore, clock: FakeClock
    ) -> None:
        claude.prepare(ClaudeClosed("HTTP 402"))
        run()
        clock.advance(hours=1)
        keyless = replace(summarize, asking=replace(summarize.asking, claude=_no_key))
        assert run(worker=keyless).version.work.error == "没有密钥"
        assert budget.state(budget_day(NOW)).committed == 0

    def test_the_alarm_is_told_when_it_closes_and_when_it_opens(
        self, run_until_settled: Run, claude: FakeClaude, capsys: pytest.CaptureFixture[str]
    ) -> None:
        claude.prepare(ClaudeClosed("HTTP 402"))
        run_until_settled()
        assert figures(capsys, Figure.READING_STATE) == [ReadingState.CLAUDE_CLOSED, ReadingState.READS]


class TestBudget:
    """In micro-dollars; a request holds what it may cost at most until it is answered."""

    @pytest.fixture
    def with_budget(self, summarize: Summarize, run: Run) -> Callable[[int], PaperVersion]:
        def one_turn(daily: int) -> PaperVersion:
            spending = replace(summarize.asking.spending, daily=daily)
            return run(worker=replace(summarize, asking=replace(summarize.asking, spending=spending))).version

        return one_turn

    def test_what_was_spent_is_on_the_digest_and_the_day(self, run: Run, budget: BudgetStore) -> None:
        digest = run().version.digest
        day = budget.state(budget_day(NOW))
        assert digest is not None
        assert digest.provenance.cost == day.spent == day.committed == 200
        assert (day.calls, day.input_tokens, day.output_tokens, day.waiting) == (1, 1000, 200, 0)

    def test_a_day_that_cannot_pay_for_the_text_pays_for_the_abstract_and_says_so(
        self, with_budget: Callable[[int], PaperVersion]
    ) -> None:
        version = with_budget(ABSTRACT_ALONE)
        assert version.digest is not None
        assert version.digest.provenance.source is TextSource.ABSTRACT
        assert "预算" in version.digest.provenance.source_note
        assert is_unpaid(version)

    @pytest.mark.parametrize("daily", [ABSTRACT_ALONE, 0])
    def test_the_alarm_is_told_that_the_budget_is_reached(
        self, with_budget: Callable[[int], PaperVersion], daily: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with_budget(daily)
        assert set(figures(capsys, Figure.READING_STATE)) == {ReadingState.BUDGET_REACHED}

    def test_a_day_that_can_pay_for_nothing_leaves_the_paper_untranslated_and_says_so(
        self, with_budget: Callable[[int], PaperVersion], claude: FakeClaude
    ) -> None:
        version = with_budget(100)
        assert (version.work.state, version.digest) == (WorkState.FAILED, None)
        assert "预算" in str(version.work.error)
        assert is_unpaid(version)
        assert claude.asked == []

    def test_full_texts_are_read_only_while_the_rest_covers_the_abstracts_of_all_that_wait(
        self, with_budget: Callable[[int], PaperVersion], budget: BudgetStore, try_afresh: Callable[[], object]
    ) -> None:
        others = [a_paper(f"2602.{number:05}").ref for number in range(60)]
        budget.await_turn(budget_day(NOW), [PAPER.ref, *others])
        first = with_budget(50_000)
        for ref in others:
            budget.done(budget_day(NOW), ref)
        try_afresh()
        second = with_budget(50_000)
        assert first.digest is not None
        assert second.digest is not None
        assert first.digest.provenance.source is TextSource.ABSTRACT
        assert second.digest.provenance.source is TextSource.HTML

    def test_room_that_others_may_leave_is_waited_for(
        self, with_budget: Callable[[int], PaperVersion], budget: BudgetStore
    ) -> None:
        assert budget.reserve("2602.00001", Reservation(budget_day(NOW), ABSTRACT_ALONE, ABSTRACT_ALONE))
        work = with_budget(ABSTRACT_ALONE).work
        assert (work.state, work.attempts, work.waits) == (WorkState.QUEUED, 0, 1)

    def test_room_that_nobody_leaves_is_not_waited_for_for_ever(
        self, with_budget: Callable[[int], PaperVersion], budget: BudgetStore, clock: FakeClock
    ) -> None:
        assert budget.reserve("2602.00001", Reservation(budget_day(NOW), ABSTRACT_ALONE, ABSTRACT_ALONE))
        for _ in range(10):
            if (work := with_budget(ABSTRACT_ALONE).work).state is WorkState.FAILED:
                break
            assert work.not_before
            clock.now = work.not_before
        assert work.state is WorkState.FAILED

    def test_waits_for_other_reasons_are_no_waits_for_room(
        self, with_budget: Callable[[int], PaperVersion], budget: BudgetStore, papers: PaperStore
    ) -> None:
        assert budget.reserve("2602.00001", Reservation(budget_day(NOW), ABSTRACT_ALONE, ABSTRACT_ALONE))
        papers.change(PAPER.ref, lambda version: version.model_copy(update={"work": Work(waits=20)}))
        assert with_budget(ABSTRACT_ALONE).work.state is WorkState.QUEUED

    def test_a_request_that_the_server_failed_costs_nothing(
        self, run: Run, claude: FakeClaude, budget: BudgetStore
    ) -> None:
        claude.prepare(ClaudeFailed("HTTP 500"))
        run()
        assert budget.state(budget_day(NOW)).committed == 0

    def test_a_request_whose_answer_may_be_lost_stays_counted(
        self, run: Run, claude: FakeClaude, budget: BudgetStore
    ) -> None:
        claude.prepare(ClaudeUnavailable("no answer"))
        run()
        assert budget.state(budget_day(NOW)).committed > 0

    def test_an_answer_that_does_not_say_its_tokens_costs_what_was_held_for_it(
        self, run: Run, claude: FakeClaude, budget: BudgetStore
    ) -> None:
        claude.prepare(a_reply().model_copy(update={"usage": Usage()}))
        run()
        day = budget.state(budget_day(NOW))
        assert day.spent == day.committed > 8_000

    def test_a_reading_of_the_text_is_not_followed_by_one_of_the_abstract_that_nobody_would_see(
        self, with_budget: Callable[[int], PaperVersion], claude: FakeClaude, try_afresh: Callable[[], object]
    ) -> None:
        first = with_budget(1_000_000).digest
        try_afresh()
        assert with_budget(ABSTRACT_ALONE).digest == first
        assert len(claude.asked) == 1

    def test_what_one_day_could_not_pay_for_the_next_one_repairs(
        self, with_budget: Callable[[int], PaperVersion], clock: FakeClock, try_afresh: Callable[[], object]
    ) -> None:
        with_budget(ABSTRACT_ALONE)
        clock.advance(days=1)
        try_afresh()
        digest = with_budget(1_000_000).digest
        assert digest is not None
        assert (digest.provenance.source, digest.provenance.for_budget) == (TextSource.HTML, False)


class TestLate:
    """A usable answer is there, and a better one is late."""

    @pytest.mark.parametrize("late", [ClaudeBusy("HTTP 529", 1), ClaudeUnavailable("HTTP 500")], ids=["busy", "down"])
    def test_a_better_answer_is_not_waited_for_for_ever(
        self, run_until_settled: Run, claude: FakeClaude, late: ClaudeError
    ) -> None:
        claude.prepare(WRONG_NUMBER, *[late] * 9)
        version = run_until_settled().version
        assert version.work.state is WorkState.DONE
        assert version.digest is not None
        assert version.digest.checks.doubts

    def test_a_second_model_that_may_not_be_asked_closes_nothing(
        self, run: Run, claude: FakeClaude, gate: ModelGateStore
    ) -> None:
        claude.prepare(WRONG_NUMBER, WRONG_NUMBER, ClaudeClosed("HTTP 403"))
        assert run().version.work.state is WorkState.DONE
        assert gate.state() == ModelGate()


class TestRepair:
    """A text can be missing right after the announcement."""

    def test_a_reading_of_the_abstract_is_replaced_once_the_text_is_there(
        self, run: Run, texts: FakeTexts, try_afresh: Callable[[], object]
    ) -> None:
        texts.missing = True
        first = run().version.digest
        texts.missing = False
        try_afresh()
        second = run().version.digest
        assert first is not None
        assert second is not None
        assert (first.provenance.source, second.provenance.source) == (TextSource.ABSTRACT, TextSource.HTML)

    def test_while_the_text_is_missing_trying_buys_nothing_and_changes_nothing(
        self, run: Run, texts: FakeTexts, claude: FakeClaude, clock: FakeClock, try_afresh: Callable[[], object]
    ) -> None:
        texts.missing = True
        first = run().version.digest
        clock.advance(hours=2)
        try_afresh()
        assert run().version.digest == first
        assert len(claude.asked) == 1

    def test_a_reading_of_the_text_is_never_given_up_for_one_of_the_abstract(
        self, run: Run, texts: FakeTexts, try_afresh: Callable[[], object]
    ) -> None:
        first = run().version.digest
        texts.missing = True
        try_afresh()
        assert run().version.digest == first


class TestArxivOutOfReach:
    @pytest.fixture(autouse=True)
    def out_of_reach(self, texts: FakeTexts) -> None:
        texts.down = True

    def test_the_paper_is_tried_again(self, run: Run, claude: FakeClaude) -> None:
        outcome = run()
        assert (outcome.version.work.state, outcome.version.work.attempts) == (WorkState.QUEUED, 1)
        assert outcome.version.work.error == "暂时无法从 arXiv 取得全文"
        assert claude.asked == []

    def test_at_the_last_attempt_it_is_read_from_its_abstract_and_says_so(
        self, run_until_settled: Run, claude: FakeClaude
    ) -> None:
        version = run_until_settled().version
        assert (version.work.state, version.work.attempts) == (WorkState.DONE, MAX_ATTEMPTS)
        assert version.digest is not None
        assert version.digest.provenance.source is TextSource.ABSTRACT
        assert version.digest.provenance.source_note == "多次未能从 arXiv 取得全文，仅据摘要解读"
        assert PAPER.abstract in claude.asked[0].messages[0].content.split("<paper")[1]


class TestTwoWorkers:
    def test_the_second_waits_until_the_lease_of_the_first_ends(self, run: Run, claude: FakeClaude) -> None:
        second: list[Outcome] = []
        claude.while_asked = lambda: second.append(run("second"))
        assert run("first").version.work.state is WorkState.DONE
        assert [outcome.come_back_at for outcome in second] == [NOW + FIVE_MINUTES + LEASE_MARGIN]
        assert len(claude.asked) == 1

    def test_two_that_look_at_once_do_not_both_take_the_paper(
        self, run: Run, table: "Table", summarize: Summarize, claude: FakeClaude
    ) -> None:
        other = replace(summarize, papers=PaperStore(table), asking=replace(summarize.asking, claude=_no_key))
        before(table.meta.client, "PutItem", lambda _: run("second", other))
        assert run("first").come_back_at == NOW + FIRST_WAIT
        assert claude.asked == []

    def test_a_worker_without_a_lease_does_not_overwrite_what_another_finished(
        self, run: Run, claude: FakeClaude, clock: FakeClock, papers: PaperStore
    ) -> None:
        def overtaken() -> None:
            claude.while_asked = lambda: None
            clock.advance(minutes=7)
            run("second")

        claude.while_asked = overtaken
        claude.prepare(a_reply())
        outcome = run("first")
        assert (outcome.version.work.state, outcome.version.work.attempts) == (WorkState.DONE, 2)
        assert outcome.version.rev == papers.version(PAPER.ref).rev == 3

    def test_a_worker_without_a_lease_does_not_fail_a_paper_that_another_works_on(
        self, run: Run, claude: FakeClaude, clock: FakeClock, papers: PaperStore
    ) -> None:
        leased = Work(state=WorkState.WORKING, attempts=2, owner="second", lease_until=NOW + timedelta(hours=1))
        claude.while_asked = lambda: papers.change(
            PAPER.ref, lambda version: version.model_copy(update={"work": leased})
        )
        claude.prepare(*[ClaudeRefusedRequest("no")] * 2)
        assert run("first").version.work == leased
        assert papers.version(PAPER.ref).work == leased

    def test_what_a_worker_without_a_lease_bought_is_settled_and_the_paper_waits_on(
        self, run: Run, claude: FakeClaude, papers: PaperStore, budget: BudgetStore
    ) -> None:
        today = budget_day(NOW)
        budget.await_turn(today, [PAPER.ref])
        leased = Work(state=WorkState.WORKING, attempts=2, owner="second", lease_until=NOW + timedelta(hours=1))
        claude.while_asked = lambda: papers.change(
            PAPER.ref, lambda version: version.model_copy(update={"work": leased})
        )
        run("first")
        day = budget.state(today)
        assert (day.waiting, day.calls, day.unsettled) == (1, 1, 0)
