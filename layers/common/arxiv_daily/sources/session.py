"""The one road by which requests reach arXiv: paced, named, timed out and retried."""

import time
from collections.abc import Callable, Mapping

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from arxiv_daily.settings import ArxivSettings
from arxiv_daily.sources.errors import ArxivUnavailable
from arxiv_daily.sources.user_agent import user_agent

MAX_TRIES = 3
RETRY_AFTER_CAP_SECONDS = 20.0
TIMEOUT_SECONDS = (10.0, 30.0)
"""To connect, and between two pieces of an answer."""

ACCEPT = "application/atom+xml, application/xml;q=0.9, text/html;q=0.8, application/pdf;q=0.8"
"""Without an Accept header arXiv answers 406."""

_TRANSIENT_STATUSES = frozenset({406, 408, 429})
_TRANSIENT_FAILURES = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    requests.exceptions.ContentDecodingError,
)


def arxiv_session(
    settings: ArxivSettings,
    wait_turn: Callable[[], None],
    *,
    transport: BaseAdapter | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> requests.Session:
    """A session for arXiv; `wait_turn` is called before every request, redirects and retries included.

    Raises ArxivUnavailable from any request when all tries failed; other statuses are returned.
    `transport` does the sending: plain HTTP, unless told otherwise.
    """
    adapter = PoliteAdapter(transport or HTTPAdapter(), wait_turn, user_agent(settings.contact), sleep)
    session = requests.Session()
    session.max_redirects = 5
    session.headers["Accept"] = ACCEPT
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class PoliteAdapter(BaseAdapter):
    """Sends through another adapter, each try in its turn.

    urllib3's own Retry sits below the adapter, where its retries would bypass the turn.
    """

    def __init__(
        self,
        transport: BaseAdapter,
        wait_turn: Callable[[], None],
        agent: str,
        sleep: Callable[[float], None],
    ) -> None:
        super().__init__()
        self._transport = transport
        self._wait_turn = wait_turn
        self._agent = agent
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
        """Raises ArxivUnavailable after MAX_TRIES; a timeout given by the caller is not taken."""
        # Here and not in the session's headers: the arxiv package passes its own name with each request.
        request.headers["User-Agent"] = self._agent
        for tries in range(1, MAX_TRIES + 1):
            self._wait_turn()
            try:
                response = self._transport.send(request, stream, TIMEOUT_SECONDS, verify, cert, proxies)
                if not stream:
                    response.content  # noqa: B018 - an answer that breaks off is retried too
            except _TRANSIENT_FAILURES as error:
                problem, wait = f"no answer from arXiv ({type(error).__name__})", float(2**tries)
            else:
                if not _is_transient(response.status_code):
                    return response
                problem, wait = f"arXiv answered HTTP {response.status_code}", _pause(response, tries)
                response.close()
            if tries < MAX_TRIES:
                self._sleep(wait)
        raise ArxivUnavailable(request.url or "", problem, MAX_TRIES)

    def close(self) -> None:
        self._transport.close()


def _is_transient(status: int) -> bool:
    return status in _TRANSIENT_STATUSES or status >= requests.codes.internal_server_error


def _pause(response: requests.Response, tries: int) -> float:
    """Seconds to wait before the next try: Retry-After (seconds or a date), capped, else 2 s, 4 s."""
    asked = response.headers.get("Retry-After")
    if asked is None:
        return float(2**tries)
    try:
        return min(max(0.0, Retry().parse_retry_after(asked)), RETRY_AFTER_CAP_SECONDS)
    except InvalidHeader:
        return float(2**tries)
