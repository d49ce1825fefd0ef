"""A reader of files that does what the end of the file says, within the limits of the real one."""

import os
import signal
import sys
from pathlib import Path

from arxiv_daily.sources.extraction import within_limits


def hang() -> None:
    signal.pause()


def spin() -> None:
    while True:
        pass


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def bomb() -> None:
    print(len(bytearray(10**9)))  # noqa: T201


def flood() -> None:
    for _ in range(1_000):
        sys.stdout.buffer.write(bytes(10**6))


def nonsense() -> None:
    print('{"text": 5}')  # noqa: T201


def tell() -> None:
    """The names of the environment, into the file that the last word names."""
    Path(os.fsdecode(words[-2])).write_text(" ".join(os.environ), encoding="utf-8")


words = sys.stdin.buffer.read().split()
within_limits(3)
globals()[words[-1].decode()]()
