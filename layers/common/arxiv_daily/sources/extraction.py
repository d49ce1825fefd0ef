"""The process that reads files from arXiv: `python -m arxiv_daily.sources.extraction FD` (see reader.py).

It imports what reading takes once, and forks a child for each file. A file that crashes the parser, never ends or asks
for all memory takes that child with it and nothing else. It knows no more of the product than it needs.
"""

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import NoReturn

from arxiv_daily.sources.extracted import Extracted, Unreadable

MEMORY_BYTES = 256 * 1024 * 1024
"""Of address space: a PDF takes 50 MB, a page of HTML 15 times its size. The parent needs 150 MB and the file."""
MAX_CHARACTERS = 2_000_000
"""Of one text; a long thesis has half a million."""
MAX_OUTPUT_BYTES = 16 * MAX_CHARACTERS
"""In JSON, a character is at most 12 bytes long."""

LATE = "late"
_REQUEST_BYTES = 64
_STREAMS = 3

Reads = Callable[[bytes], Extracted]


def serve(control: socket.socket, reader_of: Callable[[str], Reads]) -> None:
    """Read one file after the other for whoever holds the other end, until it is closed.

    A request is the file's kind, how many seconds it may take of the processor and by the clock, and with them the
    child's standard input, output and error. The answer is its exit status, or LATE. The file comes on its input; on
    its output it writes JSON, an Extracted or {"reason": why there is none}.
    `reader_of(kind)` may import what it needs: nothing foreign was read by then.
    """
    while True:
        request, streams, _, _ = socket.recv_fds(control, _REQUEST_BYTES, _STREAMS)
        if not request:
            return
        kind, processor, clock = request.decode().split()
        reads = reader_of(kind)
        gc.freeze()  # the children share what they do not touch
        child = os.fork()
        if child == 0:
            control.close()
            _answer(reads, int(processor), streams)
        for stream in streams:
            os.close(stream)
        control.send(_outcome(child, float(clock)).encode())


def _outcome(child: int, seconds: float) -> str:
    """Of a child that is killed when its time is over."""
    is_late = False

    def end(*_: object) -> None:
        nonlocal is_late
        is_late = True
        os.kill(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    _, status = os.waitpid(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return LATE if is_late else str(os.waitstatus_to_exitcode(status))


def _answer(reads: Reads, seconds: int, streams: list[int]) -> NoReturn:
    """In the child, which returns nowhere: what holds the files of its parent is never run to an end here."""
    status = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        within_limits(seconds)
        json.dump(_answered(reads, sys.stdin.buffer.read()), sys.stdout)
        sys.stdout.flush()
        status = 0
    except BaseException:  # noqa: BLE001  # whatever it is, it ends this process and is told
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _answered(reads: Reads, data: bytes) -> dict[str, object]:
    try:
        extracted = reads(data)
        return extracted._replace(text=extracted.text[:MAX_CHARACTERS])._asdict()
    except Unreadable as error:
        return {"reason": str(error)}
    except RecursionError:
        return {"reason": "内容嵌套过深"}


def within_limits(seconds: int) -> None:
    """From here on this process has no more time and memory, and writes no larger file."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(2 * seconds)  # should nobody be left to end it
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: MAX_OUTPUT_BYTES,
        resource.RLIMIT_AS: MEMORY_BYTES,
    }
    for limit, value in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of the address space
            resource.setrlimit(limit, (value, value))


def _reader_of(kind: str) -> Reads:
    """Imports what this kind needs."""
    if kind == "html":
        from arxiv_daily.sources.latexml import text_of_latexml  # noqa: PLC0415

        return text_of_latexml
    from arxiv_daily.sources.pdf import text_of_pdf  # noqa: PLC0415

    return partial(text_of_pdf, draws=kind == "pdf")


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), _reader_of)
