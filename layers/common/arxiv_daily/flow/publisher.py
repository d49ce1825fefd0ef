"""Publishing out of the table: a paper, an edition, and what pages beyond one edition show."""

import json
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from arxiv_daily.editions.view import EditionView, PaperState
from arxiv_daily.flow.edition_reader import EditionRead, EditionReader
from arxiv_daily.flow.indexing import Indexing
from arxiv_daily.models import EditionRow, Entry, PaperRef, PaperVersion
from arxiv_daily.publishing import overview
from arxiv_daily.publishing.bucket import SiteBucket, SiteObject
from arxiv_daily.publishing.documents import Looks, edition_document, looks
from arxiv_daily.publishing.feeds import feed_objects
from arxiv_daily.publishing.site import Site, edition_json_key
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore

Seen = TypeVar("Seen")

RECENT = timedelta(days=30)
"""How far back from the newest edition home and categories list editions."""
AT_ONCE = 10
"""Papers whose pages are put at the same time: as many connections as a client of boto3 keeps."""
AHEAD = 2 * AT_ONCE
"""Papers whose pages may be made before those of an earlier one are put: enough that no connection waits for one."""
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
    last: dict[date, EditionRead] = field(default_factory=dict)
    """Recent editions, as they were when they were last read."""

    def afresh(self) -> "Publisher":
        """One for a run of its own."""
        return replace(self, bucket=self.bucket.afresh())

    def view(self, day: date) -> EditionView:
        return self.reader.read(day).view

    def last_view(self, day: date) -> EditionView:
        """The edition as it was last read, or as it is now."""
        return self.reader.last_read(day).view

    def paper(self, ref: PaperRef) -> int:
        """The number of objects written, as everywhere here."""

        def publish(found: tuple[PaperVersion, date | None, Entry | None]) -> int:
            version, edition, entry = found
            if entry is None or entry.version != ref.version or entry.hidden_by:
                self.rows.note_paper(ref)  # no edition shows it
            return self.bucket.publish_all(self.site.paper_objects(version, edition, entry))

        return until_nothing_changes(lambda: self._paper(ref), publish)

    def edition(self, day: date, changed: Collection[PaperRef] = ()) -> int:
        """An edition, the pages of its papers that are not as it shows them, and whatever shows it beside others.

        `changed`: versions whose pages are made too, whether the edition shows them or not.
        The JSON goes last: whoever sees an edition complete there finds everything else in place.
        """

        def publish(read: EditionRead, papers: set[PaperRef]) -> int:
            shown = self._shown(day)
            stale = _stale(read.view, shown)
            written = self._pages(read, stale | papers, new={ref for ref in stale if not _has_page(shown, ref)})
            written += self.indexing.day(read.view) + self.overview(day)
            return written + self.bucket.publish_all([self.site.edition_json(read.view)])

        return self._edition(day, publish, set(changed))

    def edition_alone(self, day: date) -> int:
        """An edition with the pages of all its papers and its file for the search, and nothing beside."""

        def publish(read: EditionRead, papers: set[PaperRef]) -> int:
            settled = {seen.paper.ref for seen in read.view.papers if seen.is_settled}
            written = self._pages(read, settled | papers, new=set()) + self.indexing.day_alone(read.view)
            return written + self.bucket.publish_all([self.site.edition_json(read.view)])

        written = self._edition(day, publish, set())
        del self.last[day]  # a whole archive may follow it
        return written

    def _edition(self, day: date, publish: Callable[[EditionRead, set[PaperRef]], int], papers: set[PaperRef]) -> int:
        """As until_nothing_changes, with the pages of the settled papers that changed meanwhile."""
        due, before = papers, self.reader.read(day)

        def look() -> EditionRead:
            nonlocal due, before
            read = self.reader.read(day)
            due, before = read.settled_since(before), read
            return read

        def publish_due(read: EditionRead) -> int:
            return publish(read, due)

        return until_nothing_changes(look, publish_due, before)

    def beyond_editions(self) -> int:
        """Everything that belongs to no single edition and no single month."""
        written = self.constants() + sum(self.archive(year) for year in self.rows.years())
        written += sum(self.paper(ref) for ref in self.rows.papers())
        return written + self.recent() + self.indexing.names()

    def overview(self, day: date) -> int:
        """What shows an edition beside others."""
        latest = self.rows.latest()
        written = self.constants() + self.archive(day.year)
        return written + (self.recent() if latest and day >= latest.date - RECENT else 0)

    def constants(self) -> int:
        """What every site has, whatever it shows."""
        home = [overview.empty_home(self.site)] if self.rows.latest() is None else []
        return self.bucket.publish_all([*overview.constant_objects(self.site), *home])

    def archive(self, year: int) -> int:
        """A year's calendar, and the archive's first page."""

        def look() -> tuple[list[int], list[EditionRow], list[EditionRow]]:
            years = self.rows.years()
            return years, self._rows_of(year), self._rows_of(years[0])

        def publish(found: tuple[list[int], list[EditionRow], list[EditionRow]]) -> int:
            years, rows, newest = found
            pages = overview.archive_year(self.site, year, rows), overview.archive(self.site, years, newest)
            return self.bucket.publish_all(pages)

        return until_nothing_changes(look, publish)

    def recent(self) -> int:
        """Home, categories and feeds."""

        def look() -> list[EditionRow]:
            latest = self.rows.latest()
            return self.rows.rows_between(latest.date - RECENT, latest.date) if latest else []

        return until_nothing_changes(look, self._recent)

    def _recent(self, rows: Sequence[EditionRow]) -> int:
        if not rows:
            return 0
        revision, views = overview.newer_by_date(rows[0].date, rows), [self._of_row(row) for row in _in_feeds(rows)]
        newest = self._of_row(rows[0])
        for day in self.last.keys() - {newest.date, *(view.date for view in views)}:
            del self.last[day]
        pages = [overview.category_page(self.site, name, views, rows, revision) for name in self.site.categories]
        feeds = feed_objects(self.site, views, newest.window.end, revision)
        return self.bucket.publish_all([overview.home(self.site, newest, rows, revision), *pages, *feeds])

    def _of_row(self, row: EditionRow) -> EditionView:
        """The edition as the row describes it, or newer: one that changed since is yet to be published by others."""
        known = self.last.get(row.date)
        return known.view if known and known.view.rev == row.rev else self.view(row.date)

    def _paper(self, ref: PaperRef) -> tuple[PaperVersion, date | None, Entry | None]:
        """A version, the edition of its paper, and the paper's place there."""
        edition = self.papers.edition_of(ref)
        entry = self.editions.entry(edition, ref.paper_id) if edition else None
        return self.papers.version(ref), edition, entry

    def _rows_of(self, year: int) -> list[EditionRow]:
        return self.rows.rows_between(date(year, 1, 1), date(year, 12, 31))

    @property
    def indexing(self) -> Indexing:
        return Indexing(self.site, self.bucket)

    @property
    def reader(self) -> EditionReader:
        return EditionReader(self.editions, self.papers, self.gate, self.site.words, self.last)

    def _pages(self, read: EditionRead, papers: set[PaperRef], new: set[PaperRef]) -> int:
        """The row goes first: by it a rebuild knows what belongs to the site. `new`: what has no page so far."""
        self.rows.put(row_of(read.view, self.site.categories))
        shown = papers & {seen.paper.ref for seen in read.view.shown}
        written = self._put_meanwhile((self._paper_of(read, ref), ref in new) for ref in shown)
        written += sum(self.paper(ref) for ref in papers - shown)
        return written + self.bucket.publish_all(self.site.edition_pages(read.view))

    def _put_meanwhile(self, made: Iterable[tuple[list[SiteObject], bool]]) -> int:
        """Put what is made of papers while this thread makes more; of each, whether it is new.

        The first failure ends it: what has not begun by then is not put.
        """
        written, begun = 0, deque[Future[int]]()
        pool = ThreadPoolExecutor(AT_ONCE)
        try:
            for objects, is_new in made:
                begun.append(pool.submit(self.bucket.publish_all, objects, new=is_new))
                if len(begun) > AHEAD:
                    written += begun.popleft().result()
            return written + sum(put.result() for put in begun)
        finally:
            pool.shutdown(cancel_futures=True)

    def _paper_of(self, read: EditionRead, ref: PaperRef) -> list[SiteObject]:
        return self.site.paper_objects(read.versions[ref], read.view.date, read.entries[ref], read.seen[ref])

    def _shown(self, day: date) -> Looks:
        """Of each paper, what the published JSON shows."""
        lies = self.bucket.read(edition_json_key(day))
        return looks(json.loads(lies.body)) if lies else {}


def _stale(view: EditionView, shown: Looks) -> set[PaperRef]:
    """Settled papers that are not shown as they are."""
    wanted = looks(edition_document(view))
    refs = {seen.paper.ref for seen in view.papers if seen.is_settled}
    return {ref for ref in refs if shown.get(str(ref)) != wanted[str(ref)]}


def _has_page(shown: Looks, ref: PaperRef) -> bool:
    return shown.get(str(ref), (PaperState.PENDING,))[0] != PaperState.PENDING


def _in_feeds(rows: Sequence[EditionRow]) -> list[EditionRow]:
    full = [row for row in rows if row.shown]
    return [row for row in full if row.date > full[0].date - IN_FEEDS]


def until_nothing_changes(look: Callable[[], Seen], publish: Callable[[Seen], int], seen: Seen | None = None) -> int:
    """Publish what is `seen` at first, and again when something else is there after that; the objects written.

    A put says which content it replaces, not which revision: it can land on a newer object that happens to have
    the same bytes. The look afterwards finds that.
    """
    total, seen = 0, look() if seen is None else seen
    while written := publish(seen):
        total += written
        now = look()
        if now == seen:
            break
        seen = now
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
        unpaid=sum(seen.is_unpaid and seen.withdrawn is None for seen in view.shown),
        rev=view.rev,
    )
