"""Processes that publish when they are asked to (publishing.py)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.publishing import Published


class PublishingProcess:
    """One that is ready, or gets so."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def published(self) -> Published:
        """Measured from the same state each time."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return Published(**json.loads(self._process.stdout.readline()))


@contextmanager
def publishing(what: str, size: int) -> Iterator[PublishingProcess]:
    """It ends with the block."""
    command = [sys.executable, "-m", "tests.bench.publishing", what, str(size)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield PublishingProcess(process)
