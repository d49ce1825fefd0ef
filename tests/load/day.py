"""A day of as many papers as are wished for: copies of the sample's, read by the deployed template at its limits."""

import time
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import fmean

import requests

from arxiv_daily.digests.cost import USUAL_CHARACTERS_PER_TOKEN
from arxiv_daily.models import PaperVersion
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.costing import copied_days
from tests.costing.reading import Reading
from tests.e2e.conftest import Json, Stack, stack_over
from tests.load.bought import bought_twice
from tests.load.limits import Limits
from tests.load.outcome import Bound
from tests.load.pacing import Stay, pacing
from tests.load.processes import Processes, watched
from tests.load.stream import windowed
from tests.load.waiting import say, wait_until_idle

_DAY = date.fromisoformat(copied_days.DAY)
_BUDGET = Decimal(1000)
"""US dollars: the day is not to end for want of them."""
_PATIENCE = 3
"""How many times as long as it should take a day is waited for."""


@dataclass(frozen=True)
class Carried:
    """What a day left behind; `read` and `published` are seconds since the schedule's event."""

    limits: Limits
    papers: int
    fetched: float
    read: float
    published: float
    asked_arxiv: list[Stay]
    asked_claude: list[Json]
    edition: Json
    versions: list[PaperVersion]
    spent: float
    """US dollars, as the stack keeps account of them."""


def carry(folder: Path, papers: int, limits: Limits, window: float) -> tuple[Carried, Processes]:
    """Send the schedule's event of a day with so many papers, and wait until its page is complete."""
    copied_days.write(folder, papers)
    with ExitStack() as running:
        stack = running.enter_context(stack_over(folder, latency=limits.latency, interval=limits.interval))
        stack.limit(workers=limits.workers, daily_budget=_BUDGET)
        processes = running.enter_context(watched(stack))
        with windowed(stack, window):
            began = time.monotonic()
            stack.invoke("FetchFunctionName", {"time": f"{_DAY}T00:50:00Z"})
            fetched = time.monotonic() - began
            say(f"{fetched:5.0f} s: {papers} papers were found")
            wait_until_idle(stack, _PATIENCE * limits.longest(2 * papers, papers))
            read = time.monotonic() - began
        edition = stack.complete_edition(str(_DAY), papers)
        return _carried(stack, limits, edition, (fetched, read, time.monotonic() - began)), processes


def _carried(stack: Stack, limits: Limits, edition: Json, moments: tuple[float, float, float]) -> Carried:
    refs = [entry.ref for entry in EditionStore(stack.table).entries(_DAY)]
    spent = BudgetStore(stack.table).days(date(2000, 1, 1), date(2100, 1, 1))
    return Carried(
        limits,
        len(edition["papers"]),
        *moments,
        asked_arxiv=_stays(stack),
        asked_claude=[asked for asked in stack.claude.asked() if asked["answered"]],
        edition=edition,
        versions=list(PaperStore(stack.table).versions(refs).values()),
        spent=sum(day.spent for day in spent) / 1_000_000,
    )


def _stays(stack: Stack) -> list[Stay]:
    """What the stand-in for arXiv saw."""
    name = stack.outputs["SummarizeFunctionName"]
    variables = stack.client("lambda").get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    asked = requests.get(f"{variables['ARXIV_SITE_URL']}/_requests", timeout=60).json()
    return [Stay(one["at"], one["until"]) for one in asked]


def bounds(day: Carried, papers: int) -> list[Bound]:
    """What a day of so many papers is held to."""
    counts, pace, limits = day.edition["counts"], pacing(day.asked_arxiv), day.limits
    shown = Counter(paper["paper_id"] for paper in day.edition["papers"])
    estimated = _estimated(day)
    return [
        Bound("seconds until every paper is read", day.read, limits.longest(pace.requests, len(day.asked_claude))),
        Bound("papers lost", papers - len(shown), 0),
        Bound("papers shown twice", sum(number > 1 for number in shown.values()), 0),
        Bound("papers pending or failed", counts["pending"] + counts["failed"], 0),
        Bound("papers ready", counts["ready"], papers, at_least=True),
        Bound("answers bought twice", bought_twice(day.asked_claude), 0),
        Bound("shortest gap between two requests to arXiv", pace.shortest_gap, limits.interval, at_least=True),
        Bound("requests to arXiv before the last one's answer", pace.at_once, 0),
        Bound("dollars for Claude over what docs/costs.md reckons", day.spent / estimated, 1.05),
        Bound("dollars reckoned over what Claude took", estimated / day.spent, 1.05),
    ]


def figures(day: Carried) -> dict[str, float]:
    pace, limits = pacing(day.asked_arxiv), day.limits
    calls = len(day.asked_claude)
    return {
        "papers": day.papers,
        "seconds until fetch was over": round(day.fetched, 1),
        "seconds until every paper was read": round(day.read, 1),
        "seconds until the page was complete": round(day.published, 1),
        "seconds at the least": round(limits.shortest(pace.requests, calls), 1),
        "requests to Claude": calls,
        "dollars for Claude": round(day.spent, 4),
        "dollars for Claude as reckoned": round(_estimated(day), 4),
        **pace.figures(),
    }


def _estimated(day: Carried) -> float:
    """As docs/costs.md reckons: four characters of a prompt to a token, an answer as long as Claude's were."""
    prompts = [_characters(asked["body"]) / USUAL_CHARACTERS_PER_TOKEN for asked in day.asked_claude]
    answers = [version.digest.provenance.usage.output_tokens for version in day.versions if version.digest]
    return len(prompts) * Reading("a copy", round(fmean(prompts)), round(fmean(answers)), 0, 0).dollars()


def _characters(body: Json) -> int:
    return len(body["system"]) + sum(_length(message["content"]) for message in body["messages"])


def _length(content: str | Iterable[Json]) -> int:
    return len(content) if isinstance(content, str) else sum(len(block.get("text", "")) for block in content)
