"""The processes that run a stack's functions: which one asks, which ones are at work, and their end."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil

_READ = {"0", "63"}
"""The number of read(2), on x86-64 and on arm64."""


def asking(address: tuple[str, int]) -> int | None:
    """The process at the other end of a connection to us; None when it is gone."""
    connections = psutil.net_connections("tcp4")
    return next((one.pid for one in connections if one.laddr == address and one.pid), None)


def kill(pid: int) -> None:
    """SIGKILL, which no process can do anything about."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def workers(port: int) -> Iterator[int]:
    """The processes that run functions of the engine on a port."""
    wanted = f"GATEWAY_PORT={port}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            held = _environment(int(process.name), (process / "stat").read_text().split()[21])
            if wanted in held and any(one.startswith(b"AWS_LAMBDA_FUNCTION_NAME=") for one in held):
                yield int(process.name)


@cache
def _environment(pid: int, started: str) -> frozenset[bytes]:
    """By its start, a number that the process keeps: pids are used again."""
    assert started
    return frozenset(Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"))


def is_at_work(pid: int) -> bool:
    """Whether a worker does anything but wait for its next event, which comes by its standard input."""
    try:
        number, first, *_ = [*Path(f"/proc/{pid}/syscall").read_text().split(), "", ""]
    except OSError:  # it ended meanwhile
        return False
    return not (number in _READ and first == "0x0")
