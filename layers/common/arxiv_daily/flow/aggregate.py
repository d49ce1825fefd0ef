"""What the aggregate function does: publish everything that changed items are shown on, tell editions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from arxiv_daily.flow.announcing import Announcing
from arxiv_daily.flow.figures import measure_edition
from arxiv_daily.flow.publisher import Publisher
from arxiv_daily.models import PaperRef, Value
from arxiv_daily.observability import logger


class Changes(Value):
    """Which editions and versions a batch of stream records is about."""

    editions: frozenset[date]
    versions: frozenset[PaperRef]
    gate: bool = False
    """Whether the gate to Claude changed, which editions with pending papers show."""


class AggregateReport(Value):
    """What a run looked at, and how many objects it wrote."""

    editions: tuple[date, ...]
    papers: tuple[str, ...]
    written: int


def changed_keys(event: Mapping[str, Any]) -> list[dict[str, str]]:
    """Of each record of a stream's event; the table's keys are strings.

    By hand, since Powertools' class for it brings forty modules for other events into every cold start.
    """
    keys = [record["dynamodb"]["Keys"] for record in event["Records"]]
    return [{name: typed["S"] for name, typed in key.items()} for key in keys]


def changes(keys: Iterable[Mapping[str, str]]) -> Changes:
    """Read the keys of changed items; those that no page shows are passed over."""
    editions, versions, gate = set(), set(), False
    for key in keys:
        (group, _, name), (kind, _, rest) = key["PK"].partition("#"), key["SK"].partition("#")
        if group == "EDITION":
            editions.add(date.fromisoformat(name))
        elif group == "PAPER" and kind == "V":
            versions.add(PaperRef(paper_id=name, version=int(rest)))
        gate = gate or (group, kind) == ("GATE", "CLAUDE")
    return Changes(editions=frozenset(editions), versions=frozenset(versions), gate=gate)


def traces(event: Mapping[str, Any]) -> list[str]:
    """The X-Ray traces of the runs that asked for what stream records tell; a stream carries none itself."""
    images = [record["dynamodb"].get("NewImage", {}) for record in event["Records"]]
    return sorted({image["trace"]["S"] for image in images if "S" in image.get("trace", {})})


@dataclass(frozen=True)
class Aggregate:
    publisher: Publisher
    announcing: Announcing

    def run(self, keys: Iterable[Mapping[str, str]]) -> AggregateReport:
        """Publish from the table as it is now, whatever the records say: they only tell where to look.

        Editions that are complete are told last, when everything that the event links to is in place.
        """
        changed = changes(keys)
        editions = self.publisher.papers.editions_with(changed.versions)
        waiting = {row.date for row in self.publisher.rows.rows() if row.pending} if changed.gate else set()
        days = sorted({*changed.editions, *waiting, *editions.values()})
        refs = sorted(changed.versions, key=str)
        logger.append_keys(editions=[day.isoformat() for day in days], papers=[str(ref) for ref in refs])
        written = sum(self.publisher.paper(ref) for ref in refs if ref not in editions)
        written += sum(self.publisher.edition(day, [ref for ref in refs if editions.get(ref) == day]) for day in days)
        if refs and not days:
            written += self.publisher.constants()
        self._measure(days)
        for day in days:
            self.announcing.edition(self.publisher.last_view(day))
        report = AggregateReport(editions=tuple(days), papers=tuple(map(str, refs)), written=written)
        logger.info("published", **report.model_dump(mode="json"))
        return report

    def _measure(self, days: Collection[date]) -> None:
        """Of the newest edition alone: an older one that changed says nothing of today."""
        latest = self.publisher.rows.latest()
        if latest and latest.date in days:
            measure_edition(self.publisher.last_view(latest.date))
