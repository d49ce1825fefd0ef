"""`make bench`: print the table, write docs/benchmarks.md, fail when a ratio is above its limit."""

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import cold_starts, report
from tests.bench.lines import Line, summary
from tests.bench.machine import described
from tests.bench.processes import Interpreter

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main() -> int:
    arguments = _arguments()
    interpreter = Interpreter(arguments.python)
    times = cold_starts.measured(interpreter, arguments.rounds)
    lines = cold_starts.lines(times)
    dominant = {name: cold_starts.dominant(interpreter, name) for name in cold_starts.FUNCTIONS}
    page = report.markdown(lines, times, dominant, described(arguments.python), arguments.rounds)
    PAGE.write_text(page, encoding="utf-8")
    _show(lines)
    return 0 if all(line.holds for line in lines) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="what to measure with")
    parser.add_argument("--rounds", type=int, default=11)
    return parser.parse_args()


def _show(lines: list[Line]) -> None:
    table = Table(*report.HEAD)
    for row in report.rows(lines):
        table.add_row(*row)
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(table)
    console.print(f"benchmarks: {summary(lines)}")


if __name__ == "__main__":
    sys.exit(main())
