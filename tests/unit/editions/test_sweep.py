from datetime import timedelta

import pytest

from arxiv_daily.editions.sweep import (
    REPAIR_AFTER,
    RESEND_AFTER,
    afresh,
    is_repairable,
    needs_message,
    needs_repair,
    sent,
)
from arxiv_daily.models import PaperVersion, TextSource, Work, WorkState
from tests.examples import NOW, a_failed, a_paper, a_ready

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


@pytest.mark.parametrize(
    "version", [a_failed(a_paper(), "x"), a_ready(a_paper(), source=TextSource.ABSTRACT)], ids=["failed", "degraded"]
)
def test_a_paper_that_could_be_read_better_is_left_alone_for_an_hour_and_then_tried_afresh(
    version: PaperVersion,
) -> None:
    assert not needs_message(version.work, NOW + REPAIR_AFTER)
    assert not needs_repair(version, NOW + REPAIR_AFTER - SECOND)
    assert needs_repair(version, NOW + REPAIR_AFTER)
    again = afresh(version)
    assert (again.work, again.digest) == (Work(), version.digest)


def test_a_paper_whose_text_was_read_needs_nothing() -> None:
    version = a_ready(a_paper())
    assert not needs_message(version.work, NOW + timedelta(days=1))
    assert not is_repairable(version)
    assert not needs_repair(version, NOW + timedelta(days=1))


def test_work_that_has_not_ended_keeps_its_attempts() -> None:
    version = PaperVersion(paper=a_paper(), work=Work(state=WorkState.WORKING, attempts=2, lease_until=NOW))
    assert not is_repairable(version)
    assert afresh(version) == version


def test_sending_is_noted_unless_a_worker_was_faster() -> None:
    assert sent(Work(), NOW).sent_at == NOW
    taken = Work(state=WorkState.WORKING, attempts=1, lease_until=NOW + SECOND)
    assert sent(taken, NOW) == taken
