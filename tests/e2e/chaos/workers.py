"""The processes that run a stack's functions: which one asks, which ones are at work, and their end."""

import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
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


@dataclass
class Workers:
    """The processes that run functions of the engine on a port."""

    port: int
    _others: set[int] = field(default_factory=set)
    """Processes that were looked at, and have nothing to do with that engine."""

    def are_at_work(self) -> bool:
        return any(map(_is_at_work, self.pids()))

    def pids(self) -> list[int]:
        running = {int(one.name) for one in Path("/proc").glob("[0-9]*")}
        self._others &= running
        found = []
        for pid in running - self._others:
            named = _environment(pid)
            if f"GATEWAY_PORT={self.port}".encode() in named:
                if any(one.startswith(b"AWS_LAMBDA_FUNCTION_NAME=") for one in named):
                    found.append(pid)
            elif named:
                self._others.add(pid)
        return found


def _environment(pid: int) -> frozenset[bytes]:
    """Nothing of a process that is being started, or that ended meanwhile."""
    try:
        return frozenset(filter(None, Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")))
    except OSError:
        return frozenset()


def _is_at_work(pid: int) -> bool:
    """Whether it does anything but wait for its next event, which comes by its standard input."""
    try:
        number, first, *_ = [*Path(f"/proc/{pid}/syscall").read_text().split(), "", ""]
    except OSError:  # it ended meanwhile
        return False
    return not (number in _READ and first == "0x0")
