"""The events that people and AWS send: what they mean, and a clear error for those that mean nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from pydantic import AwareDatetime, ValidationError

from arxiv_daily.models import Value

UNRESOLVED = "<aws.scheduler.scheduled-time>"
"""What EventBridge Scheduler replaces by the time; it arrives as it is when something else sends the input."""


class UnusableEvent(ValueError):
    """The event does not say what to do."""


class _Schedule(Value):
    time: AwareDatetime


class _Backfill(Value):
    edition_date: date


class Reread(Value):
    """Read again what an older prompt wrote in an edition, or only tell how much that is."""

    reread_stale: date
    estimate: bool = False


def requested_run(event: Mapping[str, object]) -> datetime | date | Reread:
    """What fetch is to do: `{"time": …}` is the event time of a probe, `{"edition_date": …}` a date to fill,
    `{"reread_stale": …}` a date whose stale digests are to be replaced.

    Raises UnusableEvent.
    """
    if event.get("time") == UNRESOLVED:
        raise UnusableEvent(
            f"the schedule's time came as the text {UNRESOLVED}: nobody put the time in its place. "
            'Only EventBridge Scheduler does; by hand, send {"time": "2026-02-12T00:50:00Z"}'
        )
    try:
        if "reread_stale" in event:
            return Reread.model_validate(event)
        if "edition_date" in event:
            return _Backfill.model_validate(event).edition_date
        return _Schedule.model_validate(event).time.astimezone(UTC)
    except ValidationError as error:
        raise UnusableEvent(
            'send {"time": "2026-02-12T00:50:00Z"}, {"edition_date": "2026-02-12"} or {"reread_stale": "2026-02-12"} '
            "and nothing else; "
            f"this event is another: {dict(event)}"
        ) from error
