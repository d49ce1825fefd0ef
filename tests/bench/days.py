"""Days of a deployed stack, one after the other, each with papers of its own, and how long they took."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from arxiv_daily.models import PaperVersion, WorkState
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.costing import copied_days
from tests.e2e.conftest import Stack

_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.5
"""Between two looks at the queue, which take the engine's time: digests themselves say when they were ready."""


@dataclass(frozen=True)
class Day:
    """Seconds from the event on, and the calls to Claude."""

    papers: int
    calls: int
    first_taken: float
    """When a worker got its first message."""
    last_digest: float
    page: float

    @property
    def reading(self) -> float:
        """Seconds from the first worker's start to the last digest."""
        return self.last_digest - self.first_taken


@dataclass
class Days:
    """Of one stack, one after the other, each with papers of its own."""

    stack: Stack
    folder: Path
    prepare: Callable[[Path], None] | None = None
    """What is done to the folder before a day begins; every paper then has a page of HTML."""
    papers: int = 0
    days: int = 0

    def run(self, papers: int) -> Day:
        """The first probe of a day, until its page is complete."""
        first, html = self.papers + 1, self.prepare is not None
        day = copied_days.write(self.folder, papers, later=self.days, first=first, with_html=html)
        if self.prepare:
            self.prepare(self.folder)
        self.papers, self.days = self.papers + papers, self.days + 1
        calls = len(self.stack.claude.asked())
        with self.stack.holding_the_stream(), ThreadPoolExecutor(1) as beside:
            started = time.time()
            taken = beside.submit(self._first_taken)
            self.stack.invoke("FetchFunctionName", {"time": f"{day}T00:50:00Z"})
            while not self.stack.is_idle():
                time.sleep(_LOOK_SECONDS)
            versions = self._versions(day, papers)
        self.stack.complete_edition(day, papers)
        page = time.time() - started
        return Day(
            papers,
            calls=len(self.stack.claude.asked()) - calls,
            first_taken=taken.result() - started,
            last_digest=max(_ended(version) for version in versions) - started,
            page=page,
        )

    def cold(self) -> None:
        """A function whose settings change starts new workers."""
        client, function = self.stack.client("lambda"), self.stack.outputs["SummarizeFunctionName"]
        variables = client.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        variables |= {"BENCH_ROUND": str(self.days)}
        client.update_function_configuration(FunctionName=function, Environment={"Variables": variables})

    def _first_taken(self) -> float:
        """The moment, to a fiftieth of a second."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self.stack.messages("NotVisible"):
            assert time.monotonic() < deadline, "no worker got a message"
            time.sleep(0.01)
        return time.time()

    def _versions(self, day: str, papers: int) -> list[PaperVersion]:
        """Raises AssertionError when they are not all read."""
        entries = EditionStore(self.stack.table).entries(date.fromisoformat(day))
        found = list(PaperStore(self.stack.table).versions([entry.ref for entry in entries]).values())
        assert [version.work.state for version in found] == [WorkState.DONE] * papers
        return found


def _ended(version: PaperVersion) -> float:
    return version.work.ended_at.timestamp() if version.work.ended_at else float("inf")
