"""The status of an edition: with papers filling or complete, without them why there are none."""

from enum import StrEnum

from arxiv_daily.models import CalendarDay, DayKind, EditionFacts, Probe, Value


class EditionStatus(StrEnum):
    FILLING = "filling"
    COMPLETE = "complete"
    FAILED = "failed"
    STALLED = "stalled"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    WAITING = "waiting"
    QUIET = "quiet"


class Counts(Value):
    """announced = new + cross_listed + replaced = shown + hidden; shown = ready + pending + failed."""

    announced: int
    new: int
    cross_listed: int
    replaced: int
    shown: int
    hidden: int
    ready: int
    pending: int
    failed: int
    degraded: int
    late: int
    withdrawn: int
    taken_down: int = 0
    """Of the failed ones, those whose reading the operator took down."""


def listing_of(facts: EditionFacts) -> Probe | None:
    """The latest probe that read what arXiv lists for the edition's own date, and missed nothing by it."""
    of_this_date = [probe for probe in facts.probes if probe.listed == facts.date and not probe.error]
    read = [probe for probe in of_this_date if not probe.unknown and not probe.is_doubtful]
    return max(read, key=lambda probe: probe.at, default=None)


def status_of(facts: EditionFacts, counts: Counts, calendar: CalendarDay) -> EditionStatus:
    """With papers filling or complete; without, why there are none."""
    if counts.announced:
        return EditionStatus.COMPLETE if facts.settled_by and not counts.pending else EditionStatus.FILLING
    if listing_of(facts) and calendar.kind is DayKind.MAILING:
        return EditionStatus.QUIET
    decisive = _decisive(facts, calendar)
    if facts.probes and all(probe.error for probe in decisive):
        ours = any(probe.is_final for probe in decisive if probe.witness != "catchup")
        return EditionStatus.FAILED if ours else EditionStatus.STALLED
    match calendar.kind:
        case DayKind.WEEKEND:
            return EditionStatus.WEEKEND
        case DayKind.HOLIDAY:
            return EditionStatus.HOLIDAY
        case DayKind.MAILING:
            return EditionStatus.QUIET if facts.settled_by else EditionStatus.WAITING


def _decisive(facts: EditionFacts, calendar: CalendarDay) -> list[Probe]:
    """The probes whose failure leaves the day unknown: where papers are expected, each witness's last one counts."""
    if calendar.kind is not DayKind.MAILING:
        return list(facts.probes)
    if facts.settled_by:  # the day is over: what was read before the papers were announced says nothing of them
        return [probe for probe in facts.probes if probe.error or probe.at >= calendar.announced_at]
    return list({probe.witness: probe for probe in sorted(facts.probes, key=lambda probe: probe.at)}.values())
