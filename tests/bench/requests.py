"""What arXiv is asked in a day: on the simulated arXiv, whose log counts, with every probe of the schedule."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from tests.bench.lines import Line, Options, Part
from tests.costing.tables import table
from tests.e2e.simulated_days import LISTS, PROBES, Run, drive, edition_of, simulated
from tests.simulation import Endpoint, generate

FIRST, LAST = date(2026, 11, 25), date(2026, 11, 28)
"""Around Thanksgiving: a Wednesday with papers, a holiday and a Saturday among them."""
MOST_FOR_LISTS = 8
_ABOUT = """\
The simulated arXiv's log of {days} days, {probes} probes each, on the deployed template. *Lists* are the query API, the
feed, catch-up listings and robots.txt; *texts* are the HTML of a paper, once, and its PDF where there is none. A day
without papers asks for no more than its probes do; papers that come late or unseen by the API are looked up besides.

{requests}"""

Asked = Mapping[date, Counter[Endpoint]]


def measured(_: Options) -> Part:
    world = generate(seed=7, first=FIRST, last=LAST)
    with tempfile.TemporaryDirectory() as folder, simulated(world, Path(folder)) as (stack, sim):
        run = drive(Run(stack, sim, world, FIRST, LAST))
        asked = {day: Counter[Endpoint]() for day in run.days}
        for one in sim.log.exchanges():
            if one.endpoint and (day := edition_of(one.now)) in asked:  # the morning after closes the last of them
                asked[day][one.endpoint] += 1
    return part(asked, {day: len(edition["papers"]) for day, edition in run.editions.items()})


def part(asked: Asked, papers: Mapping[date, int]) -> Part:
    lists = {day: sum(counted[endpoint] for endpoint in LISTS) for day, counted in asked.items()}
    full = max(papers, key=lambda day: papers[day])
    quiet = max(lists[day] for day, number in papers.items() if not number)
    everything, texts = asked[full].total(), asked[full][Endpoint.HTML]
    lines = (
        Line("requests to arXiv on a day without papers", "allowed", quiet, MOST_FOR_LISTS, 1, ""),
        Line(f"lists asked for on a day of {papers[full]} papers", "on a day without", lists[full], quiet, unit=""),
        Line(f"HTML asked for on a day of {papers[full]} papers", "papers", texts, papers[full], 1, ""),
        Line("all requests of that day", "a paper, and 8", everything, papers[full] + MOST_FOR_LISTS, unit=""),
    )
    rows: list[tuple[str | float, ...]] = [
        (str(day), papers[day], *(counted[endpoint] for endpoint in Endpoint)) for day, counted in asked.items()
    ]
    head = ("edition", "papers", *(f"`{endpoint}`" for endpoint in Endpoint))
    return Part(
        "Requests to arXiv",
        lines,
        _ABOUT.format(days=len(asked), probes=len(PROBES), requests=table(head, rows)),
    )
