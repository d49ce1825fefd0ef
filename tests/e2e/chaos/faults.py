"""What can go wrong between a function and AWS, to be ordered for one of its calls, and what really did."""

import threading
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum


class Harm(StrEnum):
    """What happens to a call; all but the last three concern messages to be sent as any other call."""

    KILL_BEFORE = "killed before the call"
    KILL_IN = "killed after the effect, before the answer"
    KILL_AFTER = "killed after the answer"
    ERROR = "HTTP 500"
    THROTTLED = "throttled"
    SLOW = "slow"
    CUT = "connection cut before the effect"
    LOST = "answer lost after the effect"
    TWICE = "messages sent twice"
    REVERSED = "messages out of order"
    LATE = "messages late"


KILLS = frozenset({Harm.KILL_BEFORE, Harm.KILL_IN, Harm.KILL_AFTER})
OF_MESSAGES = frozenset({Harm.TWICE, Harm.REVERSED, Harm.LATE})

READS = frozenset({"BatchGetItem", "GetItem", "Query", "GetObject", "HeadObject", "GetBucket", "GetParameter"})
"""Every other operation of a function writes."""


class Stage(StrEnum):
    """The functions, by the names of their outputs."""

    FETCH = "Fetch"
    SUMMARIZE = "Summarize"
    ON_DEMAND = "OnDemand"
    AGGREGATE = "Aggregate"
    NOTIFY = "Notify"


@dataclass(frozen=True)
class Call:
    """One call of a function, as `service` and `operation` of AWS; about a thing that its body or path names."""

    stage: Stage
    service: str
    operation: str
    about: str = ""

    @property
    def writes(self) -> bool:
        return self.operation not in READS


@dataclass(frozen=True)
class Fault:
    """An order for one kind of harm to a stage: what is not given does not restrict it.

    `count` calls at most, after `skip` that go well; writes alone, or one service, or one operation, or those whose
    body or path holds a word.
    """

    stage: Stage
    harm: Harm
    skip: int = 0
    count: int = 1
    writes: bool = False
    service: str = ""
    operation: str = ""
    about: str = ""
    seconds: float = 1.0
    """How long a slow call takes, or a message is late."""

    def concerns(self, call: Call) -> bool:
        return (
            self.stage is call.stage
            and (call.writes or not self.writes)
            and self.service in {"", call.service}
            and self.operation in {"", call.operation}
            and self.about in call.about
        )


@dataclass(frozen=True)
class Fired:
    """A fault that a call really met."""

    stage: str
    harm: str
    call: str

    @classmethod
    def of(cls, fault: Fault, call: Call) -> "Fired":
        return cls(fault.stage, fault.harm, f"{call.service}:{call.operation}")


class Orders:
    """The faults ordered for all functions of a stack, and those that fired."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []
        self._seen: Counter[tuple[Stage, bool]] = Counter()
        self.fired: list[Fired] = []

    def add(self, *faults: Fault) -> None:
        with self._lock:
            self._waiting.extend(faults)

    def clear(self) -> None:
        """Take back what has not fired, and count calls anew."""
        with self._lock:
            self._waiting.clear()
            self._seen.clear()

    def calls(self, stage: Stage, *, writes: bool) -> int:
        """How many calls, or writes, a stage made since the last clear()."""
        with self._lock:
            return self._seen[stage, True] + (0 if writes else self._seen[stage, False])

    def meet(self, call: Call) -> Fault | None:
        """The fault that this call meets, which is used up by one."""
        with self._lock:
            self._seen[call.stage, call.writes] += 1
            for place, fault in enumerate(self._waiting):
                if not fault.concerns(call) or not fault.count:
                    continue
                if fault.skip:
                    self._waiting[place] = replace(fault, skip=fault.skip - 1)
                    continue
                self._waiting[place] = replace(fault, count=fault.count - 1)
                self.fired.append(Fired.of(fault, call))
                return fault
        return None

    def note(self, stage: str, harm: str, call: str) -> None:
        """Count a fault that something else than a call met."""
        with self._lock:
            self.fired.append(Fired(stage, harm, call))

    def fired_harms(self, harm: Harm) -> int:
        """How often a harm was done."""
        return sum(one.harm == harm for one in self.fired)
