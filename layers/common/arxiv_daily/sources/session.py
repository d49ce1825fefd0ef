"""The one road by which requests reach arXiv: paced, named, timed out and retried."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Protocol
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from arxiv_daily.observability import Figure, measure
from arxiv_daily.settings import ArxivSettings
from arxiv_daily.sources.errors import ArxivBusy, ArxivUnavailable, TooLarge
from arxiv_daily.sources.user_agent import user_agent

MAX_TRIES = 4
TIMEOUT_SECONDS = (5.0, 20.0)
"""To connect, and between two pieces of an answer."""
ANSWER_SECONDS = 40.0
"""Until a whole answer has arrived since it began.

To connect, the first wait and this are 65 s together: a request begins with 80 s or more of the gate's lease
(store/gates.py), so that the turn has ended before the gate opens to somebody else.
"""
MAX_BYTES = 30_000_000
"""Of one answer, unpacked."""

ACCEPT = "application/atom+xml, application/xml;q=0.9, text/html;q=0.8, application/pdf;q=0.8"
"""Without an Accept header arXiv answers 406."""

_LEAST_SECONDS = 1.0
"""What an answer is given when hardly any time is left."""
_CHUNK_BYTES = 16_384
_BUSY = frozenset({429, 503})
"""Statuses by which arXiv asks everybody to wait."""
_TRANSIENT_STATUSES = frozenset({406, 408, 429})
_TRANSIENT_FAILURES = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)


class Gate(Protocol):
    """Lets one request at a time through, over all functions (see store/gates.py)."""

    def enter(self, patience: float) -> float: ...
    def leave(self, answered: float, pause: float = 0.0) -> None: ...


def arxiv_session(
    settings: ArxivSettings,
    gate: Gate,
    remaining: Callable[[], float],
    *,
    patience: float | None = None,
    transport: BaseAdapter | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> requests.Session:
    """A session for arXiv whose every request passes the gate, redirects and retries included.

    It waits and retries within `remaining()` seconds, at the gate no longer than `patience`. From any request it
    raises ArxivUnavailable when that was not enough, ArxivBusy when it is better to come back, TooLarge; other
    statuses are returned. `transport` does the sending: plain HTTP, unless told otherwise.
    """
    adapter = PoliteAdapter(settings, gate, remaining, patience, transport or HTTPAdapter(), sleep)
    session = requests.Session()
    session.max_redirects = 5
    session.headers["Accept"] = ACCEPT
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class PoliteAdapter(BaseAdapter):
    """Sends through another adapter, each try in its turn, and reads the whole answer before the turn ends.

    urllib3's own Retry sits below the adapter, where its retries would bypass the gate.
    """

    def __init__(  # noqa: PLR0917 - collaborators
        self,
        settings: ArxivSettings,
        gate: Gate,
        remaining: Callable[[], float],
        patience: float | None,
        transport: BaseAdapter,
        sleep: Callable[[float], None],
    ) -> None:
        super().__init__()
        self._hosts = settings.arxiv_hosts
        self._agent = user_agent(settings.contact)
        self._interval = settings.arxiv_request_interval_seconds
        self._gate = gate
        self._remaining = remaining
        self._patience = patience
        self._transport = transport
        self._sleep = sleep

    def send(  # noqa: PLR0917 - the signature is that of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Raises as arxiv_session says; whether to stream and a timeout, given by the caller, are not taken."""
        url = request.url or ""
        self._refuse_strangers(url)
        # Here and not in the session's headers: the arxiv package passes its own name with each request.
        request.headers["User-Agent"] = self._agent

        def sent() -> requests.Response:
            left = max(self._remaining(), _LEAST_SECONDS)
            limits = (min(TIMEOUT_SECONDS[0], left), min(TIMEOUT_SECONDS[1], left))
            return self._transport.send(request, True, limits, verify, cert, proxies)

        for tries in range(1, MAX_TRIES + 1):
            self._enter(url, tries)
            try:
                response, pause = self._in_turn(sent, url)
            except _TRANSIENT_FAILURES as error:
                problem, pause, is_limited = f"no answer from arXiv ({type(error).__name__})", None, False
            else:
                if not _is_transient(response):
                    return response
                problem = f"arXiv answered HTTP {response.status_code}"
                is_limited = response.status_code == requests.codes.too_many_requests
            measure({Figure.ARXIV_ERRORS: 1})
            wait = self._interval * 2 ** (tries - 1) if pause is None else pause
            if tries == MAX_TRIES or wait > self._remaining():
                break
            if pause is None:
                self._sleep(wait)
        if pause is not None or is_limited:
            raise ArxivBusy(url, problem, pause or 0.0, tries)
        raise ArxivUnavailable(url, problem, tries)

    def close(self) -> None:
        """The transport is kept: it is the process's, not the session's."""

    def _refuse_strangers(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        if host not in self._hosts and not f".{host}".endswith(".arxiv.org"):
            raise ArxivUnavailable(url, "arXiv redirected to a host that is not its own")

    def _enter(self, url: str, tries: int) -> None:
        left = self._remaining()
        if left <= 0:
            raise ArxivBusy(url, "no time is left to ask arXiv", 0.0, tries - 1)
        wait = self._gate.enter(left if self._patience is None else min(left, self._patience))
        if wait > 0:
            raise ArxivBusy(url, "the turn to ask arXiv is too far off", wait, tries - 1)

    def _in_turn(self, sent: Callable[[], requests.Response], url: str) -> tuple[requests.Response, float | None]:
        """The answer, read to its end, and for how many seconds arXiv asks everybody to wait."""
        answered, pause = None, None
        try:
            response = sent()
            answered = time.monotonic()
            _read(response, url, answered + min(ANSWER_SECONDS, max(self._remaining(), _LEAST_SECONDS)))
            pause = _asked_pause(response)
        finally:
            self._gate.leave(time.monotonic() if answered is None else answered, pause or 0.0)
        return response, pause


def _read(response: requests.Response, url: str, until: float) -> None:
    """Read the body within its limits, and let the response hold it."""
    body = bytearray()
    with response, _in_time(response, until):
        for chunk in response.iter_content(_CHUNK_BYTES):
            body += chunk
            if len(body) > MAX_BYTES:
                raise TooLarge(url, f"arXiv's answer is larger than {MAX_BYTES // 1_000_000} MB")
            if time.monotonic() >= until:
                break
    response._content = bytes(body)  # as requests does itself when it is asked for the whole content


@contextmanager
def _in_time(response: requests.Response, until: float) -> Iterator[None]:
    """Reading within it ends at `until`, with requests.Timeout, however slowly the answer drips.

    The socket's own timeout begins anew with every byte, and a chunk is read until it is full.
    """
    watch = Timer(max(until - time.monotonic(), 0.0), _stop, [response])
    watch.daemon = True
    watch.start()
    try:
        yield
    except (*_TRANSIENT_FAILURES, ValueError, AttributeError):  # the last two from a TLS socket that was just let go
        if time.monotonic() < until:
            raise  # otherwise it is what being stopped looks like
    finally:
        watch.cancel()
    if time.monotonic() >= until:
        raise requests.Timeout("the answer did not arrive in time")


def _stop(response: requests.Response) -> None:
    """Wake whoever waits for more of the answer; nobody does once its connection is closed or given back."""
    with suppress(OSError, RuntimeError, ValueError):
        response.raw.shutdown()


def _is_transient(response: requests.Response) -> bool:
    """A 406 now and then comes with a good body: then it is an answer."""
    status = response.status_code
    if status == requests.codes.not_acceptable and "atom+xml" in response.headers.get("Content-Type", ""):
        return False
    return status in _TRANSIENT_STATUSES or status >= requests.codes.internal_server_error


def _asked_pause(response: requests.Response) -> float | None:
    """Seconds that Retry-After (seconds or a date) asks to wait, six hours at most; None when it does not."""
    asked = response.headers.get("Retry-After") if response.status_code in _BUSY else None
    if asked is None:
        return None
    try:
        return max(0.0, Retry().parse_retry_after(asked))
    except InvalidHeader:
        return None
