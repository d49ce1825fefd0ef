"""The gate to arXiv: one request at a time over all functions, an interval apart, later when arXiv asks for that."""

import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arxiv_daily.store.clock import ServiceClock
from arxiv_daily.store.table import Item, conditional_update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LEASE_SECONDS = 90.0
"""How long the gate stays closed behind a holder that was killed: longer than any answer may take."""

_ARXIV = {"PK": "GATE", "SK": "ARXIV"}
_LATE_SECONDS = 10.0
_TRY_AGAIN_SECONDS = 0.1
_TRY_SOON_SECONDS = 0.02
"""Until the first try after one that found the gate held; each next one is half as far again, up to the longest."""
_FURTHER = 1.5
_AHEAD_SECONDS = 0.25
"""So long before its turn one takes the gate that is free, and waits in it: taking it costs a part of a second."""
_EXACT_SECONDS = 0.02
"""When the service's time is known to this, there is little to gain by another look."""


class ArxivGate:
    """The item GATE / ARXIV: who asks arXiv now, until when at most, when the next may, and how long the line is.

    All times in it are DynamoDB's, in seconds since 1970. What keeps requests apart is `holder` and `next_at`. The line
    spares those in it to try in vain: it ends at `line_until`, and everybody's turn in it comes `late` seconds later.
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
        self._ahead = min(_AHEAD_SECONDS, self._interval / 2)
        self._sleep = sleep
        self._monotonic = monotonic
        self._clock = ServiceClock(monotonic)
        self._clock.listen(table.meta.client)
        self._me = ""
        self._place = 0.0
        self._turn = 0.0

    def enter(self, patience: float) -> float:
        """Wait for our turn, and hold the gate: then 0; or how many seconds it would take, if more than `patience`."""
        given_up = self._monotonic() + patience
        self._me = uuid.uuid4().hex
        item: Item = {}
        if self._interval:
            wait, item = self._line_up(given_up)
            if wait > 0:
                return wait
        elif not self._clock.is_known:
            item = self._look()
        again = _TRY_SOON_SECONDS
        while True:
            wait = self._until_turn(item)
            if wait <= 0:
                item = self._claim(item)
                if item.get("holder") == self._me and self._is_fresh(float(item["lease_until"])):
                    break
                wait = max(self._until_turn(item), min(self._until_free(item), again), 0.0)
                again = min(_FURTHER * again, _TRY_AGAIN_SECONDS)
            if self._monotonic() + wait > given_up:
                self._step_out()
                return max(wait, _TRY_AGAIN_SECONDS)
            nap = self._nap(wait)
            self._sleep(nap)
            if nap < wait:
                item = self._look()
        self._turn = max(self._place + _time(item, "late"), _time(item, "next_at"))
        while (wait := _time(item, "next_at") - self._clock.earliest()) > 0:
            self._sleep(wait)
        return 0.0

    def leave(self, answered: float, pause: float = 0.0) -> None:
        """Let the next one in: an interval after arXiv began to answer, `answered` of the monotonic clock.

        `pause` is what arXiv asks everybody to wait from now on, in seconds. A lease that ran out changes nothing.
        """
        next_at = self._next_at(answered, pause)
        change, values = "SET next_at = :next", dict[str, Any]({":me": self._me, ":next": _number(next_at)})
        if self._interval:
            change += ", late = if_not_exists(late, :none) + :late"
            late = max(next_at, self._clock.latest()) - (self._turn + self._interval)
            values |= {":late": _number(max(late, 0.0)), ":none": 0}
        self._update(f"{change} REMOVE holder, lease_until", ["holder = :me"], values)

    def _line_up(self, given_up: float) -> tuple[float, Item]:
        """Take the next turn that nobody waits for yet: then 0; or how many seconds it is away, if too many.

        With the item as it is then.
        """
        item = self._look()
        while True:
            now, late = self._clock.earliest(), _time(item, "late")
            turn = max(now, _time(item, "line_until") + late, _time(item, "next_at"))
            wait, self._place = turn - now, turn - late
            if self._monotonic() + wait > given_up:
                return max(wait, _TRY_AGAIN_SECONDS), item
            conditions, values = _unchanged(item, "line_until")
            values[":end"] = _number(self._place + self._interval)
            took_place, item = self._update("SET line_until = :end", conditions, values)
            if took_place:
                return 0.0, item

    def _step_out(self) -> None:
        """Give the place in the line back, unless others stand behind it."""
        if self._interval:
            values = {":end": _number(self._place + self._interval), ":place": _number(self._place)}
            self._update("SET line_until = :place", ["line_until = :end"], values)

    def _next_at(self, answered: float, pause: float) -> float:
        """At once where nothing asks to wait: a time that is known to the second would cost part of a second."""
        if self._interval == pause == 0:
            return 0.0
        now = self._clock.latest()
        began = now - (self._monotonic() - answered)
        return max(began + self._interval, now + pause)

    def _look(self) -> Item:
        item: Item = self._table.get_item(Key=_ARXIV, ConsistentRead=True).get("Item", {})
        return item

    def _until_turn(self, item: Item) -> float:
        """Seconds until we may try to take the gate, if nobody holds it then; none are left when it is not positive."""
        turn = max(self._place + _time(item, "late"), _time(item, "next_at"))
        return turn - self._ahead - self._clock.earliest()

    def _until_free(self, item: Item) -> float:
        """Seconds until whoever holds the gate must have left it."""
        return float(item["lease_until"]) - self._clock.earliest() if "holder" in item else 0.0

    def _nap(self, wait: float) -> float:
        """How long to sleep of a wait: where time is not known well, until a look at the turn of a second tells it."""
        earliest, latest = self._clock.earliest(), self._clock.latest()
        return wait if latest - earliest <= _EXACT_SECONDS else min(wait, 1 - (earliest + latest) / 2 % 1)

    def _is_fresh(self, lease_until: float) -> bool:
        """Whether nearly all of a lease is left: a claim whose answer came late is none that one can begin with."""
        return lease_until - self._clock.latest() > LEASE_SECONDS - _LATE_SECONDS

    def _claim(self, seen: Item) -> Item:
        """Take the gate if it is free and our turn has come; the item as it is then, or where not, as it was found.

        It names us as the holder also where an earlier try took place although its answer was lost.
        """
        now = self._clock.earliest()
        conditions = [
            "(attribute_not_exists(holder) OR lease_until <= :now)",
            "(attribute_not_exists(next_at) OR next_at <= :soon)",
            "(attribute_not_exists(late) OR late <= :late)",
        ]
        values = {
            ":me": self._me,
            ":lease": _number(self._clock.latest() + LEASE_SECONDS),
            ":now": _number(now),
            ":soon": _number(now + self._ahead),
            ":late": seen.get("late", 0),
        }
        return self._update("SET holder = :me, lease_until = :lease", conditions, values)[1]

    def _update(self, change: str, conditions: list[str], values: dict[str, Any]) -> tuple[bool, Item]:
        return conditional_update(self._table, _ARXIV, change, " AND ".join(conditions), values)


def _unchanged(item: Item, *names: str) -> tuple[list[str], dict[str, Any]]:
    """Conditions that hold while these attributes are as they were seen, and the values that they need."""
    conditions = [f"{name} = :{name}" if name in item else f"attribute_not_exists({name})" for name in names]
    return conditions, {f":{name}": item[name] for name in names if name in item}


def _time(item: Item, name: str) -> float:
    return float(item.get(name, 0))


def _number(seconds: float) -> Decimal:
    """Milliseconds, never rounded down: what waits until then does not begin too early."""
    return Decimal(-int(-seconds * 1000 // 1)) / 1000
