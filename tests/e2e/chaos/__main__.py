"""`make chaos`: seeded random days of chaos; exits non-zero when a promise was broken, and says how to repeat it."""

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.e2e.chaos import tally
from tests.e2e.chaos.running import RUNS_PER_STACK, runs_of_stack, say
from tests.e2e.chaos.tally import FOLDER, Tally


def main() -> int:
    arguments = _arguments()
    if arguments.stack is not None:
        return _one_stack(arguments.seed, arguments.stack, arguments.runs or RUNS_PER_STACK)
    began = time.monotonic()
    stacks = _stacks(arguments.runs, arguments.minutes, began)
    with ThreadPoolExecutor(arguments.jobs) as threads:
        codes = list(threads.map(lambda one: _started(arguments.seed, *one), stacks))
    total = tally.added(sorted(FOLDER.glob(f"seed-{arguments.seed}-stack-*.json")))
    _show(total)
    sys.stdout.write(f"in {time.monotonic() - began:.0f} s\n")
    return int(any(codes))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, help="how many days; the default is one stack's")
    parser.add_argument("--minutes", type=float, help="instead: new stacks as long as so much time has not passed")
    parser.add_argument("--jobs", type=int, default=3, help="stacks at a time")
    parser.add_argument("--stack", type=int, help="this stack of the seed alone, in this process")
    return parser.parse_args()


def _stacks(runs: int | None, minutes: float | None, began: float) -> Iterator[tuple[int, int]]:
    """The number of each stack, and of its runs."""
    if minutes is not None:
        number = 0
        while time.monotonic() - began < minutes * 60:
            yield number, RUNS_PER_STACK
            number += 1
        return
    left, number = runs or RUNS_PER_STACK, 0
    while left > 0:
        yield number, min(left, RUNS_PER_STACK)
        left, number = left - RUNS_PER_STACK, number + 1


def _started(seed: int, stack: int, runs: int) -> int:
    command = [sys.executable, "-m", "tests.e2e.chaos", *_options(seed, stack, runs)]
    return subprocess.run(command, check=False).returncode


def _options(seed: int, stack: int, runs: int) -> list[str]:
    return ["--seed", str(seed), "--stack", str(stack), "--runs", str(runs)]


def _one_stack(seed: int, stack: int, runs: int) -> int:
    counted = Tally()
    for place, outcome in enumerate(runs_of_stack(seed, stack, runs), 1):
        counted.add(outcome)
        say(outcome)
        if outcome.verdict.broken:
            again = " ".join(_options(seed, stack, place))
            sys.stdout.write(f"       again: .venv/bin/python -m tests.e2e.chaos {again}\n")
    counted.write(_part(seed, stack))
    return int(counted.broken > 0)


def _part(seed: int, stack: int) -> Path:
    return FOLDER / f"seed-{seed}-stack-{stack:03}.json"


def _show(total: Tally) -> None:
    for (stage, kind), number in sorted(total.fired.items()):
        sys.stdout.write(f"{number:6}  {stage:10} {kind}\n")
    sys.stdout.write(f"chaos: {total.summary()}\n")


if __name__ == "__main__":
    sys.exit(main())
