"""How long a day's papers take on the deployed template, against the time that Claude alone takes for its answers."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bench import thread_pool
from tests.bench.days import Day, Days, let_work
from tests.bench.lines import Growth, Line, Options, Part
from tests.costing.tables import table
from tests.e2e.conftest import Stack, stack_over

SIZES = (10, 50, 200)
OWNED = 50
LATENCY_SECONDS = 1.0
"""Of the stand-in for Claude."""
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


def measured(_: Options) -> Part:
    with tempfile.TemporaryDirectory() as scratch, stack_over(Path(scratch), latency=LATENCY_SECONDS) as stack:
        let_work(stack, WORKERS)
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
                _bound(warm[papers]),
                _LIMIT if papers == OWNED else None,
                "s",
            ),
            Line(f"{papers} papers, workers cold", bound, cold[papers].last_digest, _bound(cold[papers]), unit="s"),
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
        "calls × latency / workers": {papers: _bound(day) for papers, day in warm.items()},
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


def _bound(day: Day) -> float:
    """Seconds that the calls take with every worker busy all the time."""
    return day.calls * LATENCY_SECONDS / WORKERS


def _thread_pool(stack: Stack, feed: Path) -> float:
    """Seconds of its process."""
    started = time.perf_counter()
    command = [sys.executable, thread_pool.__file__, stack.claude.url, str(feed), str(WORKERS)]
    subprocess.run(command, check=True)
    return time.perf_counter() - started
