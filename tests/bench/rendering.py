"""An edition of many papers rendered and published: seconds of processor, and memory."""

from collections.abc import Mapping
from operator import attrgetter

from tests.bench.lines import Growth, Line, Options, Part
from tests.bench.publishers import publishing
from tests.bench.publishing import Published
from tests.costing.tables import table

SIZES = (20, 200, 2000)
_SECONDS, _MEGABYTES = 10, 512
"""Half of the function's memory: feeds hold the papers of several days."""
_LINEAR = 1.3
_TIMES = 3
"""Of which the quickest counts: whatever disturbs it only adds."""
_ABOUT = """\
`Publisher.edition`, put together by the aggregate function's own `app.py`, of papers with abstracts, translations and
readings of the usual length, into an empty bucket: the edition with its post, a page and a file for each paper, the
search's files, home, archive, categories and feeds. In a process of its own that has rendered nothing before. The AWS
that it asks is within that process (the objects' bodies on disk): *seconds* are of processor, without what that AWS
takes and with what the SDK does, the least of {times} times; *memory* is the process's peak, that AWS included. What
the network takes is not in it: *requests* say how often it is asked.

{rendered}"""


def measured(_: Options) -> Part:
    found = {}
    for papers in SIZES:
        with publishing("edition", papers) as process:
            found[papers] = min((process.published() for _ in range(_TIMES)), key=attrgetter("seconds"))
    return part(found)


def part(found: Mapping[int, Published]) -> Part:
    *_, tenth, largest = (found[papers] for papers in SIZES)
    what, sizes = f"{SIZES[-1]:,} papers rendered and published", f"10 × {SIZES[-2]:,} papers"
    lines = (
        Line(what, "allowed", largest.seconds, _SECONDS, 1, "s"),
        Line(f"{what}: memory", "allowed", largest.megabytes, _MEGABYTES, 1, "MB"),
        Line(what, sizes, largest.seconds, 10 * tenth.seconds, _LINEAR, "s"),
    )
    rows = [
        (papers, f"{one.seconds:.2f}", one.megabytes, one.asked("s3:"), one.asked("dynamodb:"))
        for papers, one in found.items()
    ]
    head = ("papers", "seconds", "memory, MB", "requests to S3", "requests to the table")
    series = {"processor": {papers: one.seconds for papers, one in found.items()}}
    growth = Growth("An edition published", "papers of the edition", "seconds", series)
    return Part("Rendering and publishing", lines, _ABOUT.format(times=_TIMES, rendered=table(head, rows)), (growth,))
