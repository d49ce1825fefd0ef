"""Seconds of processor that a stack's functions used, the reading of files in children included, from Linux's /proc:
unlike durations, others do not slow them."""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _TIMES = 1, slice(11, 15)
"""In /proc/<pid>/stat, counted behind the name in parentheses: its own seconds and those of children that ended."""


@dataclass
class Processors:
    """What the workers of one engine used; to be looked at often, since a worker that ends takes its count along."""

    port: int
    """The engine's, by which its workers are known."""
    used: dict[tuple[str, int], float] = field(default_factory=dict)
    """By function and process."""

    def look(self) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it ended meanwhile, or is somebody else's
                self._note(process)

    def seconds(self, function: str) -> float:
        return sum(seconds for (name, _), seconds in self.used.items() if name == function)

    def _note(self, process: Path) -> None:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        # The process that forks readers knows nothing of its function: its environment is kept bare.
        function = self._function(process) or self._function(process.with_name(fields[_PARENT]))
        if function:
            self.used[function, int(process.name)] = sum(map(int, fields[_TIMES])) / _TICKS

    def _function(self, process: Path) -> str | None:
        environment = dict(line.partition("=")[::2] for line in (process / "environ").read_text().split("\0"))
        return (
            environment.get("AWS_LAMBDA_FUNCTION_NAME") if environment.get("GATEWAY_PORT") == str(self.port) else None
        )
