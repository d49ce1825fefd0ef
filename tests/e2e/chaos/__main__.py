"""`make chaos`: seeded random days of chaos; exits non-zero when a promise was broken, and says how to repeat it."""

import argparse
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count, takewhile

from tests.e2e.chaos import drawing, tally
from tests.e2e.chaos.running import RUNS_PER_STACK, runs_of_stack, say
from tests.e2e.chaos.tally import FOLDER, Tally

_TAKING = threading.Lock()


def main() -> int:
    arguments = _arguments()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background job, and its children, lack
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # which ends the stack as well
    series = "every-write" if arguments.every_write else f"seed-{arguments.seed}"
    if arguments.stack is not None:
        return _one_stack(series, arguments)
    began = time.monotonic()
    for earlier in FOLDER.glob(f"{series}-stack-*.json"):
        earlier.unlink()
    runs = arguments.runs or (drawing.writes() if arguments.every_write else RUNS_PER_STACK)
    stacks = iter(list(_stacks(runs))) if arguments.minutes is None else _until(began + arguments.minutes * 60)
    chosen = ["--every-write"] if arguments.every_write else ["--seed", str(arguments.seed)]
    with ThreadPoolExecutor(arguments.jobs) as threads:
        running = [threads.submit(_one_by_one, chosen, stacks) for _ in range(arguments.jobs)]
    total = tally.added(sorted(FOLDER.glob(f"{series}-stack-*.json")))
    _show(total)
    sys.stdout.write(f"in {time.monotonic() - began:.0f} s\n")
    return int(any(one.result() for one in running))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, help="how many days; the default is one stack's")
    parser.add_argument("--minutes", type=float, help="instead: new stacks as long as so much time has not passed")
    parser.add_argument("--every-write", action="store_true", help="instead: a kill before, in and after each write")
    parser.add_argument("--jobs", type=int, default=3, help="stacks at a time")
    parser.add_argument("--stack", type=int, help="this stack of the seed alone, in this process")
    parser.add_argument("--keep", action="store_true", help="count it in docs/reliability.md")
    return parser.parse_args()


def _stacks(runs: int) -> Iterator[tuple[int, int]]:
    """The number of each stack, and of its runs."""
    for number, first in enumerate(range(0, runs, RUNS_PER_STACK)):
        yield number, min(runs - first, RUNS_PER_STACK)


def _until(end: float) -> Iterator[tuple[int, int]]:
    """New stacks until then (monotonic)."""
    return ((number, RUNS_PER_STACK) for number in takewhile(lambda _: time.monotonic() < end, count()))


def _one_by_one(chosen: list[str], stacks: Iterator[tuple[int, int]]) -> int:
    """Take a stack when the last one is over; how many broke a promise."""
    broken = 0
    while True:
        with _TAKING:
            one = next(stacks, None)
        if one is None:
            return broken
        broken += _started(chosen, *one)


def _started(chosen: list[str], stack: int, runs: int) -> int:
    which = ["--stack", str(stack), "--runs", str(runs), "--keep"]
    command = [sys.executable, "-m", "tests.e2e.chaos", *chosen, *which]
    return subprocess.run(command, check=False).returncode


def _one_stack(series: str, arguments: argparse.Namespace) -> int:
    counted, stack, runs = Tally(), arguments.stack, arguments.runs or RUNS_PER_STACK
    outcomes = runs_of_stack(arguments.seed, stack, runs, every_write=arguments.every_write)
    for place, outcome in enumerate(outcomes, 1):
        counted.add(outcome)
        say(outcome)
        if outcome.verdict.broken:
            chosen = "--every-write" if arguments.every_write else f"--seed {arguments.seed}"
            again = f"{chosen} --stack {stack} --runs {place}"
            sys.stdout.write(f"       again: .venv/bin/python -m tests.e2e.chaos {again}\n")
    if arguments.keep:
        counted.write(FOLDER / f"{series}-stack-{stack:03}.json")
    return int(counted.broken > 0)


def _show(total: Tally) -> None:
    for (stage, kind), number in sorted(total.fired.items()):
        sys.stdout.write(f"{number:6}  {stage:10} {kind}\n")
    sys.stdout.write(f"chaos: {total.summary()}\n")


if __name__ == "__main__":
    sys.exit(main())
