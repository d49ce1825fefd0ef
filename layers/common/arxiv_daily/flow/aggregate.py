"""What the aggregate function does: publish everything that changed items are shown on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.models import EditionRow, PaperRef, Value
from arxiv_daily.observability import logger
from arxiv_daily.publishing.bucket import SiteBucket
from arxiv_daily.publishing.site import Site
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore


class Changes(Value):
    """Which editions, versions and newly joined papers a batch of stream records is about."""

    editions: frozenset[date]
    versions: frozenset[PaperRef]
    joined: frozenset[str]


class AggregateReport(Value):
    """What a run looked at, and how many objects it wrote."""

    editions: tuple[date, ...]
    papers: tuple[str, ...]
    written: int


def changes(keys: Iterable[Mapping[str, str]]) -> Changes:
    """Read the keys of changed items; those that no page shows are passed over."""
    editions, versions, joined = set(), set(), set()
    for key in keys:
        (group, _, name), (kind, _, rest) = key["PK"].partition("#"), key["SK"].partition("#")
        if group == "EDITION":
            editions.add(date.fromisoformat(name))
            if kind == "ENTRY":
                joined.add(rest)
        elif group == "PAPER" and kind == "V":
            versions.add(PaperRef(paper_id=name, version=int(rest)))
    return Changes(editions=frozenset(editions), versions=frozenset(versions), joined=frozenset(joined))


@dataclass(frozen=True)
class Aggregate:
    editions: EditionStore
    papers: PaperStore
    rows: SiteStore
    site: Site
    bucket: SiteBucket

    def run(self, keys: Iterable[Mapping[str, str]]) -> AggregateReport:
        """Publish from the table as it is now, whatever the records say: they only tell where to look."""
        changed = changes(keys)
        of_papers = {self.papers.edition_of(ref.paper_id) for ref in changed.versions}
        days = sorted(changed.editions | {day for day in of_papers if day})
        settled = {
            seen.paper.ref
            for day in days
            for seen in self._view(day).papers
            if seen.paper.paper_id in changed.joined and seen.is_settled
        }
        refs = sorted(changed.versions | settled, key=str)
        written = sum(self._publish_paper(ref) for ref in refs)
        written += sum(self._publish_edition(day) for day in days)
        report = AggregateReport(editions=tuple(days), papers=tuple(map(str, refs)), written=written)
        logger.info("published", **report.model_dump(mode="json"))
        return report

    def _view(self, day: date) -> EditionView:
        facts, entries = self.editions.facts(day), self.editions.entries(day)
        return edition_view(facts, entries, self.papers.versions([entry.ref for entry in entries]))

    def _publish_paper(self, ref: PaperRef) -> int:
        def publish() -> int:
            version, edition = self.papers.version(ref), self.papers.edition_of(ref.paper_id)
            return self.bucket.publish_all(self.site.paper_objects(version, edition))

        return _until_nothing_is_written(publish)

    def _publish_edition(self, day: date) -> int:
        """The JSON goes last: whoever sees an edition complete there finds everything else in place."""

        def publish() -> int:
            view = self._view(day)
            written = self.bucket.publish_all([*self.site.edition_pages(view), self.site.not_found()])
            self.rows.put(_row(view))
            written += self.bucket.publish_all([self.site.home(self.rows.rows())])
            return written + self.bucket.publish_all([self.site.edition_json(view)])

        return _until_nothing_is_written(publish)


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
        rev=view.rev,
    )
