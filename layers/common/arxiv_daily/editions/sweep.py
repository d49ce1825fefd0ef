"""Which papers of an edition need a message: the outbox, and the repair of lost work."""

from datetime import datetime, timedelta

from arxiv_daily.models import Work, WorkState

RESEND_AFTER = timedelta(minutes=30)
"""A message sent longer ago than the queue hides one (infra/template.yaml) is taken for lost."""
RETRY_FAILED_AFTER = timedelta(hours=1)
"""How long a failure stands before a probe may try the paper afresh."""


def needs_message(work: Work, now: datetime) -> bool:
    """Whether nobody works on it and no message that could change this is under way."""
    match work.state:
        case WorkState.QUEUED:
            return work.sent_at is None or work.sent_at + RESEND_AFTER <= now
        case WorkState.WORKING:
            return work.lease_until is not None and work.lease_until <= now
        case WorkState.FAILED:
            return work.ended_at is not None and work.ended_at + RETRY_FAILED_AFTER <= now
        case WorkState.DONE:
            return False


def afresh(work: Work) -> Work:
    """Before its message is sent: a failed one is queued as if it were new."""
    return Work() if work.state is WorkState.FAILED else work


def sent(work: Work, now: datetime) -> Work:
    """After its message was sent; a worker may have been faster than we were, then nothing changes."""
    return work.model_copy(update={"sent_at": now}) if needs_message(work, now) else work
