"""The figures as a page, docs/benchmarks.md."""

from collections.abc import Iterable, Sequence

from tests.bench.lines import Line, Part, summary
from tests.costing.tables import amount, table

PLOT = "benchmarks/growth.svg"
"""Beside the page."""
_ABOUT = """\
# Benchmarks

`make bench` measures what stands here, writes this page and its drawing, and fails when a ratio misses its limit. Both
sides of a ratio come from the same run. A line without a limit is shown beside another and held to nothing.
"""
_GROWTH = f"""\
## Growth

![How the figures grow with the size of a day and of the archive; the numbers are in the sections]({PLOT})
"""
_SECONDS = "s"

Row = tuple[str, ...]
HEAD: Row = ("figure", "measured", "against", "", "ratio", "limit", "")


def rows(lines: Iterable[Line]) -> list[Row]:
    return [
        (
            line.what,
            _measure(line.measured, line.unit),
            line.against,
            _measure(line.reference, line.unit),
            f"{line.ratio:.2f}",
            _limit(line),
            _verdict(line),
        )
        for line in lines
    ]


def markdown(parts: Sequence[Part], machine: str) -> str:
    lines = [line for part in parts for line in part.lines]
    sections = [f"## {part.title}\n\n{part.text.strip()}\n" for part in parts]
    drawn = [_GROWTH] if any(part.growth for part in parts) else []
    head = [_ABOUT, f"**{summary(lines)}**, on {machine}.\n", table(HEAD, rows(lines))]
    return "\n".join([*head, *drawn, *sections])


def _measure(number: float, unit: str) -> str:
    if unit == "$":
        return f"${number:.4f}"
    return f"{number:,.2f} s" if unit == _SECONDS else f"{amount(number)} {unit}".rstrip()


def _limit(line: Line) -> str:
    if line.limit is None:
        return "–"
    return f"{line.least:g} to {line.limit:g}" if line.least else f"{line.limit:g}"


def _verdict(line: Line) -> str:
    if line.limit is None:
        return ""
    return "holds" if line.holds else "MISSED"
