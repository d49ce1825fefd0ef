"""What both stand-ins share: a handler that answers in one piece, a server that leaves no orphan behind."""

import json
import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from urllib.parse import urlsplit

HOST = "127.0.0.1"
PARENT_CHECK_SECONDS = 0.25


class Handler(BaseHTTPRequestHandler):
    """Keeps connections alive, logs nothing, and answers each request with one body of known length."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    @property
    def route(self) -> str:
        """The request's path without its query string."""
        return urlsplit(self.path).path

    def read_body(self) -> bytes:
        """The request's body; empty when it announced none."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def respond(self, status: int, content_type: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        """Send a whole response."""
        self.send_response(status)
        for name, value in {"Content-Type": content_type, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def respond_json(self, status: int, value: object, headers: dict[str, str] | None = None) -> None:
        """Send a value as JSON."""
        body = json.dumps(value, ensure_ascii=False).encode()
        self.respond(status, "application/json", body, headers)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: stdout carries the URL alone."""


class Server(ThreadingHTTPServer):
    """A thread per connection, none of which keeps the process alive."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """A client that went away is no error; anything else is printed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def serve(handler: type[Handler], port: int) -> None:
    """Listen on a port (0: any free one), print the URL, serve until a signal or the parent's death."""
    server = Server((HOST, port), handler)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)  # nothing to put away, and an exception could be swallowed
    threading.Thread(target=_stop_without_parent, args=(server, os.getppid()), daemon=True).start()
    sys.stdout.write(f"http://{HOST}:{server.server_port}\n")
    sys.stdout.flush()
    with server:
        server.serve_forever()


def _stop_without_parent(server: Server, parent: int) -> None:
    """A process whose parent died is given another one: then stop serving."""
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK_SECONDS)
    server.shutdown()


def folder(text: str) -> Path:
    """An argument that names an existing folder. Raises ValueError, which argparse reports."""
    path = Path(text)
    if not path.is_dir():
        raise ValueError(text)
    return path
