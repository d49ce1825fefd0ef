"""How long a day's papers take on the deployed template, against the time that Claude alone takes for its answers."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path

from tests.bench import thread_pool
from tests.bench.days import Day, Days
from tests.bench.lines import Growth, Line, Options, Part
from tests.costing.tables import table
from tests.e2e.conftest import Stack, stack_over

SIZES = (10, 50, 200)
OWNED = 50
LATENCY_SECONDS = 1.0
"""Of the stand-in for Claude."""
WORKERS = 10
_WARM_DAYS = 3
"""Of which the quickest counts: whatever disturbs it only adds."""
_LIMIT = 1.25
_ABOUT = """\
Days of copies of the sample's papers on the deployed template: the embedded AWS, {workers} papers at once
(`MaximumConcurrency`), a stand-in for Claude that answers after {latency:g} s, one for arXiv with no interval between
requests. Engine, workers and stand-ins share this machine's cores. *Calls* are the requests that Claude's got; their
latency over the workers is the time that no scheduler could go below.

*Reading*, which the ratios are about, runs from the moment that a worker gets the first message to the one that the
day's last digest carries: the engine looks into an idle queue once a second, where Lambda waits at it (its shorter
pause while a queue has work is taken out: decision 5). Cold is a day
whose workers all have to start; warm the quickest of the {days} next ones, each of as many new papers, with the same
workers. The other times run from the schedule's event. The engine knows no batching window of a stream and would
publish the edition anew for every paper, so the stream is held until the papers are read; *page* is when the page is
complete.

*Bare thread pool* is a process, its start included, with {workers} threads that ask the same stand-in for the same
number of abstracts, and keep nothing.

{seconds}"""


def measured(_: Options) -> Part:
    with tempfile.TemporaryDirectory() as scratch, stack_over(Path(scratch), latency=LATENCY_SECONDS) as stack:
        stack.limit(workers=WORKERS)
        days = Days(stack, Path(scratch))
        cold, warm, pool = dict[int, Day](), dict[int, Day](), dict[int, float]()
        for papers in SIZES:
            days.cold()
            cold[papers] = days.run(papers)
            warm[papers] = min((days.run(papers) for _ in range(_WARM_DAYS)), key=attrgetter("reading"))
            pool[papers] = _thread_pool(stack, Path(scratch) / "feed.xml")
    return part(cold, warm, pool)


def part(cold: Mapping[int, Day], warm: Mapping[int, Day], pool: Mapping[int, float]) -> Part:
    lines = [line for papers in SIZES for line in _lines(warm[papers], cold[papers], pool[papers])]
    series = {
        "workers warm": {papers: day.reading for papers, day in warm.items()},
        "workers cold": {papers: day.reading for papers, day in cold.items()},
        "calls × latency / workers": {papers: _bound(day) for papers, day in warm.items()},
        "bare thread pool, abstracts alone": pool,
    }
    rows = [_row(workers, day) for papers in SIZES for workers, day in (("warm", warm[papers]), ("cold", cold[papers]))]
    head = ("papers", "workers", "calls", "first worker, s", "last digest, s", "reading, s", "page, s")
    text = _ABOUT.format(workers=WORKERS, latency=LATENCY_SECONDS, days=_WARM_DAYS, seconds=table(head, rows))
    return Part(
        "Makespan", tuple(lines), text, (Growth("A day's papers read", "papers of the day", "seconds", series),)
    )


def _lines(warm: Day, cold: Day, pool: float) -> tuple[Line, ...]:
    papers, bound = warm.papers, "calls × latency / workers"
    limit = _LIMIT if papers == OWNED else None
    abstracts = papers * LATENCY_SECONDS / WORKERS
    return (
        Line(f"{papers} papers read, workers warm", bound, warm.reading, _bound(warm), limit, "s"),
        Line(f"{papers} papers read, workers cold", bound, cold.reading, _bound(cold), unit="s"),
        Line(f"{papers} abstracts, bare thread pool", bound, pool, abstracts, unit="s"),
    )


def _row(workers: str, day: Day) -> tuple[str | float, ...]:
    times = (day.first_taken, day.last_digest, day.reading, day.page)
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
