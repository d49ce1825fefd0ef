"""DynamoDB's time, by which functions agree although their machines' clocks do not."""

from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

_KEPT_SECONDS = 60.0
"""How long what was learned of the difference is trusted: clocks drift."""


class ServiceClock:
    """Bounds of the service's time, in seconds since 1970, as this process can know it.

    An answer's Date header counts whole seconds (RFC 9110, 6.6.1), so one answer tells the difference to our own
    monotonic clock to within a second and the time it took; many answers narrow it to milliseconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._bounds: tuple[float, float] | None = None
        self._since = 0.0

    def timed(self, call: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        """Make a call of the service and learn from its answer."""
        sent = self._monotonic()
        answer = call()
        self._learn(answer["ResponseMetadata"]["HTTPHeaders"]["date"], sent, self._monotonic())
        return answer

    def earliest(self) -> float:
        """The service's time is this or later. Raises RuntimeError before the first answer."""
        return self._monotonic() + self._known()[0]

    def latest(self) -> float:
        """The service's time is this or earlier. Raises RuntimeError before the first answer."""
        return self._monotonic() + self._known()[1]

    def _known(self) -> tuple[float, float]:
        if self._bounds is None:
            raise RuntimeError("no answer has told the service's time yet")
        return self._bounds

    def _learn(self, header: str, sent: float, received: float) -> None:
        second = parsedate_to_datetime(header).timestamp()
        low, high = second - received, second + 1 - sent
        if self._bounds is not None and received - self._since < _KEPT_SECONDS:
            low, high = max(low, self._bounds[0]), min(high, self._bounds[1])
        if self._bounds is None or low > high or received - self._since >= _KEPT_SECONDS:
            low, high, self._since = second - received, second + 1 - sent, received
        self._bounds = low, high
