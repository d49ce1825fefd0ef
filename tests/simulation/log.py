"""What was asked of the simulated arXiv, and how many at a time."""

import threading
from dataclasses import dataclass, replace
from datetime import datetime

from tests.simulation.wire import Endpoint


@dataclass(frozen=True)
class Exchange:
    """One request; `started` and `ended` are monotonic seconds, `now` is simulated, status 0 a dropped connection.

    `ended` is None while arXiv has not answered; it is taken just before the answer is sent.
    """

    path: str
    query: str
    now: datetime
    user_agent: str | None
    accept: str | None
    started: float
    ended: float | None = None
    status: int | None = None

    @property
    def endpoint(self) -> Endpoint | None:
        return Endpoint.of(self.path)


class RequestLog:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._exchanges: list[Exchange] = []
        self._in_flight = 0
        self._most = 0

    def begin(self, exchange: Exchange) -> int:
        """The number by which `end` knows the request."""
        with self._lock:
            self._exchanges.append(exchange)
            self._in_flight += 1
            self._most = max(self._most, self._in_flight)
            return len(self._exchanges) - 1

    def end(self, number: int, ended: float, status: int) -> None:
        with self._lock:
            self._exchanges[number] = replace(self._exchanges[number], ended=ended, status=status)
            self._in_flight -= 1

    @property
    def max_in_flight(self) -> int:
        """The most requests that were being answered at once."""
        with self._lock:
            return self._most

    def exchanges(self, endpoint: Endpoint | None = None) -> list[Exchange]:
        """In the order in which they came in; of one endpoint, or of all."""
        with self._lock:
            return [one for one in self._exchanges if endpoint in (None, one.endpoint)]

    def __len__(self) -> int:
        with self._lock:
            return len(self._exchanges)
