"""Runs the engine until standard input ends; started by engine.py as a program of its own.

The other end of that input is held by the command. However the command ends, SIGKILL included, the input ends
with it: then the engine is asked to stop, which lets it save its state, and nothing of it stays behind.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading

GRACE_SECONDS = 20.0
"""How long the engine may take to save its state."""


def main(command: list[str]) -> int:
    """Run the command with a TMPDIR and HOME that are removed afterwards; returns its exit code."""
    with tempfile.TemporaryDirectory(prefix="arxiv-daily-", ignore_cleanup_errors=True) as scratch:
        environment = {**os.environ, "TMPDIR": scratch, "HOME": scratch}
        engine = subprocess.Popen(  # noqa: S603
            command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        threading.Thread(target=_stop_at_end_of_input, args=(engine,), daemon=True).start()
        code = engine.wait()
        _signal_group(engine, signal.SIGKILL)  # workers that outlived it
    return code


def _stop_at_end_of_input(engine: subprocess.Popen[bytes]) -> None:
    sys.stdin.read()
    engine.terminate()
    try:
        engine.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        _signal_group(engine, signal.SIGKILL)


def _signal_group(engine: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(engine.pid, number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
