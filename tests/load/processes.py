"""What the processes of a running stack take of the machine, sampled while it works."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import median

import psutil

from arxiv_daily_cli.local.engine import MINISTACK
from tests.costing.measuring import functions
from tests.e2e.conftest import Stack

ENGINE = "engine"
_FORKING = ", its reader"
_EVERY_SECONDS = 2.0
_MB = 1_000_000


@dataclass(frozen=True)
class Sample:
    """At so many seconds since the beginning: megabytes of each process by its role, and processor seconds so far."""

    at: float
    memory: dict[str, list[float]]
    processor: dict[str, float]


@dataclass
class Processes:
    """Of one stack: the engine, its workers by the function that they run, and the processes that read for these."""

    root: psutil.Process
    functions: dict[str, str]
    """What a function is called here, by its own name."""
    began: float = field(default_factory=time.monotonic)
    samples: list[Sample] = field(default_factory=list)
    _roles: dict[psutil.Process, str] = field(default_factory=dict)
    _processor: dict[psutil.Process, float] = field(default_factory=dict)

    def look(self) -> None:
        memory: dict[str, list[float]] = defaultdict(list)
        for process in self.root.children(recursive=True):
            with suppress(psutil.Error):  # it ended meanwhile
                role = self._role(process)
                if role and process.status() != psutil.STATUS_ZOMBIE:
                    memory[role].append(process.memory_info().rss / _MB)
                    times = process.cpu_times()
                    forked = times.children_user + times.children_system if role.endswith(_FORKING) else 0.0
                    self._processor[process] = times.user + times.system + forked
        self.samples.append(Sample(time.monotonic() - self.began, dict(memory), self._by_role()))

    def roles(self) -> list[str]:
        return sorted({role for sample in self.samples for role in sample.memory})

    def memory(self, role: str) -> list[tuple[float, float]]:
        """Megabytes of the usual process of a role over the seconds."""
        return [(one.at, median(one.memory[role])) for one in self.samples if one.memory.get(role)]

    def processor(self, role: str) -> float:
        """Processor seconds of a role's processes, those that have ended included."""
        return self.samples[-1].processor.get(role, 0.0)

    def growth(self, role: str) -> float:
        """Memory at the end over that when a third of the time was over: imports and caches are there by then."""
        megabytes = [value for _, value in self.memory(role)]
        tenth = max(1, len(megabytes) // 10)
        third = len(megabytes) // 3
        return median(megabytes[-tenth:]) / median(megabytes[third : third + tenth])

    def figures(self) -> dict[str, float]:
        """Megabytes at the end, and processor seconds in all, by role."""
        memory = {f"MB of {role} at the end": round(self.memory(role)[-1][1], 1) for role in self.roles()}
        return memory | {f"processor seconds of {role}": round(self.processor(role), 1) for role in self.roles()}

    def _by_role(self) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for process, seconds in self._processor.items():
            found[self._roles[process]] += seconds
        return dict(found)

    def _role(self, process: psutil.Process) -> str:
        """The function of a worker or of its reader, the engine, or nothing for what watches over the engine."""
        if process not in self._roles:
            is_engine = process.cmdline()[1:] == ["-I", str(MINISTACK)]
            self._roles[process] = ENGINE if is_engine else self._function(process) or self._readers(process.parent())
        return self._roles[process]

    def _function(self, process: psutil.Process) -> str:
        return self.functions.get(process.environ().get("AWS_LAMBDA_FUNCTION_NAME", ""), "")

    def _readers(self, parent: psutil.Process | None) -> str:
        """The process that forks readers knows nothing of its function: its environment is kept bare."""
        function = self._function(parent) if parent else ""
        return f"{function}{_FORKING}" if function else ""


def roles_of(stack: Stack) -> dict[str, str]:
    """What each of a stack's functions is called here, by its own name."""
    return {name: logical.lower() for logical, name in functions(stack).items()}


@contextmanager
def watched(stack: Stack) -> Iterator[Processes]:
    """Sample the stack's processes every two seconds within the block."""
    processes, over = Processes(psutil.Process(stack.process.pid), roles_of(stack)), threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY_SECONDS):
            processes.look()

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield processes
    finally:
        over.set()
        watching.join()
        processes.look()
