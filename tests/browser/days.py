"""Days for the site that the browser looks at, and how they come into a stack's table."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import (
    EditionFacts,
    Entry,
    Kind,
    PaperVersion,
    Probe,
    Seen,
    TextSource,
)
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.browser.papers import Inventor
from tests.examples import an_entry

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

OLD_ID = "hep-th/9901001"

Stood = list[tuple[PaperVersion, Entry]]


@dataclass(frozen=True)
class Day:
    """An edition: its papers, those that a listing only named, and whether arXiv announced it."""

    date: date
    stood: Stood = field(default_factory=list)
    unseen: list[Seen] = field(default_factory=list)

    @property
    def probe(self) -> Probe:
        return Probe(at=window_of(self.date).end, witness="api", seen=len(self.stood))

    def view(self) -> EditionView:
        """As the product sees it once it is stored."""
        facts = EditionFacts(
            date=self.date, window=window_of(self.date), probes=(self.probe,), settled_by="listing", rev=2
        )
        versions = {version.paper.ref: version for version, _ in self.stood}
        entries = [entry for _, entry in self.stood]
        return edition_view(facts, entries, versions, self.unseen, calendar_day(self.date))

    def store(self, table: "Table") -> None:
        """Write it as fetch and the workers do: papers first, then the edition, then what became of each."""
        editions, papers = EditionStore(table), PaperStore(table)
        editions.open(self.date, window_of(self.date))
        for version, entry in self.stood:
            papers.add(version.paper)
            editions.join(self.date, entry)
        for seen in self.unseen:
            editions.note(self.date, seen)
        for version, _ in self.stood:
            _read(papers, version)
        editions.record(self.date, self.probe)
        editions.settle(self.date, "listing")


def _read(papers: PaperStore, version: PaperVersion) -> None:
    papers.change(version.paper.ref, lambda old: version.model_copy(update={"rev": old.rev}))


def weekend() -> Day:
    return Day(date(2026, 3, 1))


def three() -> Day:
    """Of the year before: one that was read, one from its abstract, and an old paper's new version."""
    day = date(2025, 12, 30)
    first, second, old = Inventor(901), Inventor(902), Inventor(903)
    before = window_of(day).end
    papers = [
        first.paper("2512.20001", before - timedelta(hours=2)),
        second.paper("2512.20002", before - timedelta(hours=3)),
        old.paper(
            OLD_ID,
            datetime(1999, 1, 4, tzinfo=UTC),
            version=3,
            title="Sound Waves on $AdS_5\\times S^5$ and a Large-$N$ Choir",
            updated=before - timedelta(hours=4),
            journal_ref="Nucl.Phys. B555 (1999) 183-201",
            doi="10.1016/S0550-3213(99)00264-3",
            comment="19 pages, LaTeX; v3: references added",
        ),
    ]
    return Day(
        day,
        [
            (first.read(papers[0]), an_entry(papers[0])),
            (second.read(papers[1], source=TextSource.ABSTRACT, source_note="PDF 无法读取"), an_entry(papers[1])),
            (old.read(papers[2], source=TextSource.PDF), an_entry(papers[2], kind=Kind.REPLACE)),
        ],
    )
