"""The gate to arXiv: one request at a time over all functions, an interval apart, later when arXiv asks for that."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arxiv_daily.store.clock import ServiceClock
from arxiv_daily.store.table import Item, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LEASE_SECONDS = 90.0
"""How long the gate stays closed behind a holder that was killed: longer than any answer may take."""

_ARXIV = {"PK": "GATE", "SK": "ARXIV"}
_LATE_SECONDS = 10.0
_LOOK_AGAIN_SECONDS = 0.1
_EXACT_SECONDS = 0.02
"""When the service's time is known to this, there is nothing to gain by another look."""


class ArxivGate:
    """The item GATE / ARXIV: who asks arXiv now, until when at most, and when the next may.

    All times in it are DynamoDB's, in seconds since 1970.
    """

    def __init__(
        self,
        table: "Table",
        interval: timedelta,
        *,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._table = table
        self._interval = interval.total_seconds()
        self._sleep = sleep
        self._monotonic = monotonic
        self._clock = ServiceClock(monotonic)
        self._me = ""
        self._lease = 0.0

    def enter(self, patience: float) -> float:
        """Wait for our turn, and hold the gate: then 0; or how many seconds it would take, if more than `patience`."""
        given_up = self._monotonic() + patience
        self._me = uuid.uuid4().hex
        while True:
            item = self._look()
            if item.get("holder") == self._me and self._is_fresh(float(item["lease_until"])):
                return 0.0  # our claim took place although its answer was lost
            wait = self._wait(item)
            if wait <= 0 and self._claim(item) and self._is_fresh(self._lease):
                return 0.0
            wait = max(wait, 0.0)
            if self._monotonic() + wait > given_up:
                return max(wait, _LOOK_AGAIN_SECONDS)
            self._sleep(self._nap(wait))

    def leave(self, answered: float, pause: float = 0.0) -> None:
        """Let the next one in: an interval after arXiv began to answer, `answered` of the monotonic clock.

        `pause` is what arXiv asks everybody to wait from now on, in seconds. A lease that ran out changes nothing.
        """
        values: dict[str, str | Decimal] = {":me": self._me, ":next": _number(self._next_at(answered, pause))}
        took_place(
            lambda: self._clock.timed(
                lambda: self._table.update_item(
                    Key=_ARXIV,
                    UpdateExpression="SET next_at = :next REMOVE holder, lease_until",
                    ConditionExpression="holder = :me",
                    ExpressionAttributeValues=values,
                )
            )
        )

    def _next_at(self, answered: float, pause: float) -> float:
        """At once where nothing asks to wait: a time that is known to the second would cost part of a second."""
        if self._interval == pause == 0:
            return 0.0
        now = self._clock.latest()
        began = now - (self._monotonic() - answered)
        return max(began + self._interval, now + pause)

    def _look(self) -> Item:
        found = self._clock.timed(lambda: self._table.get_item(Key=_ARXIV, ConsistentRead=True))
        item: Item = found.get("Item", {})
        return item

    def _wait(self, item: Item) -> float:
        """Seconds until we may try to take the gate; while somebody holds it, until it is worth another look."""
        now = self._clock.earliest()
        if "holder" in item and (left := float(item["lease_until"]) - now) > 0:
            return min(left, _LOOK_AGAIN_SECONDS)
        return float(item.get("next_at", 0)) - now

    def _nap(self, wait: float) -> float:
        """How long to sleep of a wait: not beyond what may be enough, then in steps that tell the time better."""
        unsure = self._clock.latest() - self._clock.earliest()
        return wait if unsure <= _EXACT_SECONDS else max(wait - unsure, min(wait, unsure / 2))

    def _is_fresh(self, lease_until: float) -> bool:
        """Whether nearly all of a lease is left: a claim whose answer came late is none that one can begin with."""
        return lease_until - self._clock.latest() > LEASE_SECONDS - _LATE_SECONDS

    def _claim(self, item: Item) -> bool:
        """Take the gate as it was seen: nobody may have come and gone since."""
        conditions, values = [], dict[str, Any]()
        for name in ("holder", "next_at"):
            if name in item:
                conditions.append(f"{name} = :{name}")
                values[f":{name}"] = item[name]
            else:
                conditions.append(f"attribute_not_exists({name})")
        self._lease = self._clock.latest() + LEASE_SECONDS
        values |= {":me": self._me, ":lease": _number(self._lease)}
        return took_place(
            lambda: self._clock.timed(
                lambda: self._table.update_item(
                    Key=_ARXIV,
                    UpdateExpression="SET holder = :me, lease_until = :lease",
                    ConditionExpression=" AND ".join(conditions),
                    ExpressionAttributeValues=values,
                )
            )
        )


def _number(seconds: float) -> Decimal:
    """Milliseconds, never rounded down: what waits until then does not begin too early."""
    return Decimal(-int(-seconds * 1000 // 1)) / 1000
