"""What the alarms and the dashboard are told of editions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.view import EditionView
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import DayKind, EditionRow, ModelGate
from arxiv_daily.observability import Figure, ReadingState, measure
from arxiv_daily.sources.calendar import calendar_day

_UNREAD = {EditionStatus.STALLED, EditionStatus.FAILED}
"""Nothing is pending, since nobody knows what there is. An edition that only waited is closed by this very probe."""


def measure_edition(view: EditionView) -> None:
    """The ledger of an edition."""
    counts = view.counts
    measure(
        {
            Figure.PAPERS_ANNOUNCED: counts.announced,
            Figure.PAPERS_SHOWN: counts.shown,
            Figure.PAPERS_READY: counts.ready,
            Figure.PAPERS_FAILED: counts.failed,
            Figure.PAPERS_UNCOUNTED: abs(counts.announced - counts.shown - counts.hidden),
        }
    )


def measure_probe(rows: Sequence[EditionRow], gate: ModelGate, now: datetime) -> None:
    """What of the last editions still waits at `now` (event time), and whether papers can be read."""
    state = ReadingState.CLAUDE_CLOSED if gate.closed is not None else _paid(rows)
    measure({Figure.OLDEST_PENDING_AGE: oldest_pending_age(rows, now), Figure.READING_STATE: state})


def oldest_pending_age(rows: Iterable[EditionRow], now: datetime) -> float:
    """Seconds since the anchor of the oldest edition that waits for papers, or for arXiv; 0 when none does.

    An edition whose last probe is over is a day old when the next day's first probe comes.
    """
    anchors = [window_of(row.date).end for row in rows if row.pending or _is_unread(row)]
    return max(0.0, (now - min(anchors)).total_seconds()) if anchors else 0.0


def _is_unread(row: EditionRow) -> bool:
    """Whether arXiv may have announced papers that nobody could see; at a weekend it announces none."""
    return row.status in _UNREAD and calendar_day(row.date).kind is DayKind.MAILING


def _paid(rows: Iterable[EditionRow]) -> ReadingState:
    return ReadingState.BUDGET_REACHED if any(row.unpaid for row in rows) else ReadingState.READS
