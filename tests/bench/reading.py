"""What a paper costs the summarize function in its own processor time, on the deployed template."""

import tempfile
from pathlib import Path

from tests.bench.days import Days
from tests.bench.lines import Line, Options, Part
from tests.bench.long_pages import lengthened
from tests.costing.measuring import functions
from tests.costing.processors import Processors
from tests.e2e.conftest import stack_over

PAGE_BYTES = 200_000
_LIMIT_MILLISECONDS = 150
_WORKERS, _WARMING, _PAPERS = 2, 6, 20
_ABOUT = """\
Milliseconds of processor that a paper takes in the summarize function on the deployed template, from its message to
the answer: asking arXiv (a stand-in), taking {kilobytes} kB of HTML apart in a forked process, which counts, the
prompt, asking Claude (a stand-in), the checks, every call to the table and the queue, and the log. The pages are the
sample's, lengthened in LaTeXML's manner; text and answer belong together. The mean of {papers} papers of {workers}
workers that had read {warming} before: what a worker imports and sets up once is not in it, nor is what engine and
stand-ins compute. Claude was asked {calls} times.
"""


def measured(_: Options) -> Part:
    with tempfile.TemporaryDirectory() as scratch, stack_over(Path(scratch)) as stack:
        stack.limit(workers=_WORKERS)
        days = Days(stack, Path(scratch), lengthen)
        days.run(_WARMING)
        processors, name = Processors(int(stack.endpoint.rpartition(":")[2])), functions(stack)["Summarize"]
        processors.look()
        before = processors.seconds(name)
        day = days.run(_PAPERS)
        processors.look()
        return part(1000 * (processors.seconds(name) - before) / _PAPERS, day.calls)


def part(milliseconds: float, calls: int) -> Part:
    line = Line(f"a paper of {PAGE_BYTES // 1000} kB in summarize", "allowed", milliseconds, _LIMIT_MILLISECONDS, 1)
    text = _ABOUT.format(kilobytes=PAGE_BYTES // 1000, papers=_PAPERS, workers=_WORKERS, warming=_WARMING, calls=calls)
    return Part("Processor time of a paper", (line,), text)


def lengthen(folder: Path) -> None:
    """Every page of HTML there is made as long as PAGE_BYTES."""
    for page in folder.glob("html/*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(lengthened(text, PAGE_BYTES), encoding="utf-8")
