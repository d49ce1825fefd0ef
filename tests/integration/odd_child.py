"""A reader of files that does what the end of the file says, within the limits of the real one."""

import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from arxiv_daily.sources import extraction
from arxiv_daily.sources.extracted import Extracted

WORDS_OF_A_TEXT = 1_000


def hang(_: bytes) -> None:
    signal.pause()


def linger(name: bytes) -> None:
    """Hangs, once it has written its process into the file that is named."""
    Path(os.fsdecode(name)).write_text(str(os.getpid()), encoding="ascii")
    signal.pause()


def spin(_: bytes) -> None:
    while True:
        pass


def crash(_: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def avenge(_: bytes) -> None:
    """Takes the process along that forked it."""
    os.kill(os.getppid(), signal.SIGKILL)
    signal.pause()


def bomb(_: bytes) -> None:
    print(len(bytearray(10**9)))  # noqa: T201


def flood(_: bytes) -> None:
    while True:
        sys.stdout.buffer.write(bytes(10**6))


def nonsense(_: bytes) -> None:
    print('{"text": 5}', flush=True)  # noqa: T201
    os._exit(0)


def tell(name: bytes) -> None:
    """The names of the environment, into the file that is named."""
    Path(os.fsdecode(name)).write_text(" ".join(os.environ), encoding="utf-8")


def read(name: bytes) -> Extracted:
    """Tells the processes: its own, and the one that forked it."""
    return Extracted(f"{os.getpid()} {os.getppid()} " + "word " * WORDS_OF_A_TEXT, pages=1)


def does(data: bytes) -> Extracted:
    *_, name, deed = data.split()
    deeds: dict[str, Callable[[bytes], Extracted]] = globals()
    return deeds[deed.decode()](name)


if __name__ == "__main__":
    within_limits = extraction.within_limits
    extraction.within_limits = lambda seconds: within_limits(seconds + 2)  # the clock is to be quicker
    extraction.serve(socket.socket(fileno=int(sys.argv[1])), lambda _: does)
