"""The figures as a page, docs/benchmarks.md."""

from collections.abc import Iterable, Mapping

from tests.bench.cold_starts import FUNCTIONS, Times
from tests.bench.lines import Line, summary

_ABOUT = """\
# Benchmarks

`make bench` measures what stands here, writes this page, and fails when a ratio is above its limit. Both sides of a
ratio are measured in the same run, in turns.
"""
_COLD_STARTS = """\
## Cold starts

Milliseconds of one core, then of the clock, in processes that had just started: the function's folder and the two
layers on the path, bytecode beside the code, files in the page cache. Medians of {rounds} interleaved rounds. Lambda
gives a function with less than 1,769 MB of memory less than a core; there it takes longer in proportion.

*SDK* is `import boto3` and a client; every function has that much. *summarize with Claude* imports all that a reading
needs. In a run, Claude's client is imported in a thread while the paper's text is on its way from arXiv, and not at
all where no text is read. on_demand does what summarize does. aggregate compiles a template when it first renders it.
"""

_DOMINANT = """\
What dominates each import: milliseconds in a package's own modules, under `-X importtime`, which adds to them.
"""

Row = tuple[str, ...]
HEAD: Row = ("figure", "measured", "against", "", "ratio", "limit", "")


def rows(lines: Iterable[Line]) -> list[Row]:
    return [
        (
            line.what,
            f"{line.measured:,.0f} {line.unit}",
            line.against,
            f"{line.reference:,.0f} {line.unit}",
            f"{line.ratio:.2f}",
            f"{line.limit:g}",
            "holds" if line.holds else "MISSED",
        )
        for line in lines
    ]


def markdown(
    lines: list[Line], times: Times, dominant: Mapping[str, list[tuple[str, float]]], machine: str, rounds: int
) -> str:
    steps = [
        (name, step, f"{time.processor:,.0f}", f"{time.wall:,.0f}")
        for name, found in times.items()
        for step, time in found.items()
    ]
    largest = [(name, *(f"{package} {ms:.0f}" for package, ms in dominant[name])) for name in FUNCTIONS]
    return "\n".join(
        [
            _ABOUT,
            f"**{summary(lines)}**, on {machine}.\n",
            _table(HEAD, rows(lines)),
            _COLD_STARTS.format(rounds=rounds),
            _table(("", "step", "of a core", "of the clock"), steps),
            _DOMINANT,
            _table(("function", "first", "second", "third", "fourth", "fifth"), largest).rstrip("\n"),
            "",
        ]
    )


def _table(head: Row, body: Iterable[Row]) -> str:
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
