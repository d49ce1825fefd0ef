from datetime import timedelta

from arxiv_daily.digests.work import (
    FIRST_BACKOFF,
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    Settled,
    Spent,
    Taken,
    Wait,
    done,
    failed,
    retried,
    take,
    waiting,
)
from arxiv_daily.models import Work, WorkState
from tests.examples import NOW

LEASE = NOW + timedelta(minutes=5)
SECOND = timedelta(seconds=1)


def working(attempts: int = 1) -> Work:
    return Work(state=WorkState.WORKING, attempts=attempts, owner="a", lease_until=LEASE, sent_at=NOW)


def test_a_queued_paper_is_taken_under_a_lease_and_the_attempt_counts() -> None:
    turn = take(Work(sent_at=NOW), "a", NOW, LEASE)
    assert isinstance(turn, Taken)
    assert turn.work == working()
    assert not turn.is_last_attempt


def test_a_paper_under_a_lease_is_waited_for_until_the_lease_ends() -> None:
    assert take(working(), "b", LEASE - SECOND, LEASE) == Wait(until=LEASE)


def test_a_paper_that_a_worker_finds_under_its_own_lease_is_its_own() -> None:
    assert take(working(), "a", NOW + SECOND, LEASE + SECOND) == Taken(work=working())


def test_a_paper_whose_worker_died_is_taken_when_the_lease_has_ended() -> None:
    turn = take(working(), "b", LEASE, LEASE + SECOND)
    assert isinstance(turn, Taken)
    assert (turn.work.owner, turn.work.attempts, turn.work.lease_until) == ("b", 2, LEASE + SECOND)


def test_a_paper_put_off_is_not_taken_before_its_time() -> None:
    put_off = Work(not_before=NOW + SECOND)
    assert take(put_off, "a", NOW, LEASE) == Wait(until=NOW + SECOND)
    assert isinstance(take(put_off, "a", NOW + SECOND, LEASE), Taken)


def test_nothing_is_left_to_do_for_a_paper_that_is_done_or_failed() -> None:
    assert take(done(working(), NOW), "b", LEASE, LEASE) == Settled()
    assert take(failed(working(), NOW, "x"), "b", LEASE, LEASE) == Settled()


def test_the_last_attempt_knows_that_it_is_the_last() -> None:
    turn = take(Work(attempts=MAX_ATTEMPTS - 1), "a", NOW, LEASE)
    assert isinstance(turn, Taken)
    assert turn.is_last_attempt


def test_a_paper_that_lost_its_worker_in_every_attempt_stands_as_failed_with_the_reason() -> None:
    turn = take(working(MAX_ATTEMPTS), "b", LEASE, LEASE)
    assert isinstance(turn, Spent)
    assert turn.work.state is WorkState.FAILED
    assert turn.work.ended_at == LEASE
    assert "中断" in str(turn.work.error)


def test_waiting_gives_the_attempt_back() -> None:
    put_off = waiting(working(2), NOW, LEASE - NOW, "HTTP 429")
    assert (put_off.state, put_off.attempts, put_off.not_before) == (WorkState.QUEUED, 1, LEASE)
    assert (put_off.error, put_off.sent_at, put_off.owner, put_off.lease_until) == ("HTTP 429", NOW, None, None)


def test_waiting_again_and_again_takes_longer_each_time_up_to_a_quarter_of_an_hour() -> None:
    work, waited = working(), []
    for _ in range(12):
        put_off = waiting(work, NOW, SECOND, "HTTP 529")
        assert put_off.not_before
        waited.append(put_off.not_before - NOW)
        turn = take(put_off, "a", put_off.not_before, LEASE)
        assert isinstance(turn, Taken)
        work = turn.work
    assert waited[:3] == [2 * SECOND, 4 * SECOND, 8 * SECOND]
    assert waited[-1] == LONGEST_WAIT
    assert work.attempts == 1


def test_a_server_that_asks_for_more_time_gets_it() -> None:
    assert waiting(working(), NOW, timedelta(hours=1), "HTTP 429").not_before == NOW + timedelta(hours=1)


def test_a_failure_ends_a_row_of_waits() -> None:
    assert retried(working().model_copy(update={"waits": 7}), NOW, "x").waits == 0


def test_a_failure_keeps_its_attempt_and_waits_twice_as_long_each_time() -> None:
    once, twice = retried(working(1), NOW, "x"), retried(working(2), NOW, "x")
    assert (once.attempts, once.not_before) == (1, NOW + FIRST_BACKOFF)
    assert (twice.attempts, twice.not_before) == (2, NOW + 2 * FIRST_BACKOFF)


def test_a_failure_of_the_last_attempt_is_final() -> None:
    end = retried(working(MAX_ATTEMPTS), NOW, "arXiv 503")
    assert (end.state, end.error, end.ended_at, end.not_before) == (WorkState.FAILED, "arXiv 503", NOW, None)


def test_done_work_carries_no_error_and_no_lease() -> None:
    end = done(working(), NOW)
    assert end == Work(state=WorkState.DONE, attempts=1, sent_at=NOW, ended_at=NOW)
