"""What goes over the wire: a request, a reply, and what an endpoint is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qs, unquote

ATOM = "application/atom+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


_PIECES = 40
"""Of an answer that drips."""


class Endpoint(StrEnum):
    """The parts of arXiv that are simulated, each by the beginning of its paths."""

    API = "/api/query"
    FEED = "/atom/"
    CATCHUP = "/catchup/"
    ROBOTS = "/robots.txt"
    HTML = "/html/"
    PDF = "/pdf/"

    @classmethod
    def of(cls, path: str) -> "Endpoint | None":
        return next((endpoint for endpoint in cls if path.startswith(endpoint)), None)


class WireFormat(StrEnum):
    """How the API wrote its links and summaries in which year."""

    OF_2025 = "2025"
    OF_2026 = "2026"


@dataclass(frozen=True)
class Request:
    """A GET as it came in at the simulated time `now`; header names in lower case."""

    path: str
    query: str
    headers: Mapping[str, str]
    now: datetime

    @property
    def endpoint(self) -> Endpoint | None:
        return Endpoint.of(self.path)

    @property
    def rest(self) -> str:
        """The path behind the endpoint's beginning, decoded."""
        return unquote(self.path.removeprefix(self.endpoint or ""))

    def parameter(self, name: str, default: str = "") -> str:
        """The first value of a query parameter, decoded."""
        return parse_qs(self.query, keep_blank_values=True).get(name, [default])[0]


@dataclass(frozen=True)
class Reply:
    """An answer; the rest is for the server: seconds to wait, whether to drop the connection, and where to stop."""

    status: int
    body: bytes = b""
    content_type: str = TEXT
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    dropped: bool = False
    sent_bytes: int | None = None
    """Only so much of the body is sent before the connection breaks off."""
    drips: bool = False
    """The body is sent in pieces, with as long a wait before each."""

    @property
    def pieces(self) -> list[bytes]:
        """What is sent of the body, one after the other."""
        sent = self.body[: self.sent_bytes]
        size = len(sent) // _PIECES + 1 if self.drips else len(sent) + 1
        return [sent[start : start + size] for start in range(0, len(sent), size)]
