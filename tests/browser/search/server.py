"""A server of static files that answers as CloudFront does: ranges and ETags for all, gzip for texts; or as told."""

import gzip
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".bin": "application/octet-stream",
}


class Files(ThreadingHTTPServer):
    """Serves what `contents` holds, else what lies in `folder`."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.folder = folder
        self.contents: dict[str, bytes] = {}
        self.gives_ranges = True
        self.is_broken = False
        self.is_restless = False
        """Whether every answer is of another version than the one before."""
        self.asked: list[str] = []
        """Names of the segments that were asked for, one for each request."""

    @cache  # noqa: B019 - a server lives as long as its test
    def stored(self, name: str) -> tuple[bytes, str] | None:
        path = self.folder / name
        return _with_etag(path.read_bytes()) if path.is_file() else None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def found(self, name: str) -> tuple[bytes, str] | None:
        """A body and its ETag."""
        return _with_etag(self.contents[name]) if name in self.contents else self.stored(name)


def _with_etag(body: bytes) -> tuple[bytes, str]:
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together
    disable_nagle_algorithm = True
    server: Files

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].lstrip("/")
        found = self.server.found(name)
        if name.endswith(".bin"):
            self.server.asked.append(name)
        if found is None or (self.server.is_broken and name.endswith(".bin")):
            self._answer(404, b"", {})
            return
        self._answer_with(*found, Path(name).suffix)

    def _answer_with(self, body: bytes, etag: str, ending: str) -> None:
        if self.server.is_restless:
            etag = f'"{len(self.server.asked)}"'
        headers = {"Content-Type": _TYPES[ending], "ETag": etag, "Cache-Control": "public, max-age=60"}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if wanted and self.server.gives_ranges:
            first, last = int(wanted[1]), min(int(wanted[2]), len(body) - 1)
            if first > last:
                self._answer(416, b"", {"Content-Range": f"bytes */{len(body)}"})
            else:
                part = body[first : last + 1]
                self._answer(206, part, headers | {"Content-Range": f"bytes {first}-{last}/{len(body)}"})
        elif ending == ".bin":
            self._answer(200, body, headers)
        else:
            self._answer(200, gzip.compress(body), headers | {"Content-Encoding": "gzip"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing: the tests look at `asked`."""


@contextmanager
def serving(folder: Path) -> Iterator[Files]:
    with Files(folder) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
