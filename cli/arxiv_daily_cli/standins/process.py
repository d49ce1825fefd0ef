"""A stand-in as a process of its own, for as long as it is needed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StandInError(RuntimeError):
    """A stand-in did not start; what it said stands on standard error."""


@contextmanager
def stand_in(name: str, folder: Path, *options: str) -> Iterator[str]:
    """The address of the stand-in for `arxiv` or `claude` over a folder. Raises StandInError."""
    command = [sys.executable, "-m", f"arxiv_daily_cli.standins.{name}", "--folder", str(folder), *options]
    process = subprocess.Popen(  # noqa: S603
        command,
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # Ctrl-C is for the command, which then ends its stand-ins
    )
    try:
        address = process.stdout.readline().strip() if process.stdout else ""
        if not address:
            raise StandInError(f"the stand-in for {name} did not start")
        yield address
    finally:
        process.terminate()
        process.communicate()
