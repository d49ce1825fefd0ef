"""A day of the schedule's probes under whatever was ordered, until everything that can end has ended."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.e2e.chaos import hours
from tests.e2e.chaos.faults import Stage
from tests.e2e.chaos.invariants import Expected, Verdict, verdict
from tests.e2e.chaos.stack import Chaos
from tests.e2e.simulated_days import PROBES, SHANGHAI

LAMBDA_TRIES_AGAIN_AFTER = timedelta(minutes=1)
_PROBES = PROBES[3:]
"""Those by which arXiv's feed names all of the day: it is made at midnight in New York."""
_QUIET_SECONDS = 0.8
"""More than passes on a busy machine from a message's receipt until its worker, unpacked and started, is to be seen."""
_PATIENCE_SECONDS = 300.0
"""Three times what a message of a killed worker stays away."""
_LOOK_EVERY_SECONDS = 0.1
_MORE_PROBES = 7
_CONVERGES_IN_SECONDS = 40.0
"""A notice comes back after the time of its function; the engine tries a batch of changes again after a second."""


class Hangs(AssertionError):
    """Something is at work for longer than anything may take."""


@dataclass(frozen=True)
class Conduct:
    """How a day is driven; `before` is done once, and `between` while the papers of the first probe are read."""

    chaos: Chaos
    expected: Expected
    before: Callable[[], None] = lambda: None
    between: Callable[[], None] = lambda: None
    in_real_time: bool = False
    """Wait for what was lost to come back by itself, as long as that takes here."""
    in_batches: bool = True
    """Let aggregate see the changes of a probe together, as the template's batching window does."""

    def drive(self) -> None:
        """Send probes until all that was announced has been read."""
        if self.in_real_time:
            self.chaos.drop_messages()  # of earlier days' papers, which others read: some are put off for ten minutes
        for number, moment in enumerate(moments(self.expected.day)):
            self.chaos.arxiv.now = moment
            with self.chaos.stack.holding_the_stream() if self.in_batches else nullcontext():
                if number == 0:
                    self.before()
                self._probe(moment)
                if number == 0:
                    self.between()
                settle(self.chaos, self.in_real_time)
            settle(self.chaos)
            if self._is_over():
                return
            if not self.in_real_time:
                hours.let_pass(self.chaos.stack.table, timedelta(hours=2))

    def _probe(self, moment: datetime) -> None:
        """As EventBridge Scheduler does, with Lambda's own second try of a run that failed."""
        event = {"time": moment.isoformat().replace("+00:00", "Z")}
        if "errorType" in self.chaos.invoke(Stage.FETCH, event):
            settle(self.chaos)
            hours.let_pass(self.chaos.stack.table, LAMBDA_TRIES_AGAIN_AFTER)
            self.chaos.invoke(Stage.FETCH, event)

    def _is_over(self) -> bool:
        edition = self.chaos.stack.edition(str(self.expected.day))
        if edition is None or edition["status"] != "complete":
            return False
        counts = edition["counts"]
        full = counts["announced"] >= len(self.expected.papers)
        return full and counts["failed"] == len(self.expected.unreadable) and not counts["degraded"]


def moments(day: date) -> Iterator[datetime]:
    """The later probes of a day, and its last one again and again: the next day's would bring the next edition."""
    local = datetime.combine(day, datetime.min.time(), SHANGHAI)
    for hour in (*_PROBES, *[PROBES[-1]] * _MORE_PROBES):
        yield (local + timedelta(hours=hour, minutes=50)).astimezone(UTC)


def settle(chaos: Chaos, in_real_time: bool = False) -> None:
    """Wait until no function is at work and none is about to be. Raises Hangs."""
    pause, deadline, since = threading.Event(), time.monotonic() + _PATIENCE_SECONDS, time.monotonic()
    while time.monotonic() - since < _QUIET_SECONDS:
        waits = in_real_time and chaos.stack.messages("", "NotVisible", "Delayed") > 0
        if waits or chaos.is_at_work():
            since = time.monotonic()
        if time.monotonic() > deadline:
            raise Hangs(f"something is at work for more than {_PATIENCE_SECONDS:.0f} s")
        pause.wait(_LOOK_EVERY_SECONDS)


def end(chaos: Chaos, expected: Expected) -> Verdict:
    """What holds when the day is over; what is still on its way is waited for."""
    deadline = time.monotonic() + _CONVERGES_IN_SECONDS
    while (found := verdict(chaos, expected)).broken and time.monotonic() < deadline:
        settle(chaos)
        hours.let_pass(chaos.stack.table, LAMBDA_TRIES_AGAIN_AFTER)  # leases outlive their functions' times by a minute
    return found
