"""`make bench`: print the table, write docs/benchmarks.md and its drawing, fail when a ratio misses its limit.

With `--only`, those subjects alone are measured and nothing is written.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import adding, cold_starts, cost, extraction, makespan, plot, reading, rendering, report, requests
from tests.bench.lines import Options, Part, exit_code, summary
from tests.bench.machine import described, version

DOCS = Path(__file__).parents[2] / "docs"
SUBJECTS: Mapping[str, Callable[[Options], Part]] = {
    "makespan": makespan.measured,
    "reading": reading.measured,
    "extraction": extraction.measured,
    "rendering": rendering.measured,
    "adding": adding.measured,
    "cold-starts": cold_starts.measured,
    "cost": cost.measured,
    "requests": requests.measured,
}
"""In the page's order."""


def main() -> int:
    arguments = _arguments()
    options = Options(arguments.python, arguments.rounds)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    parts = []
    for name in arguments.only or SUBJECTS:
        console.print(f"measuring {name}")
        parts.append(SUBJECTS[name](options))
    if not arguments.only:
        _write(parts, f"{described(Path(sys.executable))} (cold starts: {version(arguments.python)})")
    return shown(parts, console)


def shown(parts: Sequence[Part], console: Console) -> int:
    """Print the table and the summary; the exit code."""
    lines = [line for part in parts for line in part.lines]
    table = Table(*report.HEAD)
    for row in report.rows(lines):
        table.add_row(*row)
    console.print(table)
    console.print(f"bench: {summary(lines)}")
    return exit_code(lines)


def _write(parts: Sequence[Part], machine: str) -> None:
    drawing = DOCS / report.PLOT
    drawing.parent.mkdir(exist_ok=True)
    drawing.write_text(plot.svg([growth for part in parts for growth in part.growth]), encoding="utf-8")
    (DOCS / "benchmarks.md").write_text(report.markdown(parts, machine), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="what cold starts are measured with")
    parser.add_argument("--rounds", type=int, default=11, help="of each cold start; the default is 11")
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, metavar="SUBJECT", help=f"of {', '.join(SUBJECTS)}")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
