"""The stand-ins for arXiv and Claude as processes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running(name: str, folder: Path, *options: str) -> Iterator[str]:
    """A stand-in as a process, by its URL."""
    command = [sys.executable, "-m", f"arxiv_daily_cli.standins.{name}", "--folder", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
