"""What can go wrong at arXiv, to be ordered by a test: per endpoint, per span of simulated time, or n times."""

import random
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tests.simulation.feed import Stale
from tests.simulation.wire import Endpoint, Request

MARK = "moved=1"
"""The parameter of an address that a request was redirected to."""


class FaultKind(StrEnum):
    """The first eleven replace the answer; the others change it."""

    OUTAGE = "connection dropped without an answer"
    RATE_LIMITED = "429 with Retry-After"
    UNAVAILABLE = "503"
    OVERLOADED = "503 with Retry-After"
    FORBIDDEN = "403"
    NOT_ACCEPTABLE = "406 without an answer"
    NOT_FOUND = "404"
    HTML_PAGE = "a page with status 200 where something else was asked for"
    ERROR_ENTRY = "an error entry with status 200"
    REDIRECT_AWAY = "302 to `location`"
    REDIRECT = "301 to the same path with one parameter more; that address answers"
    NOT_ACCEPTABLE_WITH_BODY = "406 with the right answer as its body"
    STALL = "nothing but the wait of `seconds`"
    DRIPPING = "the answer in small pieces, with `seconds` before each"
    EMPTY_BODY = "status 200 and no body"
    TRUNCATED = "half the body, as if it were all of it"
    BROKEN_OFF = "half the body, then the connection breaks"
    EMPTY_PAGE = "API: the total, but no entries; feed: no entries"
    FEWER_ENTRIES = "catch-up: the first entry is missing, and counts in the total"
    ENTRY_WITHOUT_ID = "API and feed: the entry of `paper_id` has no id"
    ENTRY_WITHOUT_DATES = "API and feed: the entry of `paper_id` has no dates"
    LATE_ENTRY = "API: the newest result is missing while start is 0, so that later pages shift by one"
    STALE_FEED = "feed: stuck at an earlier mailing (`stale`)"


@dataclass(frozen=True)
class Fault:
    """An order for one kind of trouble; what is not given does not restrict it.

    `count` requests at most, after `skip` that go well; between the simulated times `since` (included) and `until`
    (excluded); API requests with `start` of at least `from_start`. `seconds` of waiting go before any answer.
    `retry_after` is in seconds or an HTTP date (RFC 9110, 10.2.3); an empty one is not sent.
    """

    kind: FaultKind
    endpoint: Endpoint | None = None
    count: int | None = None
    skip: int = 0
    since: datetime | None = None
    until: datetime | None = None
    from_start: int = 0
    seconds: float = 0.0
    retry_after: str = "3"
    location: str = ""
    stale: Stale | None = None
    paper_id: str = ""

    def concerns(self, request: Request) -> bool:
        if self.endpoint not in (None, request.endpoint):
            return False
        if (self.since and request.now < self.since) or (self.until and request.now >= self.until):
            return False
        if self.kind is FaultKind.REDIRECT and MARK in request.query:
            return False
        start = request.parameter("start", "0")
        if self.kind is FaultKind.LATE_ENTRY and start != "0":
            return False
        return not self.from_start or (start.isdecimal() and int(start) >= self.from_start)


class Faults:
    """The faults ordered so far; the first that concerns a request is the one it meets."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = list(faults)
        self._met: set[int] = set()
        """Places of those that a request has met."""

    def add(self, *faults: Fault) -> None:
        with self._lock:
            self._waiting.extend(faults)

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._met.clear()

    @property
    def left(self) -> list[Fault]:
        """Those that not as many requests have met yet as were to."""
        with self._lock:
            return [fault for fault in self._waiting if fault.count != 0]

    @property
    def unmet(self) -> list[Fault]:
        """Those that no request has met yet."""
        with self._lock:
            return [fault for place, fault in enumerate(self._waiting) if place not in self._met]

    def meet(self, request: Request) -> Fault | None:
        """The fault that this request meets, which is used up by one."""
        with self._lock:
            for place, fault in enumerate(self._waiting):
                if fault.concerns(request) and fault.count != 0:
                    if fault.skip:
                        self._waiting[place] = replace(fault, skip=fault.skip - 1)
                        return None
                    self._met.add(place)
                    if fault.count is not None:
                        self._waiting[place] = replace(fault, count=fault.count - 1)
                    return fault
        return None


class FaultsByChance(Faults):
    """Besides those that are ordered, a share of all requests meets one of those that its endpoint can meet."""

    def __init__(self, share: float, kinds: Mapping[Endpoint, Sequence[FaultKind]], seed: int) -> None:
        super().__init__()
        self._share, self._kinds = share, kinds
        self._chance = random.Random(seed)  # noqa: S311 - a reproducible choice
        self.met: Counter[FaultKind] = Counter()

    def meet(self, request: Request) -> Fault | None:
        ordered = super().meet(request)
        kinds = self._kinds.get(request.endpoint, ()) if request.endpoint else ()
        with self._lock:
            if ordered or not kinds or self._chance.random() >= self._share:
                return ordered
            fault = Fault(self._chance.choice(kinds), seconds=self._chance.random(), retry_after="1")
            if not fault.concerns(request):
                return None
            self.met[fault.kind] += 1
            return fault

    def end(self) -> None:
        """From now on all goes well."""
        self._share = 0.0
