"""A stand-in for the network: it answers what a test tells it to."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from arxiv_daily.settings import ArxivSettings
from arxiv_daily.sources.session import Gate, arxiv_session

ATOM = "application/atom+xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
PDF = "application/pdf"


class SomeSettings(ArxivSettings):
    arxiv_api_url: str = "http://127.0.0.1:9/api/query"


SETTINGS = SomeSettings(ARXIV_REQUEST_INTERVAL_SECONDS=3, CONTACT="digest@example.org")


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    content_type: str = ATOM
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def to(self, request: requests.PreparedRequest) -> requests.Response:
        response = requests.Response()
        response.status_code = self.status
        response.headers.update({"Content-Type": self.content_type, **self.headers})
        response.raw = HTTPResponse(io.BytesIO(self.body), headers=response.headers, preload_content=False)
        response.url, response.request = request.url or "", request
        return response


class FakeNetwork(BaseAdapter):
    """Answers one after the other, the last one for ever; an exception among them is raised."""

    def __init__(self, *answers: Answer | Exception) -> None:
        super().__init__()
        self.answers = list(answers)
        self.requests: list[requests.PreparedRequest] = []
        self.timeouts: list[object] = []

    def send(
        self, request: requests.PreparedRequest, stream: bool = False, timeout: object = None, *_: object
    ) -> requests.Response:
        self.requests.append(request)
        self.timeouts.append(timeout)
        answer = self.answer(request)
        if isinstance(answer, Exception):
            raise answer
        return answer.to(request)

    def answer(self, request: requests.PreparedRequest) -> Answer | Exception:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def close(self) -> None:
        pass

    @property
    def urls(self) -> list[str]:
        return [request.url or "" for request in self.requests]


class FakeSite(FakeNetwork):
    """Answers by path; 404 elsewhere."""

    def __init__(self, pages: Mapping[str, Answer | Exception]) -> None:
        super().__init__()
        self.pages = pages

    def answer(self, request: requests.PreparedRequest) -> Answer | Exception:
        return self.pages.get(request.path_url, Answer(b"nothing here", HTML, 404))


class FakeGate:
    """Open, unless told how many seconds the turn is away; notes who entered, and for how long others are to wait."""

    def __init__(self, away: float = 0.0) -> None:
        self.away = away
        self.patience: list[float] = []
        self.pauses: list[float] = []

    def enter(self, patience: float) -> float:
        self.patience.append(patience)
        return self.away

    def leave(self, answered: float, pause: float = 0.0) -> None:
        self.pauses.append(pause)


def session_over(
    network: FakeNetwork,
    gate: Gate | None = None,
    sleep: Callable[[float], None] = lambda seconds: None,
    remaining: float = 300.0,
    patience: float | None = None,
) -> requests.Session:
    """Over a function that has `remaining` seconds left, always."""
    return arxiv_session(
        SETTINGS, gate or FakeGate(), lambda: remaining, patience=patience, transport=network, sleep=sleep
    )


def feed(entries: Iterable[str] = (), total: int | None = None) -> bytes:
    entries = list(entries)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"
      xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <id>https://arxiv.org/api/x</id><title>q</title><updated>2026-02-12T00:00:00Z</updated>
  <opensearch:totalResults>{len(entries) if total is None else total}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  {"".join(entries)}
</feed>""".encode()


def entry(paper: str, published: str = "2026-02-11T10:00:00Z") -> str:
    return f"""<entry><id>http://arxiv.org/abs/{paper}</id><title>A  title
  in two lines</title><updated>{published}</updated><published>{published}</published>
  <summary>  We show
that $x&lt;y$.  </summary><author><name>Ada Müller</name></author><author><name>李 明</name></author>
  <category term="eess.AS"/><category term="cs.SD"/><arxiv:primary_category term="eess.AS"/></entry>"""


def error_entry(scheme: str = "https") -> bytes:
    return feed(
        [
            f"<entry><id>{scheme}://arxiv.org/api/errors#incorrect_id_format_for_abc</id>"
            "<title>Error</title><summary>incorrect id format for abc</summary></entry>"
        ]
    )
