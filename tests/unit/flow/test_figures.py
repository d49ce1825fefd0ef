from datetime import date, timedelta

import pytest

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.window import window_of
from arxiv_daily.flow.figures import measure_probe, oldest_pending_age
from arxiv_daily.flow.publisher import row_of
from arxiv_daily.models import EditionRow, ModelGate
from arxiv_daily.observability import Figure, ReadingState
from tests.embedded_metrics import figures
from tests.examples import DAY, a_paper, a_ready, a_view, an_entry, some_facts

A_DAY = 86_400.0
LONG = timedelta(days=21)
NEXT_PROBE = window_of(DAY + timedelta(days=1)).end


def a_row(day: date = DAY, status: str = "complete", pending: int = 0, unpaid: int = 0) -> EditionRow:
    return EditionRow(date=day, status=status, status_text="", shown=3, pending=pending, unpaid=unpaid, rev=1)


@pytest.fixture
def namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "arxiv-daily")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "arxiv-daily")


def test_an_edition_with_a_pending_paper_is_a_day_old_at_the_next_day_s_first_probe() -> None:
    assert oldest_pending_age([a_row(status="filling", pending=1)], NEXT_PROBE) == A_DAY


def test_the_oldest_edition_counts() -> None:
    rows = [a_row(status="filling", pending=1), a_row(DAY - timedelta(days=2), "filling", pending=1)]
    assert oldest_pending_age(rows, NEXT_PROBE) == 3 * A_DAY


@pytest.mark.parametrize("status", [EditionStatus.STALLED, EditionStatus.FAILED])
def test_an_edition_that_nobody_could_read_waits_too(status: str) -> None:
    assert oldest_pending_age([a_row(status=status)], NEXT_PROBE) == A_DAY


@pytest.mark.parametrize("status", ["complete", "weekend", "holiday", "quiet", "waiting"])
def test_an_edition_that_was_read_waits_for_nothing(status: str) -> None:
    assert oldest_pending_age([a_row(status=status)], NEXT_PROBE) == 0


def test_a_weekend_on_which_nobody_could_ask_arxiv_waits_for_nothing() -> None:
    saturday = date(2026, 2, 14)
    assert oldest_pending_age([a_row(saturday, status=EditionStatus.STALLED)], window_of(saturday).end + 3 * LONG) == 0


def test_an_edition_of_the_future_is_not_old() -> None:
    assert oldest_pending_age([a_row(status="filling", pending=1)], window_of(DAY).start) == 0


@pytest.mark.parametrize(
    ("unpaid", "closed", "state"),
    [
        (0, None, ReadingState.READS),
        (1, None, ReadingState.BUDGET_REACHED),
        (0, "no credit", ReadingState.CLAUDE_CLOSED),
        (1, "no credit", ReadingState.CLAUDE_CLOSED),
    ],
)
@pytest.mark.usefixtures("namespace")
def test_a_probe_says_whether_papers_can_be_read(
    unpaid: int, closed: str | None, state: ReadingState, capsys: pytest.CaptureFixture[str]
) -> None:
    measure_probe([a_row(unpaid=unpaid)], ModelGate(closed=closed), NEXT_PROBE)
    assert figures(capsys, Figure.READING_STATE) == [state]


@pytest.mark.parametrize(("withdrawn", "unpaid"), [(None, 1), ("by the authors", 0)])
def test_a_withdrawn_paper_waits_for_no_budget(withdrawn: str | None, unpaid: int) -> None:
    version = a_ready(a_paper(), for_budget=True)
    view = a_view(some_facts(), [(version, an_entry(version.paper, withdrawn=withdrawn))])
    assert row_of(view, ("cs.SD",)).unpaid == unpaid
