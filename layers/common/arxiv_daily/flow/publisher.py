"""Publishing out of the table: a paper, an edition, and what pages beyond one edition show."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.flow.indexing import Indexing
from arxiv_daily.models import EditionRow, PaperRef
from arxiv_daily.publishing import overview
from arxiv_daily.publishing.bucket import SiteBucket
from arxiv_daily.publishing.documents import edition_document, looks
from arxiv_daily.publishing.feeds import feed_objects
from arxiv_daily.publishing.site import Site, edition_json_key
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore

RECENT = timedelta(days=30)
"""How far back from the newest edition home and categories list editions."""
IN_FEEDS = timedelta(days=4)
"""Days that feeds and category pages show, up to the newest edition with papers: over a weekend, two with papers."""


@dataclass(frozen=True)
class Publisher:
    editions: EditionStore
    papers: PaperStore
    rows: SiteStore
    gate: ModelGateStore
    site: Site
    bucket: SiteBucket

    def afresh(self) -> "Publisher":
        """One that notes the keys of what it publishes from now on."""
        return replace(self, bucket=self.bucket.afresh())

    def view(self, day: date) -> EditionView:
        facts, entries = self.editions.facts(day), self.editions.entries(day)
        versions = self.papers.versions([entry.ref for entry in entries])
        unseen, calendar = self.editions.seen(day), calendar_day(day)
        return edition_view(facts, entries, versions, unseen, calendar, self.gate.state(), words=self.site.words)

    def paper(self, ref: PaperRef) -> int:
        """The number of objects written, as everywhere here."""

        def publish() -> int:
            version, edition = self.papers.version(ref), self.papers.edition_of(ref)
            entry = self.editions.entry(edition, ref.paper_id) if edition else None
            if edition is None:
                self.rows.note_paper(ref)
            return self.bucket.publish_all(self.site.paper_objects(version, edition, entry))

        return until_nothing_is_written(publish)

    def edition(self, day: date) -> int:
        """An edition, the pages of its papers that are not as it shows them, and whatever shows it beside others.

        The JSON goes last: whoever sees an edition complete there finds everything else in place.
        """

        def publish() -> int:
            view = self.view(day)
            written = self._pages(view, self._stale(view)) + self.indexing.day(view) + self.overview(day)
            return written + self.bucket.publish_all([self.site.edition_json(view)])

        return until_nothing_is_written(publish)

    def edition_alone(self, day: date) -> int:
        """An edition with the pages of all its papers and its file for the search, and nothing beside."""

        def publish() -> int:
            view = self.view(day)
            settled = [seen.paper.ref for seen in view.papers if seen.is_settled]
            written = self._pages(view, settled) + self.indexing.day_alone(view)
            return written + self.bucket.publish_all([self.site.edition_json(view)])

        return until_nothing_is_written(publish)

    def beyond_editions(self) -> int:
        """Everything that belongs to no single edition and no single month."""
        latest = self.rows.latest()
        written = self.constants() + sum(self.archive(year) for year in self._years())
        written += sum(self.paper(ref) for ref in self.rows.papers())
        written += self.recent(latest.date) if latest else 0
        return written + self.indexing.years() + self.indexing.names()

    def overview(self, day: date) -> int:
        """What shows an edition beside others."""
        written = self.constants() + self.archive(day.year)
        latest = self.rows.latest()
        return written + (self.recent(latest.date) if latest and day >= latest.date - RECENT else 0)

    def constants(self) -> int:
        """What every site has, whatever it shows."""
        home = [overview.empty_home(self.site)] if self.rows.latest() is None else []
        return self.bucket.publish_all([*overview.constant_objects(self.site), *home])

    def archive(self, year: int) -> int:
        """A year's calendar, and the archive's first page."""
        years = self._years()
        pages = [overview.archive_year(self.site, year, self._rows_of(year))]
        return self.bucket.publish_all([*pages, overview.archive(self.site, years, self._rows_of(years[0]))])

    def recent(self, latest: date) -> int:
        """Home and categories, when that is the date of the newest edition."""
        rows = self.rows.rows_between(latest - RECENT, latest)
        revision = overview.newer_by_date(latest, rows)
        views = [self.view(row.date) for row in _in_feeds(rows)]
        newest = views[0] if views and views[0].date == latest else self.view(latest)
        pages = [overview.category_page(self.site, name, views, rows, revision) for name in self.site.categories]
        home = overview.home(self.site, newest, rows, revision)
        return self.bucket.publish_all([home, *pages, *feed_objects(self.site, views, revision)])

    def _years(self) -> list[int]:
        """Those that have an edition, newest first."""
        return sorted({int(month[:4]) for month in self.rows.months()}, reverse=True)

    def _rows_of(self, year: int) -> list[EditionRow]:
        return self.rows.rows_between(date(year, 1, 1), date(year, 12, 31))

    @property
    def indexing(self) -> Indexing:
        return Indexing(self.rows, self.site, self.bucket)

    def _pages(self, view: EditionView, papers: Iterable[PaperRef]) -> int:
        written = sum(self.paper(ref) for ref in papers)
        written += self.bucket.publish_all(self.site.edition_pages(view))
        self.rows.put(row_of(view, self.site.categories))
        return written

    def _stale(self, view: EditionView) -> list[PaperRef]:
        """Settled papers that the published JSON does not show as they are."""
        lies = self.bucket.read(edition_json_key(view.date))
        shown = looks(json.loads(lies.body)) if lies else {}
        wanted = looks(edition_document(view))
        refs = [seen.paper.ref for seen in view.papers if seen.is_settled]
        return [ref for ref in refs if shown.get(str(ref)) != wanted[str(ref)]]


def _in_feeds(rows: Sequence[EditionRow]) -> list[EditionRow]:
    full = [row for row in rows if row.shown]
    return [row for row in full if row.date > full[0].date - IN_FEEDS]


def until_nothing_is_written(publish: Callable[[], int]) -> int:
    """Publish, and again from the table as it is then, until there was nothing to write; the objects written.

    A put says which content it replaces, not which revision: it can land on a newer object that happens to have
    the same bytes. The second look finds that.
    """
    total = 0
    while written := publish():
        total += written
    return total


def row_of(view: EditionView, categories: Sequence[str]) -> EditionRow:
    counted = {name: sum(name in seen.paper.categories for seen in view.shown) for name in categories}
    return EditionRow(
        date=view.date,
        status=view.status,
        status_text=view.status_text,
        shown=view.counts.shown,
        shown_in=counted,
        pending=view.counts.pending,
        unpaid=sum(seen.is_unpaid for seen in view.shown),
        rev=view.rev,
    )
