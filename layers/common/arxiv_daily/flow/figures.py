"""What the alarms and the dashboard are told of editions."""

from collections.abc import Iterable
from datetime import datetime

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.view import EditionView
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import EditionRow, ModelGate
from arxiv_daily.observability import Figure, ReadingState, measure

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


def measure_probe(rows: Iterable[EditionRow], gate: ModelGate, now: datetime) -> None:
    """What still waits at `now` (event time), and whether papers can be read."""
    known = list(rows)
    state = ReadingState.CLAUDE_CLOSED if gate.closed is not None else _paid(known)
    measure({Figure.OLDEST_PENDING_AGE: oldest_pending_age(known, now), Figure.READING_STATE: state})


def oldest_pending_age(rows: Iterable[EditionRow], now: datetime) -> float:
    """Seconds since the anchor of the oldest edition that waits for papers, or for arXiv; 0 when none does.

    An edition whose last probe is over is a day old when the next day's first probe comes.
    """
    anchors = [window_of(row.date).end for row in rows if row.pending or row.status in _UNREAD]
    return max(0.0, (now - min(anchors)).total_seconds()) if anchors else 0.0


def _paid(rows: Iterable[EditionRow]) -> ReadingState:
    return ReadingState.BUDGET_REACHED if any(row.unpaid for row in rows) else ReadingState.READS
