"""The sentence that tells an edition's status to readers."""

from datetime import datetime

from arxiv_daily.editions.status import Counts, EditionStatus, listing_of
from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily.editions.words import Words
from arxiv_daily.models import CalendarDay, EditionFacts


def status_text(
    status: EditionStatus,
    facts: EditionFacts,
    counts: Counts,
    calendar: CalendarDay,
    *,
    closed: str | None,
    words: Words,
) -> str:
    """One or two sentences; `closed` is why pending papers cannot be read for now, None where they can."""
    match status:
        case EditionStatus.FILLING:
            text = _pending(counts, closed, words) if counts.pending else _open(counts, words)
        case EditionStatus.COMPLETE:
            text = _complete(counts, words)
        case EditionStatus.WAITING:
            text = _waiting(facts, calendar, words)
        case EditionStatus.QUIET:
            text = _quiet(facts, words)
        case _:
            text = words.name("status", status)
    if counts.taken_down:
        text += words("status_taken_down", counts.taken_down)
    if not calendar.is_known and not counts.announced:
        text += words("calendar_unknown")
    return text


def _pending(counts: Counts, closed: str | None, words: Words) -> str:
    ready = words("filling_ready", counts.ready, degraded=_degraded(counts, words)) if counts.degraded else ""
    if closed:
        return words("filling_closed", counts.shown, pending=counts.pending, closed=closed) + ready
    return words("filling_pending", counts.shown, pending=counts.pending) + ready


def _open(counts: Counts, words: Words) -> str:
    unread = _unread(counts)
    failed = words("filling_failed", unread) if unread else ""
    return words("filling_open", counts.shown, failed=failed, degraded=_degraded(counts, words))


def _complete(counts: Counts, words: Words) -> str:
    if not counts.shown:
        return words("complete_hidden", counts.hidden)
    if unread := _unread(counts):
        return words("complete_failed", counts.ready, degraded=_degraded(counts, words), failed=unread)
    return words("complete_ready", counts.ready, degraded=_degraded(counts, words))


def _unread(counts: Counts) -> int:
    """Papers that could not be read."""
    return counts.failed - counts.taken_down


def _degraded(counts: Counts, words: Words) -> str:
    return words("degraded", counts.degraded) if counts.degraded else ""


def _waiting(facts: EditionFacts, calendar: CalendarDay, words: Words) -> str:
    if not facts.probes:
        return words("waiting_unasked", time=_local(calendar.announced_at))
    last = max(probe.at for probe in facts.probes)
    if last < calendar.announced_at:
        return words("waiting_announcement", time=_local(calendar.announced_at))
    if last < calendar.listed_at:
        return words("waiting_listing", time=_local(calendar.listed_at))
    listed = max((probe.listed for probe in facts.probes if probe.listed), default=None)
    if listed == facts.date:
        return words("waiting_doubtful")
    return words("waiting_stale", date=listed) if listed else words("waiting_unread")


def _quiet(facts: EditionFacts, words: Words) -> str:
    listing = listing_of(facts)
    if listing and listing.seen:
        return words("quiet_elsewhere", listing.seen)
    return words("quiet_listed") if listing else words("quiet_unlisted")


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(EDITION_ZONE):%H:%M}"
