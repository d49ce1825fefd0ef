"""Months of a simulated arXiv on the deployed template: what drives them, and what is held against the oracle."""

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from arxiv_daily_cli.standins.process import stand_in
from tests.e2e.conftest import Json, Stack, stack_at, wait_until
from tests.simulation import Endpoint, SimulatedArxiv, World, literal_window

SHANGHAI = ZoneInfo("Asia/Shanghai")
PROBES = (8, 10, 12, 14, 18, 22)
"""Hours of the template's schedule, each at fifty minutes past."""
INTERVAL = 0.05
LISTS = (Endpoint.API, Endpoint.FEED, Endpoint.CATCHUP, Endpoint.ROBOTS)
_FULL_DAY = timedelta(days=1)


@dataclass
class Run:
    """A span of days that was driven through; `last` is inclusive."""

    stack: Stack
    sim: SimulatedArxiv
    world: World
    first: date
    last: date
    failed_probes: int = 0
    lost_probes: int = 0
    editions: dict[date, Json] = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        return [self.first + number * _FULL_DAY for number in range((self.last - self.first).days + 1)]

    @property
    def shown(self) -> Counter[str]:
        """How many editions each paper is in, those that wait for their metadata included."""
        return Counter(paper["paper_id"] for edition in self.editions.values() for paper in edition["papers"])

    @property
    def expected(self) -> set[str]:
        return set(self.world.expected(self.first, self.last))

    def requests(self, day: date) -> int:
        """Requests for lists of papers in a day's probes; full texts are asked for once per paper beside them."""
        return sum(one.endpoint in LISTS and edition_of(one.now) == day for one in self.sim.log.exchanges())

    def gaps(self) -> list[float]:
        """Seconds between the starts of two requests after each other."""
        return [later.started - earlier.started for earlier, later in pairwise(self.sim.log.exchanges())]


@contextmanager
def simulated(
    world: World, folder: Path, *, interval: float = INTERVAL, latency: float = 0.0, **switches: Any
) -> Iterator[tuple[Stack, SimulatedArxiv]]:
    """A deployed stack over a simulated arXiv, with a stand-in for Claude that answers for any paper.

    arXiv is asked every `interval` seconds at most, Claude takes `latency` seconds.
    """
    with SimulatedArxiv(world, **switches) as sim, stand_in("claude", folder, "--latency", str(latency)) as claude:
        addresses = {
            "ARXIV_API_URL": sim.api_url,
            "ARXIV_FEED_URL": sim.feed_url,
            "ARXIV_SITE_URL": sim.site_url,
            "ARXIV_REQUEST_INTERVAL_SECONDS": str(interval),
        }
        with stack_at(addresses, claude) as stack:
            yield stack, sim


def drive(run: Run, *, lost: float = 0.0, seed: int = 0) -> Run:
    """Send every probe of every day, losing a share of them, and wait until all that joined has been read."""
    chance = random.Random(seed)  # noqa: S311 - a reproducible choice
    for day in run.days:
        with run.stack.holding_the_stream():
            drive_day(run, day, lost=lost, chance=chance)
    _close(run)
    run.editions = {day: published(run.stack, day) for day in run.days}
    return run


def drive_day(
    run: Run, day: date, *, lost: float = 0.0, chance: random.Random, over: Callable[[], bool] | None = None
) -> None:
    """A day's probes, of which a share is lost, and all that is read because of them.

    The day ends with an empty queue, unless something else says when it is `over`.
    """
    for hour in PROBES:
        if chance.random() < lost:
            run.lost_probes += 1
            continue
        run.sim.now = datetime.combine(day, time(hour, 50), SHANGHAI).astimezone(UTC)
        run.failed_probes += _probe(run.stack, run.sim.now)
    wait_until(over or run.stack.is_idle, f"the queue on {day}")


def _close(run: Run) -> None:
    """The next morning's first probe, which settles what the last day left open."""
    run.sim.now = datetime.combine(run.last + _FULL_DAY, time(PROBES[0], 50), SHANGHAI).astimezone(UTC)
    _probe(run.stack, run.sim.now)
    wait_until(run.stack.is_idle, f"the queue after {run.last}")


def _probe(stack: Stack, now: datetime) -> int:
    """As EventBridge Scheduler does, with Lambda's own second try of a run that failed; the runs that failed."""
    event = {"time": now.isoformat().replace("+00:00", "Z")}
    for tries in range(2):
        if "errorType" not in stack.invoke("FetchFunctionName", event):
            return tries
    return 2


def published(stack: Stack, day: date) -> Json:
    """The edition as it is published when nothing of it changes any more."""
    keys = {"PK": {"S": f"EDITION#{day}"}, "SK": {"S": "FACTS"}}
    record = {"eventSource": "aws:dynamodb", "eventName": "MODIFY", "dynamodb": {"Keys": keys}}
    stack.invoke("AggregateFunctionName", {"Records": [record]})
    found = stack.client("s3").get_object(Bucket=stack.outputs["SiteBucketName"], Key=f"editions/{day}.json")
    edition: Json = json.loads(found["Body"].read())
    return edition


def edition_of(now: datetime) -> date:
    local = now.astimezone(SHANGHAI)
    return local.date() if local.time() >= time(8, 50) else local.date() - _FULL_DAY


def counts_add_up(edition: Json) -> bool:
    counts = edition["counts"]
    return bool(
        counts["announced"] == counts["new"] + counts["cross_listed"] + counts["replaced"] == len(edition["papers"])
        and counts["announced"] == counts["shown"] + counts["hidden"]
        and counts["shown"] == counts["ready"] + counts["pending"] + counts["failed"]
        and counts["hidden"] == sum(edition["hidden_by"].values())
    )


def reason(world: World, day: date) -> str:
    """Why a day has no papers, by the simulation's own calendar."""
    if day in world.mailings:
        return "quiet"
    return "weekend" if day.isoweekday() in {6, 7} else "holiday"


def _literally(run: Run, delay: timedelta) -> int:
    """Papers that a digest of the literal window shows, asked so long after its anchor."""
    return len(set().union(*literal_window(run.world, run.first, run.last, delay=delay).values()))


def report(run: Run) -> str:
    """What was found, beside what a digest of the literal window alone would have shown."""
    shown = run.shown
    lines = [
        f"{run.first} to {run.last}: {len(run.expected)} papers announced, "
        f"{len(run.expected & shown.keys())} in editions, {sum(number > 1 for number in shown.values())} in two; "
        f"{len(run.sim.log)} requests, {run.lost_probes} probes lost, {run.failed_probes} runs failed",
        *(
            f"  the literal window alone, asked {hours:2} h after its anchor: {_literally(run, timedelta(hours=hours))}"
            for hours in (0, 2, 4, 12)
        ),
    ]
    return "\n".join(lines)
