"""What it takes to add a day to an archive of one edition, a year's and ten years'."""

import statistics
from collections.abc import Mapping
from contextlib import ExitStack

from tests.bench.lines import Growth, Line, Options, Part
from tests.bench.publishers import publishing
from tests.bench.publishing import DAY, PAPERS, Published
from tests.costing.tables import table

SIZES = (1, 365, 3650)
_ROUNDS = 7
_LEAST, _MOST = 0.9, 1.1
_ABOUT = """\
`Publisher.edition` of a day of {papers} papers, all read, by a process that has published the day before. The day is
{day:%A}, {day:%-d %B}, after a Monday: month, year and feeds then hold as much of each archive, and what differs is how
much lies behind. Of older days the table holds the rows, of the last 31 every item, and the bucket every key.
*Seconds* are of processor, medians of {rounds} rounds in turns, each from the same state; what the AWS within the
process takes is not in them. Home and categories list a month of editions: of one edition they are shorter than ever
after.

{added}"""


def measured(_: Options) -> Part:
    with ExitStack() as running:
        processes = {editions: running.enter_context(publishing("day", editions)) for editions in SIZES}
        rounds = [{editions: one.published() for editions, one in processes.items()} for _ in range(_ROUNDS)]
    return part({editions: [found[editions] for found in rounds] for editions in SIZES})


def part(found: Mapping[int, list[Published]]) -> Part:
    seconds = {editions: statistics.median(one.seconds for one in rounds) for editions, rounds in found.items()}
    last = {editions: rounds[-1] for editions, rounds in found.items()}
    written = {editions: one.asked("s3:PUT") for editions, one in last.items()}
    read = {editions: one.asked("s3:") - written[editions] for editions, one in last.items()}
    tabled = {editions: one.asked("dynamodb:") for editions, one in last.items()}
    what, first = f"a day added to {SIZES[-1]:,} editions", "added to one"

    def line(name: str, figures: Mapping[int, float], unit: str, limit: float | None = _MOST) -> Line:
        return Line(f"{what}: {name}", first, figures[SIZES[-1]], figures[SIZES[0]], limit, unit, _LEAST)

    lines = (
        line("objects written", written, ""),
        line("objects looked at, read or listed", read, ""),
        line("processor", seconds, "s"),
        line("requests to the table", tabled, "", None),
    )
    rows = [
        (editions, f"{seconds[editions]:.3f}", written[editions], read[editions], tabled[editions], keys)
        for editions, keys in ((editions, last[editions].requests["listed keys"]) for editions in SIZES)
    ]
    head = ("editions", "seconds", "objects written", "looked at, read, listed", "requests to the table", "keys listed")
    series: dict[str, Mapping[int, float]] = {
        "objects written": written,
        "objects looked at, read or listed": read,
        "hundredths of a second": {editions: 100 * one for editions, one in seconds.items()},
    }
    text = _ABOUT.format(papers=PAPERS, day=DAY, rounds=_ROUNDS, added=table(head, rows))
    return Part("A day added", lines, text, (Growth("A day added", "editions that there are", "number", series),))
