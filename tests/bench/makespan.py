"""How long a day's papers take on the deployed template, against the time that Claude alone takes for its answers."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from arxiv_daily.models import PaperVersion, WorkState
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.bench import thread_pool
from tests.bench.lines import Growth, Line, Options, Part
from tests.costing import copied_days
from tests.costing.measuring import thinking_stack
from tests.costing.tables import table
from tests.e2e.conftest import Stack, wait_until

SIZES = (10, 50, 200)
OWNED = 50
LATENCY_SECONDS = 1.0
"""Of thinking_stack's Claude."""
WORKERS = 10
_LIMIT = 1.25
_ABOUT = """\
Days of copies of the sample's papers on the deployed template: the embedded AWS, {workers} papers at once
(`MaximumConcurrency`), a stand-in for Claude that answers after {latency:g} s, one for arXiv with no interval between
requests. Engine, workers and stand-ins share this machine's cores. *Calls* are the requests that the stand-in got;
their latency over the workers is the time that no scheduler could go below.

Each time runs from the schedule's event to the moment that the last digest of the day carries; *reading* from the
first message that went to the queue. Cold is a day whose workers all have to start; warm the next day, of as many new
papers, with the same workers. The engine knows no batching window of a stream and would publish the edition anew for
every paper, so the stream is held until the papers are read; *page* is when the page is complete, from the event.

*Bare thread pool* is a process, its start included, with {workers} threads that ask the same stand-in for the same
number of abstracts, and keep nothing.

{seconds}"""


@dataclass(frozen=True)
class Day:
    """Seconds from the event on, and the calls to Claude."""

    papers: int
    calls: int
    first_message: float
    last_digest: float
    page: float

    @property
    def bound(self) -> float:
        """What the calls take with every worker busy all the time."""
        return self.calls * LATENCY_SECONDS / WORKERS


@dataclass
class Days:
    """Of one stack, one after the other, each with papers of its own."""

    stack: Stack
    folder: Path
    papers: int = 0
    days: int = field(default=0)

    def run(self, papers: int) -> Day:
        day = copied_days.write(self.folder, papers, later=self.days, first=self.papers + 1)
        self.papers, self.days = self.papers + papers, self.days + 1
        calls = len(self.stack.claude.asked())
        with self.stack.holding_the_stream():
            started = time.time()
            self.stack.invoke("FetchFunctionName", {"time": f"{day}T00:50:00Z"})
            wait_until(self.stack.is_idle, f"the queue on {day}")
            versions = self._versions(day, papers)
        self.stack.complete_edition(day, papers)
        page = time.time() - started
        return Day(
            papers,
            calls=len(self.stack.claude.asked()) - calls,
            first_message=_first(versions) - started,
            last_digest=max(_ended(version) for version in versions) - started,
            page=page,
        )

    def cold(self) -> None:
        """A function whose settings change starts new workers."""
        client, function = self.stack.client("lambda"), self.stack.outputs["SummarizeFunctionName"]
        variables = client.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
        variables |= {"BENCH_ROUND": str(self.days)}
        client.update_function_configuration(FunctionName=function, Environment={"Variables": variables})

    def _versions(self, day: str, papers: int) -> list[PaperVersion]:
        """Raises AssertionError when they are not all read."""
        entries = EditionStore(self.stack.table).entries(date.fromisoformat(day))
        found = list(PaperStore(self.stack.table).versions([entry.ref for entry in entries]).values())
        assert [version.work.state for version in found] == [WorkState.DONE] * papers
        return found


def measured(_: Options) -> Part:
    with tempfile.TemporaryDirectory() as scratch, thinking_stack(Path(scratch)) as stack:
        _let_work(stack, WORKERS)
        days = Days(stack, Path(scratch))
        cold, warm, pool = dict[int, Day](), dict[int, Day](), dict[int, float]()
        for papers in SIZES:
            days.cold()
            cold[papers], warm[papers] = days.run(papers), days.run(papers)
            pool[papers] = _thread_pool(stack, Path(scratch) / "feed.xml")
    return part(cold, warm, pool)


def part(cold: Mapping[int, Day], warm: Mapping[int, Day], pool: Mapping[int, float]) -> Part:
    bound = "calls × latency / workers"
    lines = [
        line
        for papers in SIZES
        for line in (
            Line(
                f"{papers} papers, workers warm",
                bound,
                warm[papers].last_digest,
                warm[papers].bound,
                _LIMIT if papers == OWNED else None,
                "s",
            ),
            Line(f"{papers} papers, workers cold", bound, cold[papers].last_digest, cold[papers].bound, unit="s"),
            Line(
                f"{papers} abstracts, bare thread pool",
                bound,
                pool[papers],
                papers * LATENCY_SECONDS / WORKERS,
                unit="s",
            ),
        )
    ]
    series = {
        "workers warm": {papers: day.last_digest for papers, day in warm.items()},
        "workers cold": {papers: day.last_digest for papers, day in cold.items()},
        "calls × latency / workers": {papers: day.bound for papers, day in warm.items()},
        "bare thread pool, abstracts alone": pool,
    }
    rows = [_row(workers, day) for papers in SIZES for workers, day in (("warm", warm[papers]), ("cold", cold[papers]))]
    head = ("papers", "workers", "calls", "first message, s", "last digest, s", "reading, s", "page, s")
    text = _ABOUT.format(workers=WORKERS, latency=LATENCY_SECONDS, seconds=table(head, rows))
    return Part(
        "Makespan", tuple(lines), text, (Growth("A day's papers read", "papers of the day", "seconds", series),)
    )


def _row(workers: str, day: Day) -> tuple[str | float, ...]:
    times = (day.first_message, day.last_digest, day.last_digest - day.first_message, day.page)
    return (day.papers, workers, day.calls, *(f"{seconds:.2f}" for seconds in times))


def _let_work(stack: Stack, workers: int) -> None:
    """So many papers at once."""
    client: Any = stack.client("lambda")
    function = stack.outputs["SummarizeFunctionName"]
    (mapping,) = client.list_event_source_mappings(FunctionName=function)["EventSourceMappings"]
    client.update_event_source_mapping(UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": workers})


def _thread_pool(stack: Stack, feed: Path) -> float:
    """Seconds of its process."""
    started = time.perf_counter()
    command = [sys.executable, thread_pool.__file__, stack.claude.url, str(feed), str(WORKERS)]
    subprocess.run(command, check=True)
    return time.perf_counter() - started


def _first(versions: list[PaperVersion]) -> float:
    return min(version.work.sent_at.timestamp() for version in versions if version.work.sent_at)


def _ended(version: PaperVersion) -> float:
    return version.work.ended_at.timestamp() if version.work.ended_at else float("inf")
