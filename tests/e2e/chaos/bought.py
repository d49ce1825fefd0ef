"""Whose answers from Claude were lost with a worker, by what workers write before and after they ask."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

from tests.e2e.chaos import workers
from tests.e2e.chaos.faults import Call

Address = tuple[str, int]

_HOLD = re.compile(r"hold#(?P<paper>[^#\"]+)#[0-9a-f]+")
_STORED = re.compile(r"\"PK\": ?\{\"S\": ?\"PAPER#(?P<paper>[^\"]+)\"\}, ?\"SK\": ?\{\"S\": ?\"CALL#")


@dataclass
class Bought:
    """Between the write that reserves money for a request and the one that stores its answer, a kill loses it."""

    lost: Counter[str] = field(default_factory=Counter)
    """By paper: how often its worker was killed in between."""
    _open: dict[str, int] = field(default_factory=dict)
    """Papers that money is reserved for, and the process that asks."""
    _asking: dict[Address, int | None] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, address: Address, call: Call, status: int) -> None:
        """A write that AWS answered."""
        if call.operation != "UpdateItem" or status != HTTPStatus.OK:
            return
        if stored := _STORED.search(call.about):
            self._close(stored["paper"], address)
        elif "ADD committed" in call.about and (hold := _HOLD.search(call.about)):
            if "REMOVE #hold" in call.about:
                self._close(hold["paper"], address)
            elif (pid := self._process(address)) is not None:
                with self._lock:
                    self._open[hold["paper"]] = pid

    def _close(self, paper: str, address: Address) -> None:
        """Unless another worker asks about the paper by now."""
        pid = self._process(address)
        with self._lock:
            if self._open.get(paper) == pid:
                self._open.pop(paper, None)

    def killed(self, pid: int) -> None:
        with self._lock:
            for paper in [paper for paper, asks in self._open.items() if asks == pid]:
                del self._open[paper]
                self.lost[paper] += 1

    def all_killed(self) -> None:
        """The engine stopped, and its workers with it."""
        for pid in set(self._open.values()):
            self.killed(pid)

    def _process(self, address: Address) -> int | None:
        if address not in self._asking:
            self._asking[address] = workers.asking(address)
        return self._asking[address]


def bought_more_than_once(answered: Iterator[tuple[str, str]]) -> Counter[str]:
    """Of (paper, hash of the request) of each answer: how many answers beyond the first, by paper."""
    counted = Counter(answered)
    again: Counter[str] = Counter()
    for (paper, _), times in counted.items():
        again[paper] += times - 1
    return +again
