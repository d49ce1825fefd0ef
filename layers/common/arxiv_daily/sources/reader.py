"""The process of extraction.py, as a function sees it: started with its first file, kept for the next ones."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
from threading import Lock
from typing import IO

from arxiv_daily.sources.extraction import LATE

_KEPT_VARIABLES = ("LANG", "LD_LIBRARY_PATH", "PATH", "TMPDIR")
"""No more of the environment: a PDF has no business with credentials."""

_ANSWER_BYTES = 16
_LEAST_SECONDS = 0.001
"""A timer of none would never go off."""
_MORE_SECONDS = 3.0
"""After which a process that should have ended its child is ended itself."""


class Died(Exception):
    """The process is gone, and the file's reader with it."""


class Reader:
    """A process that runs a module, and has a child of its own read each file that it is given, one at a time."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._turn = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        atexit.register(self.stop)

    def read(  # noqa: PLR0917  # a file, its limits, and where its text goes
        self, kind: str, data: bytes, limit: int, seconds: float, out: IO[bytes], complaints: IO[bytes]
    ) -> int:
        """The exit status of the child that wrote to `out`, within `limit` seconds of processor time.

        Raises TimeoutError after `seconds`, and Died. After an error other than the child's own nothing is left of
        the process: the next file has a new one.
        """
        if seconds <= 0:
            raise TimeoutError
        with self._turn:
            try:
                streams = (out.fileno(), complaints.fileno())
                request = f"{kind} {limit} {max(seconds, _LEAST_SECONDS):.3f}"
                answer = self._answer(request, data, seconds + _MORE_SECONDS, streams)
            except BaseException:
                self.stop()
                raise
        if answer == LATE:
            raise TimeoutError
        return int(answer)

    def stop(self) -> None:
        """End the process and all that it started."""
        if self._control:
            self._control.close()
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._control = self._process = None

    def _answer(self, request: str, data: bytes, patience: float, streams: tuple[int, int]) -> str:
        control = self._connected()
        control.settimeout(patience)
        ours, theirs = socket.socketpair()
        try:
            with ours:
                with theirs:
                    socket.send_fds(control, [request.encode()], [theirs.fileno(), *streams])
                ours.settimeout(patience)
                with contextlib.suppress(ConnectionError):  # the child need not read all of it
                    ours.sendall(data)
            answer = control.recv(_ANSWER_BYTES).decode()
        except ConnectionError as error:
            raise Died from error
        if not answer:
            raise Died
        return answer

    def _connected(self) -> socket.socket:
        """The way to the process, which is started unless it runs."""
        if self._process and self._process.poll() is not None:
            self.stop()
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603  # our own module; files go to its children's stdin
                    [sys.executable, "-P", "-m", self._module, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=_environment(),
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,  # ended as a group
                )
        return self._control


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
