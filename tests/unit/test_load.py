"""What a load is held to, and that it would be seen to miss it."""

import json
from pathlib import Path

import pytest

from tests.load import report
from tests.load.bought import bought_twice
from tests.load.drawing import draw
from tests.load.limits import Limits
from tests.load.outcome import Bound, Outcome
from tests.load.pacing import Stay, pacing

LIMITS = Limits(interval=0.5, workers=20, latency=5.0)


def test_requests_to_arxiv_or_calls_to_claude_take_the_longer() -> None:
    assert LIMITS.shortest(requests=1750, calls=1400) == 875
    assert LIMITS.shortest(requests=100, calls=1400) == 350
    assert LIMITS.longest(requests=1750, calls=1400) == pytest.approx(1.1 * 875 + 5)


def test_the_shortest_gap_and_requests_at_once_are_found_in_whatever_order_they_are_told() -> None:
    found = pacing([Stay(2.0, 2.1), Stay(0.0, 0.7), Stay(0.5, 0.6)])
    assert (found.requests, found.shortest_gap, found.mean_gap, found.at_once) == (3, 0.5, 1.0, 1)


@pytest.mark.parametrize(
    ("bound", "holds"),
    [
        (Bound("lost", 0, 0), True),
        (Bound("lost", 1, 0), False),
        (Bound("gap", 0.5, 0.5, at_least=True), True),
        (Bound("gap", 0.499, 0.5, at_least=True), False),
    ],
)
def test_a_bound_holds_or_is_missed(bound: Bound, holds: bool) -> None:
    assert bound.holds is holds
    assert ("MISSED" in str(bound)) is not holds
    assert Outcome("day", "a machine", [Bound("other", 0, 1), bound], {}).holds is holds


def test_whole_answers_to_the_same_request_are_counted_errors_and_lost_ones_are_not() -> None:
    def asked(mood: str | None = None, status: int = 200, request: str = "a") -> dict[str, object]:
        return {"paper_id": "2610.00001", "body_sha256": request, "mood": mood, "status": status}

    assert bought_twice([asked("overloaded", 529), asked(), asked(request="b")]) == 0
    assert bought_twice([asked("lost"), asked()], {"lost"}) == 0
    assert bought_twice([asked(), asked(), asked("slow")]) == 2


def test_a_summary_names_what_was_missed() -> None:
    outcome = Outcome("day", "a machine", [Bound("seconds", 9, 8), Bound("papers lost", 0, 0)], {})
    assert outcome.summary() == "day: seconds 9 (MISSED, not ≤ 8)"


def test_the_page_is_written_from_a_run_and_keeps_the_parts_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "DOCS", tmp_path)
    monkeypatch.setattr(report, "FOLDER", tmp_path / "load")
    for what in ("day", "soak"):
        outcome = Outcome(what, "a machine", [Bound("papers lost", 0, 0), Bound("seconds", 9, 8)], {"papers": 1400})
        outcome.write(tmp_path / "build" / f"{what}.json")
        for name in report.CHARTS[what]:
            draw(tmp_path / "build" / name, "title", "seconds", {"line": [(0, 1), (1, 2)]})
        report.keep(tmp_path / "build", what)
    page = (tmp_path / "load.md").read_text(encoding="utf-8")
    assert page.count("| papers lost | 0 | ≤ 0 | holds |") == page.count("| seconds | 9 | ≤ 8 | MISSED |") == 2
    assert page.index("## A day of all of arXiv") < page.index("## Two months in one go")
    assert "| papers | 1,400 |" in page
    for name in (*report.CHARTS["day"], *report.CHARTS["soak"]):
        assert f"](load/{name})" in page
        assert (tmp_path / "load" / name).read_text(encoding="utf-8").startswith("<?xml")
    assert json.loads((tmp_path / "load" / "day.json").read_text(encoding="utf-8"))["what"] == "day"


def test_a_chart_stands_alone(tmp_path: Path) -> None:
    draw(tmp_path / "chart.svg", "title", "seconds", {"line": [(0, 1), (1, 2)]})
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert "<script" not in drawn
    assert "line" in drawn
