"""What readers see of the witnesses that were asked for an edition."""

from datetime import date, datetime
from enum import StrEnum

from arxiv_daily.models import CalendarDay, DayKind, EditionFacts, Probe, Value


class SourceState(StrEnum):
    OK = "ok"
    STALE = "stale"
    FAILED = "failed"


class SourceView(Value):
    """What a witness knew of the edition when it was last asked."""

    witness: str
    state: SourceState
    at: datetime
    listed: date | None
    seen: int | None
    unknown: int
    error: str | None


def source_views(facts: EditionFacts, calendar: CalendarDay) -> tuple[SourceView, ...]:
    """Each witness as it was last asked, in the order of their names."""
    latest = {probe.witness: probe for probe in sorted(facts.probes, key=lambda probe: probe.at)}
    return tuple(_source(latest[witness], calendar) for witness in sorted(latest))


def _source(probe: Probe, calendar: CalendarDay) -> SourceView:
    behind = probe.listed is not None and probe.listed < calendar.date
    expected = calendar.kind is DayKind.MAILING and probe.at >= calendar.listed_at
    state = SourceState.FAILED if probe.error else SourceState.STALE if behind and expected else SourceState.OK
    return SourceView(state=state, **probe.model_dump(exclude={"is_final", "is_doubtful"}))
