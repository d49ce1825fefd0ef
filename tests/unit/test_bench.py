import io

from lxml import etree
from rich.console import Console

from tests.bench.__main__ import shown
from tests.bench.lines import Growth, Line, Part, exit_code, summary
from tests.bench.plot import svg
from tests.bench.report import PLOT, markdown, rows

HOLDS = Line("fetch: import", "SDK: import", 300, 200, 1.5)
MISSED = Line("aggregate: import", "SDK: import", 301, 200, 1.5)
SHOWN = Line("a slow day", "the limit", 9.25, 1, unit="s")
FLAT = Line("a day's objects", "on the first day", 90, 100, 1.1, "objects", least=0.9)
GROWTH = Growth("A day & more", "papers", "seconds", {"warm": {10: 1.25, 200: 24.5}, "cold": {10: 3, 200: 31}})
SVG = "{http://www.w3.org/2000/svg}"


def test_a_figure_holds_up_to_its_limit_and_not_above() -> None:
    assert HOLDS.holds
    assert not MISSED.holds


def test_a_figure_that_is_to_stay_the_same_may_not_fall_below_its_least_either() -> None:
    assert FLAT.holds
    assert not Line("", "", 89, 100, 1.1, least=0.9).holds
    assert not Line("", "", 111, 100, 1.1, least=0.9).holds


def test_a_line_without_a_limit_is_held_to_nothing() -> None:
    assert SHOWN.holds
    assert summary([HOLDS, SHOWN]) == "1 of 1 ratios held"


def test_the_summary_names_what_was_missed() -> None:
    assert summary([HOLDS, MISSED]) == "1 of 2 ratios held; missed: aggregate: import"


def test_the_exit_code_is_0_only_while_every_ratio_holds() -> None:
    assert exit_code([HOLDS, SHOWN, FLAT]) == 0
    assert exit_code([HOLDS, MISSED, SHOWN]) == 1


def test_the_command_fails_with_a_missed_ratio_and_ends_with_the_summary() -> None:
    told = io.StringIO()
    code = shown([Part("Imports", (HOLDS, MISSED), "")], Console(file=told, width=200))
    assert code == 1
    assert told.getvalue().splitlines()[-1] == "bench: 1 of 2 ratios held; missed: aggregate: import"
    assert shown([Part("Imports", (HOLDS,), "")], Console(file=told)) == 0


def test_a_row_shows_both_sides_their_ratio_and_the_limit() -> None:
    assert rows([MISSED, SHOWN, FLAT]) == [
        ("aggregate: import", "301 ms", "SDK: import", "200 ms", "1.50", "1.5", "MISSED"),
        ("a slow day", "9.25 s", "the limit", "1.00 s", "9.25", "–", ""),
        ("a day's objects", "90 objects", "on the first day", "100 objects", "0.90", "0.9 to 1.1", "holds"),
    ]


def test_dollars_of_a_paper_are_shown_in_hundredths_of_a_cent() -> None:
    assert rows([Line("a paper", "a usual one", 0.00351, 0.00509, 1, "$")])[0][1:4] == (
        "$0.0035",
        "a usual one",
        "$0.0051",
    )


def test_the_page_holds_the_summary_the_machine_every_line_and_section_and_the_drawing() -> None:
    page = markdown([Part("Imports", (HOLDS,), "Of modules."), Part("Days", (MISSED,), "Of days.", (GROWTH,))], "a box")
    assert "**1 of 2 ratios held; missed: aggregate: import**, on a box." in page
    assert "| fetch: import | 300 ms | SDK: import | 200 ms | 1.50 | 1.5 | holds |" in page
    assert "## Imports\n\nOf modules.\n\n## Days\n\nOf days.\n" in page
    assert f"]({PLOT})" in page


def test_a_page_without_growth_links_to_no_drawing() -> None:
    assert PLOT not in markdown([Part("Imports", (HOLDS,), "Of modules.")], "a box")


def test_a_drawing_is_well_formed_and_names_its_panels_sizes_units_and_series() -> None:
    root = etree.fromstring(svg([GROWTH]).encode())
    texts = {element.text for element in root.iter(f"{SVG}text")}
    assert {"A day & more", "papers", "seconds, both axes logarithmic", "10", "200", "warm", "cold"} <= texts


def test_a_drawing_places_larger_figures_higher_and_larger_sizes_further_right() -> None:
    circles = list(etree.fromstring(svg([GROWTH]).encode()).iter(f"{SVG}circle"))
    places = [(float(circle.get("cx", "")), float(circle.get("cy", ""))) for circle in circles]
    (small, least), (large, most), (_, less), _ = places
    assert small < large
    assert most < less < least


def test_a_drawing_is_the_same_for_the_same_figures_and_reads_in_the_dark() -> None:
    assert svg([GROWTH]) == svg([GROWTH])
    assert "prefers-color-scheme: dark" in svg([GROWTH])
