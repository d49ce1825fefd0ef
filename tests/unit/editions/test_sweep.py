from datetime import timedelta

from arxiv_daily.editions.sweep import RESEND_AFTER, RETRY_FAILED_AFTER, afresh, needs_message, sent
from arxiv_daily.models import Work, WorkState
from tests.examples import NOW

SECOND = timedelta(seconds=1)


def test_a_paper_that_never_had_a_message_needs_one() -> None:
    assert needs_message(Work(), NOW)


def test_a_paper_whose_message_is_under_way_needs_none() -> None:
    assert not needs_message(Work(sent_at=NOW), NOW + RESEND_AFTER - SECOND)


def test_a_message_that_must_be_lost_is_sent_again() -> None:
    assert needs_message(Work(sent_at=NOW), NOW + RESEND_AFTER)


def test_a_paper_in_work_needs_none_until_its_lease_runs_out() -> None:
    work = Work(state=WorkState.WORKING, attempts=1, lease_until=NOW)
    assert not needs_message(work, NOW - SECOND)
    assert needs_message(work, NOW)


def test_a_paper_whose_worker_died_gets_one_message_and_not_one_each_time() -> None:
    work = Work(state=WorkState.WORKING, attempts=1, sent_at=NOW, lease_until=NOW + SECOND)
    again = sent(work, NOW + 2 * SECOND)
    assert again.sent_at == NOW + 2 * SECOND
    assert not needs_message(again, NOW + 3 * SECOND)
    assert needs_message(again, NOW + 2 * SECOND + RESEND_AFTER)


def test_a_message_that_was_put_off_is_not_missed_before_its_time() -> None:
    work = Work(sent_at=NOW, not_before=NOW + RESEND_AFTER)
    assert not needs_message(work, NOW + RESEND_AFTER)
    assert needs_message(work, NOW + 2 * RESEND_AFTER)


def test_a_failed_paper_is_left_alone_for_an_hour_and_then_tried_afresh() -> None:
    work = Work(state=WorkState.FAILED, attempts=3, ended_at=NOW, error="x")
    assert not needs_message(work, NOW + RETRY_FAILED_AFTER - SECOND)
    assert needs_message(work, NOW + RETRY_FAILED_AFTER)
    assert afresh(work) == Work()


def test_a_paper_that_is_done_never_needs_a_message() -> None:
    assert not needs_message(Work(state=WorkState.DONE, ended_at=NOW), NOW + timedelta(days=1))


def test_work_that_is_not_failed_keeps_its_attempts() -> None:
    work = Work(state=WorkState.WORKING, attempts=2, lease_until=NOW)
    assert afresh(work) == work


def test_sending_is_noted_unless_a_worker_was_faster() -> None:
    assert sent(Work(), NOW).sent_at == NOW
    taken = Work(state=WorkState.WORKING, attempts=1, lease_until=NOW + SECOND)
    assert sent(taken, NOW) == taken
