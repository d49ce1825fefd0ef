"""The simulated arXiv over real HTTP, on a free port of this machine, at a clock that the test moves."""

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.simulation.faults import Faults
from tests.simulation.log import Exchange, RequestLog
from tests.simulation.site import Site
from tests.simulation.wire import Reply, WireFormat
from tests.simulation.world import Announced, World


class SimulatedArxiv:
    """A context manager: it serves while it is open. `now` starts at the first day's midnight UTC."""

    def __init__(
        self,
        world: World,
        *,
        wire: WireFormat = WireFormat.OF_2026,
        robots_allow_catchup: bool = True,
        dated_totals: bool = False,
    ) -> None:
        self.world = world
        self.site = Site(world, wire=wire, robots_allow_catchup=robots_allow_catchup, dated_totals=dated_totals)
        self.log = RequestLog()
        self._now = datetime.combine(world.first, datetime.min.time(), UTC)
        self._closing = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self), bind_and_activate=False)
        self._server.daemon_threads = True
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self._server.server_bind()
        self._server.server_activate()
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    @property
    def now(self) -> datetime:
        """The simulated time, always aware."""
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("the simulated time needs a time zone")
        self._now = moment

    @property
    def site_url(self) -> str:
        """For HTML, PDF, catch-up and robots.txt."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def api_url(self) -> str:
        return f"{self.site_url}/api/query"

    @property
    def feed_url(self) -> str:
        """What `/<category>+<category>` is appended to."""
        return f"{self.site_url}/atom"

    @property
    def faults(self) -> Faults:
        return self.site.faults

    @property
    def announced(self) -> Sequence[Announced]:
        return self.world.announced

    @property
    def mailings(self) -> Sequence[date]:
        return self.world.mailings

    @property
    def withdrawn(self) -> dict[str, date]:
        return self.world.withdrawn

    def expected(self, first: date, last: date) -> dict[str, Announced]:
        """See World.expected."""
        return self.world.expected(first, last)

    def answer(self, handler: BaseHTTPRequestHandler) -> Reply:
        """The reply to what a handler has read, logged, after the wait that a fault may ask for."""
        target = urlsplit(handler.path)
        headers = dict(handler.headers.items())
        agent, accept = handler.headers.get("User-Agent"), handler.headers.get("Accept")
        now = self._now
        number = self.log.begin(Exchange(target.path, target.query, now, agent, accept, time.monotonic()))
        status = 0
        try:
            reply = self.site.answer(target.path, target.query, headers, now)
            self._closing.wait(reply.seconds)
            status = reply.status
        finally:
            self.log.end(number, time.monotonic(), status)
        return reply

    def send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        """Raises BrokenPipeError or ConnectionResetError when the client did not wait."""
        if reply.dropped:
            return
        handler.send_response(reply.status)
        handler.send_header("Content-Type", reply.content_type)
        handler.send_header("Content-Length", str(len(reply.body)))
        handler.send_header("Connection", "close")
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command == "HEAD":
            return
        for piece in reply.pieces:
            if reply.drips:
                self._closing.wait(reply.seconds)
            handler.wfile.write(piece)


def _handler(arxiv: SimulatedArxiv) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            reply = arxiv.answer(self)
            with suppress(BrokenPipeError, ConnectionResetError):  # the client did not wait
                arxiv.send(self, reply)

        do_HEAD = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the request log has it all."""

    return Handler
