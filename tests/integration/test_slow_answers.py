"""Answers that come slowly, from a real server: the turn to ask arXiv ends before its lease does."""

import gzip
import socketserver
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pytest
import requests

from arxiv_daily.sources import session as sessions
from arxiv_daily.sources.errors import ArxivUnavailable
from arxiv_daily.sources.session import arxiv_session
from tests.unit.sources.fakes import SETTINGS, FakeGate

LIMIT, DRIPS, BETWEEN = 0.3, 30, 0.1
"""Seconds for an answer; it drips for three."""
BODY = bytes(range(48, 78))
PACKED = gzip.compress(BODY)

SLOW = {
    "of a stated length": (b"Content-Length: %d\r\n" % DRIPS, [b"x"] * DRIPS),
    "of an unstated length": (b"", [b"x"] * DRIPS),
    "in chunks": (b"Transfer-Encoding: chunked\r\n", [b"1\r\nx\r\n"] * DRIPS),
    "in a chunk that never fills": (b"Transfer-Encoding: chunked\r\n", [b"1000\r\n", *[b"x"] * DRIPS]),
    "in a chunk whose size never ends": (b"Transfer-Encoding: chunked\r\n", [b"1;", *[b"x"] * DRIPS]),
    "packed": (b"Content-Encoding: gzip\r\n", [bytes([byte]) for byte in PACKED]),
}


@contextmanager
def serving(head: bytes, pieces: list[bytes], between: float = 0.0) -> Iterator[str]:
    """The address of a server that answers everything with these pieces, `between` seconds apart."""

    class Dripping(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            with suppress(OSError):  # nobody listens any more
                self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + head + b"\r\n")
                for piece in pieces:
                    self.wfile.write(piece)
                    time.sleep(between)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Dripping) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def a_session(gate: FakeGate, remaining: Callable[[], float] = lambda: 2.5) -> requests.Session:
    """With too little time for a second try."""
    return arxiv_session(SETTINGS, gate, remaining)


@pytest.mark.parametrize("name", SLOW)
def test_an_answer_that_drips_ends_with_its_time_and_the_gate_is_left(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "ANSWER_SECONDS", LIMIT)
    gate = FakeGate()
    with serving(*SLOW[name], BETWEEN) as url:
        began = time.monotonic()
        with pytest.raises(ArxivUnavailable, match=r"no answer from arXiv \(Timeout\) after 1 try"):
            a_session(gate).get(url)
        assert time.monotonic() - began < DRIPS * BETWEEN / 2
    assert gate.pauses == [0]


WHOLE = {
    "of a stated length": (b"Content-Length: %d\r\n" % len(BODY), [BODY]),
    "of an unstated length": (b"", [BODY]),
    "in chunks": (b"Transfer-Encoding: chunked\r\n", [b"%x\r\n%s\r\n" % (len(BODY), BODY), b"0\r\n\r\n"]),
    "packed": (b"Content-Encoding: gzip\r\nContent-Length: %d\r\n" % len(PACKED), [PACKED]),
}


@pytest.mark.parametrize("name", WHOLE)
def test_an_answer_in_time_is_whole(name: str) -> None:
    with serving(*WHOLE[name]) as url:
        assert a_session(FakeGate()).get(url).content == BODY


BROKEN = {
    "shorter than stated": (b"Content-Length: 40\r\n", [BODY], "ChunkedEncodingError"),
    "without its last chunk": (b"Transfer-Encoding: chunked\r\n", [b"1\r\nx\r\n"], "ChunkedEncodingError"),
    "not packed as it says": (b"Content-Encoding: gzip\r\n", [BODY], "ContentDecodingError"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_breaks_off_says_so_and_not_that_it_was_slow(name: str) -> None:
    head, pieces, failure = BROKEN[name]
    gate = FakeGate()
    with serving(head, pieces) as url, pytest.raises(ArxivUnavailable, match=failure):
        a_session(gate).get(url)
    assert gate.pauses == [0]
