"""What the aggregate function does: publish everything that changed items are shown on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.models import EditionRow, PaperRef, Value
from arxiv_daily.observability import logger
from arxiv_daily.publishing.bucket import SiteBucket
from arxiv_daily.publishing.documents import states_shown
from arxiv_daily.publishing.site import Site, edition_json_key
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore


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


@dataclass(frozen=True)
class Aggregate:
    editions: EditionStore
    papers: PaperStore
    rows: SiteStore
    gate: ModelGateStore
    site: Site
    bucket: SiteBucket

    def run(self, keys: Iterable[Mapping[str, str]]) -> AggregateReport:
        """Publish from the table as it is now, whatever the records say: they only tell where to look."""
        changed = changes(keys)
        of_papers = {self.papers.edition_of(ref) for ref in changed.versions}
        waiting = {row.date for row in self.rows.rows() if row.pending} if changed.gate else set()
        days = sorted(changed.editions | waiting | {day for day in of_papers if day})
        refs = sorted(changed.versions, key=str)
        written = sum(self._publish_paper(ref) for ref in refs)
        written += sum(self._publish_edition(day) for day in days)
        if refs and not days:
            written += self._publish_frame()
        report = AggregateReport(editions=tuple(days), papers=tuple(map(str, refs)), written=written)
        logger.info("published", **report.model_dump(mode="json"))
        return report

    def _view(self, day: date) -> EditionView:
        facts, entries = self.editions.facts(day), self.editions.entries(day)
        versions = self.papers.versions([entry.ref for entry in entries])
        unseen, calendar = self.editions.seen(day), calendar_day(day)
        return edition_view(facts, entries, versions, unseen, calendar, self.gate.state(), words=self.site.words)

    def _publish_paper(self, ref: PaperRef) -> int:
        def publish() -> int:
            version, edition = self.papers.version(ref), self.papers.edition_of(ref)
            entry = self.editions.entry(edition, ref.paper_id) if edition else None
            withdrawn = entry.withdrawn if entry else None
            return self.bucket.publish_all(self.site.paper_objects(version, edition, withdrawn))

        return _until_nothing_is_written(publish)

    def _without_page(self, view: EditionView) -> list[PaperRef]:
        """Settled papers that the published JSON, which goes last, does not show as they are."""
        lies = self.bucket.read(edition_json_key(view.date))
        shown = states_shown(lies) if lies else {}
        return [
            seen.paper.ref
            for seen in view.papers
            if seen.is_settled and shown.get(str(seen.paper.ref)) != (seen.state, seen.withdrawn is not None)
        ]

    def _publish_edition(self, day: date) -> int:
        """The JSON goes last: whoever sees an edition complete there finds everything else in place."""

        def publish() -> int:
            view = self._view(day)
            written = sum(self._publish_paper(ref) for ref in self._without_page(view))
            written += self.bucket.publish_all(self.site.edition_pages(view))
            self.rows.put(_row(view))
            written += self._publish_frame()
            return written + self.bucket.publish_all([self.site.edition_json(view)])

        return _until_nothing_is_written(publish)

    def _publish_frame(self) -> int:
        """What every site has, whatever it shows."""
        return self.bucket.publish_all([self.site.not_found(), self.site.home(self.rows.rows())])


def _until_nothing_is_written(publish: Callable[[], int]) -> int:
    """Publish, and again from the table as it is then, until there was nothing to write; the objects written.

    A put says which content it replaces, not which revision: it can land on a newer object that happens to have
    the same bytes. The second look finds that.
    """
    total = 0
    while written := publish():
        total += written
    return total


def _row(view: EditionView) -> EditionRow:
    return EditionRow(
        date=view.date,
        status_text=view.status_text,
        shown=view.counts.shown,
        pending=view.counts.pending,
        unpaid=sum(seen.is_unpaid for seen in view.shown),
        rev=view.rev,
    )
