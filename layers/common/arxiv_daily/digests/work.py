"""The states of a paper's work: queued → working → done or failed. Pure; times are machine time.

An attempt counts when a worker takes the paper, and is given back when the paper only had to wait.
"""

from datetime import datetime, timedelta

from arxiv_daily.models import Value, Work, WorkState

MAX_ATTEMPTS = 3
FIRST_BACKOFF = timedelta(seconds=10)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=2), timedelta(minutes=15)
"""A message may be received fifty times (infra/template.yaml): doubling waits make that half a day."""


class Settled(Value):
    """There is nothing to do: a digest is there, or the attempts are spent."""


class Wait(Value):
    """Not now: somebody works on it, or its turn is later."""

    until: datetime


class Taken(Value):
    """The worker named `owner` in `work` may go on until the lease ends."""

    work: Work

    @property
    def is_last_attempt(self) -> bool:
        return self.work.attempts >= MAX_ATTEMPTS


class Spent(Value):
    """Its last attempt was lost with its worker: it stands as failed now."""

    work: Work


Turn = Settled | Wait | Taken | Spent


def take(work: Work, owner: str, now: datetime, lease_until: datetime) -> Turn:
    """What a worker called `owner` may do with the paper at `now`."""
    if work.state in {WorkState.DONE, WorkState.FAILED}:
        return Settled()
    if work.state is WorkState.WORKING and work.lease_until and work.lease_until > now:
        # Its own, when the answer to the write that took it was lost.
        return Taken(work=work) if work.owner == owner else Wait(until=work.lease_until)
    if work.not_before and work.not_before > now:
        return Wait(until=work.not_before)
    if work.attempts >= MAX_ATTEMPTS:
        return Spent(work=failed(work, now, f"解读进程 {work.attempts} 次中断，未能完成"))
    return Taken(
        work=_carried(work).model_copy(
            update={
                "state": WorkState.WORKING,
                "attempts": work.attempts + 1,
                "waits": work.waits,
                "budget_waits": work.budget_waits,
                "owner": owner,
                "lease_until": lease_until,
            }
        )
    )


def waiting(work: Work, now: datetime, asked: timedelta, reason: str, *, for_budget: bool = False) -> Work:
    """Back to the queue for a reason that is not the paper's: the attempt does not count.

    It waits as long as it was asked to, and twice as long as the last time where that is longer.
    """
    doubled = min(FIRST_WAIT * 2 ** min(work.waits, 20), LONGEST_WAIT)
    back = _back(work, now + max(asked, doubled), reason)
    waits = {"waits": work.waits + 1, "budget_waits": work.budget_waits + for_budget}
    return back.model_copy(update={"attempts": work.attempts - 1, **waits})


def retried(work: Work, now: datetime, reason: str) -> Work:
    """Back to the queue after a failure, or failed when that was the last attempt."""
    if work.attempts >= MAX_ATTEMPTS:
        return failed(work, now, reason)
    return _back(work, now + FIRST_BACKOFF * 2 ** (work.attempts - 1), reason)


def failed(work: Work, now: datetime, reason: str, *, for_budget: bool = False) -> Work:
    return Work(
        state=WorkState.FAILED,
        attempts=work.attempts,
        sent_at=work.sent_at,
        ended_at=now,
        error=reason,
        for_budget=for_budget,
        failed_for=reason,
        failed_since=work.failed_since if work.failed_for == reason else now,
    )


def done(work: Work, now: datetime) -> Work:
    return Work(state=WorkState.DONE, attempts=work.attempts, sent_at=work.sent_at, ended_at=now)


def _back(work: Work, until: datetime, reason: str) -> Work:
    return _carried(work).model_copy(update={"not_before": until, "error": reason})


def _carried(work: Work) -> Work:
    """Queued work that knows of the old one its attempts, its message and why it failed, and nothing else."""
    return Work(
        attempts=work.attempts, sent_at=work.sent_at, failed_for=work.failed_for, failed_since=work.failed_since
    )
