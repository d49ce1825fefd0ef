"""DynamoDB's time, by which functions agree although their machines' clocks do not, and what is allowed for these."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

LEASE_MARGIN = timedelta(seconds=65)
"""A lease by a machine's clock outlives its function's time by this much: whoever takes over then meets nobody alive,
even by a clock that is a minute ahead."""
_WINDOW_SECONDS = 30.0
"""What was learned of the difference is trusted for four of these at most: clocks drift."""
_SENT = "arxiv_daily_sent"

Bounds = tuple[float, float]
"""Of the difference between the service's time and our monotonic clock."""


class ServiceClock:
    """Bounds of the service's time, in seconds since 1970, as this process can know it.

    An answer's Date header counts whole seconds (RFC 9110, 6.6.1), so one answer tells the difference to our own
    monotonic clock to within a second and the time it took; many answers narrow it to milliseconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._bounds: Bounds | None = None
        self._before: Bounds | None = None
        self._since = 0.0

    def listen(self, client: "DynamoDBClient") -> None:
        """Learn from every answer that a client gets from now on."""
        client.meta.events.register("before-call.dynamodb", self._sent)
        client.meta.events.register("after-call.dynamodb", self._answered)

    def learn(self, date: str, sent: float, received: float) -> None:
        """What an answer's Date header tells; when the call began and ended, by the monotonic clock."""
        second = parsedate_to_datetime(date).timestamp()
        told = second - received, second + 1 - sent
        age = received - self._since
        if age >= _WINDOW_SECONDS:
            self._before = self._bounds if age < 2 * _WINDOW_SECONDS else None
            self._bounds, self._since = None, received
        self._bounds = _both(self._bounds, told)
        if self._before and not _is_possible(_both(self._before, self._bounds)):
            self._before = None
        if not _is_possible(self._bounds):  # a clock jumped
            self._bounds, self._before, self._since = told, None, received

    @property
    def is_known(self) -> bool:
        """Whether any answer has told the service's time."""
        return self._bounds is not None

    def earliest(self) -> float:
        """The service's time is this or later. Raises RuntimeError before the first answer."""
        return self._monotonic() + self._known()[0]

    def latest(self) -> float:
        """The service's time is this or earlier. Raises RuntimeError before the first answer."""
        return self._monotonic() + self._known()[1]

    def _known(self) -> Bounds:
        if self._bounds is None:
            raise RuntimeError("no answer has told the service's time yet")
        return _both(self._before, self._bounds)

    def _sent(self, context: dict[str, Any], **_: object) -> None:
        context[_SENT] = self._monotonic()

    def _answered(self, parsed: Mapping[str, Any], context: dict[str, Any], **_: object) -> None:
        date = parsed["ResponseMetadata"]["HTTPHeaders"].get("date")
        if date:
            self.learn(date, context[_SENT], self._monotonic())


def _both(one: Bounds | None, other: Bounds) -> Bounds:
    return (max(one[0], other[0]), min(one[1], other[1])) if one else other


def _is_possible(bounds: Bounds) -> bool:
    return bounds[0] <= bounds[1]
