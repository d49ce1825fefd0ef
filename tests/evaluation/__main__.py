"""`make eval`: print the tables and everything that was missed, write docs/evaluation.md, fail when a bar is missed."""

import argparse
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from tests.evaluation import bars, report
from tests.evaluation.corpus import corpus
from tests.evaluation.judging import judged
from tests.evaluation.measuring import Measured, measure, planted_faults, rewritten
from tests.evaluation.planters import BEFORE, afterwards
from tests.evaluation.rewriting import REWRITERS

PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"
SEEDS = 2


def main() -> int:
    arguments = _arguments()
    try:
        cases = corpus()
    except pytest.skip.Exception as absent:
        print(absent, file=sys.stderr)  # noqa: T201  # the command's own message
        return 2
    trials = planted_faults(cases, BEFORE, afterwards(), arguments.seeds)
    with ProcessPoolExecutor() as pool:
        measured = measure(trials, rewritten(cases, REWRITERS), judged, partial(pool.map, chunksize=16))
    if arguments.seeds == SEEDS:
        PAGE.write_text(report.markdown(measured), encoding="utf-8")
    missed = bars.missed(measured)
    _show(measured, missed)
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=__doc__)
    parser.add_argument(
        "--seeds", type=int, default=SEEDS, help="plants per planter and digest; the page is of %(default)s"
    )
    return parser.parse_args()


def _show(measured: Measured, missed: Iterable[str]) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for trial in measured.trials:
        if not trial.is_caught:
            named = f"{trial.case.name} {trial.planter} seed {trial.seed}"
            console.print(f"missed: {trial.planted.kind}: {named}: {trial.planted.what}")
    for reading in measured.readings:
        for fault in reading.alarms:
            name = f"{reading.case.name} {reading.rewriter}".strip()
            console.print(f"false alarm: {fault.kind}: {name} at {'.'.join(map(str, fault.where))}: {fault.message}")
    console.print(_table(report.KIND_HEAD, report.kind_rows(measured.trials)))
    console.print(_table(report.ALARM_HEAD, report.alarm_rows(measured.readings)))
    for sentence in missed:
        console.print(f"bar missed: {sentence}")
    console.print(f"evaluation: {report.summary(measured)}")


def _table(head: Iterable[str], rows: Iterable[report.Row]) -> Table:
    table = Table(*head)
    for row in rows:
        table.add_row(*map(str, row))
    return table


if __name__ == "__main__":
    sys.exit(main())
