"""Which papers of an edition need a message: the outbox, and the repair of lost work."""

from datetime import datetime, timedelta

from arxiv_daily.models import Digest, PaperVersion, TextSource, Work, WorkState

RESEND_AFTER = timedelta(minutes=30)
"""A message sent longer ago than the queue hides one (infra/template.yaml) is taken for lost."""
REPAIR_AFTER = timedelta(hours=1)
"""How long a failure, or a reading of the abstract alone, stands before a probe may try the paper afresh."""


def needs_message(work: Work, now: datetime) -> bool:
    """Whether nobody works on it and no message that could change this is under way."""
    match work.state:
        case WorkState.QUEUED:
            return work.sent_at is None or _is_lost(work, work.not_before or work.sent_at, now)
        case WorkState.WORKING:
            ended = work.lease_until
            return (
                ended is not None and ended <= now and (not _was_sent_after(work, ended) or _is_lost(work, ended, now))
            )
        case WorkState.FAILED | WorkState.DONE:
            return False


def is_repairable(version: PaperVersion) -> bool:
    """Whether trying a paper afresh may give readers more: it failed, or its abstract alone was read."""
    if version.work.state is WorkState.FAILED:
        return True
    return version.work.state is WorkState.DONE and version.digest is not None and is_of_abstract(version.digest)


def is_of_abstract(digest: Digest) -> bool:
    return digest.provenance.source is TextSource.ABSTRACT


def is_unpaid(version: PaperVersion) -> bool:
    """Whether it is to be read better once a day's budget allows it."""
    return version.work.for_budget or (version.digest is not None and version.digest.provenance.for_budget)


def needs_repair(version: PaperVersion, now: datetime) -> bool:
    """Whether that stood long enough for a probe to try again."""
    ended = version.work.ended_at
    return is_repairable(version) and ended is not None and ended + REPAIR_AFTER <= now


def _was_sent_after(work: Work, moment: datetime) -> bool:
    return work.sent_at is not None and work.sent_at >= moment


def _is_lost(work: Work, shown_at: datetime, now: datetime) -> bool:
    """Whether a message sent, and not to be shown before `shown_at`, should have been worked on by now."""
    return max(shown_at, work.sent_at or shown_at) + RESEND_AFTER <= now


def afresh(version: PaperVersion) -> PaperVersion:
    """Before its message is sent: one that ended is queued as if it were new, and keeps the digest it has.

    It remembers why it failed, so that the same failure is no news to readers.
    """
    if version.work.state in {WorkState.FAILED, WorkState.DONE}:
        work = Work(failed_for=version.work.failed_for, failed_since=version.work.failed_since)
        return version.model_copy(update={"work": work})
    return version


def sent(work: Work, now: datetime, delay: timedelta = timedelta()) -> Work:
    """After its message was sent, hidden for a while; a worker may have been faster, then nothing changes."""
    return work.model_copy(update={"sent_at": now + delay}) if needs_message(work, now) else work
