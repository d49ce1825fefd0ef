"""A worker is seen from its start to its end, also by who looks while it is being started."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.e2e.chaos import workers
from tests.e2e.chaos.workers import Workers

PORT = 100_000 + os.getpid()
"""No engine's."""


@pytest.fixture
def pid() -> Iterator[int]:
    """A process that waits for its next event as a worker does."""
    named = {"GATEWAY_PORT": str(PORT), "AWS_LAMBDA_FUNCTION_NAME": "reader"}
    command = [sys.executable, "-c", "import os; os.write(1, b'.'); os.read(0, 1)"]
    with subprocess.Popen(command, env=os.environ | named, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdout
        started.stdout.read(1)
        yield started.pid


def test_a_process_that_showed_no_environment_yet_is_looked_at_again(pid: int, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Workers(PORT)
    with monkeypatch.context() as starting:
        starting.setattr(workers, "_environment", lambda _: frozenset())
        assert watched.pids() == []
    assert watched.pids() == [pid]


def test_the_workers_of_another_engine_are_not_seen(pid: int) -> None:
    assert pid not in Workers(PORT + 1).pids()
