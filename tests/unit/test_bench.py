from tests.bench.lines import Line, summary
from tests.bench.report import rows

HOLDS = Line("fetch: import", "SDK: import", 300, 200, 1.5)
MISSED = Line("aggregate: import", "SDK: import", 301, 200, 1.5)


def test_a_figure_holds_up_to_its_limit_and_not_above() -> None:
    assert HOLDS.holds
    assert not MISSED.holds


def test_the_summary_names_what_was_missed() -> None:
    assert summary([HOLDS]) == "1 of 1 figures hold"
    assert summary([HOLDS, MISSED]) == "1 of 2 figures hold; missed: aggregate: import"


def test_a_row_shows_both_sides_their_ratio_and_the_limit() -> None:
    assert rows([MISSED]) == [("aggregate: import", "301 ms", "SDK: import", "200 ms", "1.50", "1.5", "MISSED")]
