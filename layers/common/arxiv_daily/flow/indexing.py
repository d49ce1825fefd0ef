"""The search index and the sitemaps: a day's own file, and what is made of a month's and a year's."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from arxiv_daily.editions.view import EditionView
from arxiv_daily.publishing.bucket import Published, SiteBucket, SiteObject
from arxiv_daily.publishing.search import keys
from arxiv_daily.publishing.search.day_file import day_file
from arxiv_daily.publishing.search.merging import merged
from arxiv_daily.publishing.search.segment import segment
from arxiv_daily.publishing.site import JSON, Site
from arxiv_daily.publishing.sitemap import fixed_sitemap, month_sitemap, sitemap_index
from arxiv_daily.store.site import SiteStore, month_of


@dataclass(frozen=True)
class Indexing:
    rows: SiteStore
    site: Site
    bucket: SiteBucket

    def day(self, view: EditionView) -> int:
        """The day's file, and what is made of it if it changed; the number of objects written, as everywhere here.

        The month goes first, so that a run that is killed leaves nothing that looks finished; and once more, since
        somebody else may have written another day's file meanwhile.
        """
        item = _day_object(view)
        lies = self.bucket.read(item.key)
        if lies and lies.body == item.body:
            return self.bucket.publish(item)
        written = self._month(month_of(view.date), {item.key: Published(body=item.body, revision=item.revision)})
        written += self.bucket.publish(item)
        return written + self.month(month_of(view.date))

    def day_alone(self, view: EditionView) -> int:
        return self.bucket.publish(_day_object(view))

    def month(self, month: str) -> int:
        """A month's segment and sitemap out of its days' files, its year's if that is closed, and what names them."""
        return self._month(month, {})

    def names(self) -> int:
        """What names the parts of the index and of the sitemap."""
        months = self.rows.months()
        index = SiteObject(key=keys.INDEX_KEY, body=keys.index(months), content_type=JSON, revision=len(months))
        return self.bucket.publish_all([index, sitemap_index(self.site, months), fixed_sitemap(self.site)])

    def years(self) -> int:
        """The segments of all closed years."""
        return sum(self._year(year) for year in self._closed_years())

    def _month(self, month: str, fresh: Mapping[str, Published]) -> int:
        """`fresh`: files that are to be put, by their keys."""
        days = {**self.bucket.read_all(f"search/days/{month}-"), **fresh}
        revision = _revision(days.values())
        written = self.bucket.publish_all(
            [
                _segment(keys.month_key(month), segment(day.body for day in days.values()), revision),
                month_sitemap(self.site, month, _pages(days), revision),
            ]
        )
        closed = self._closed_years()
        if month[:4] in closed:
            written += self._year(month[:4])
        elif closed and self.bucket.read(keys.year_key(closed[0])) is None:
            written += self._year(closed[0])
        return written + self.names()

    def _closed_years(self) -> list[str]:
        """The years with editions before the newest one, newest first."""
        return sorted({month[:4] for month in self.rows.months()}, reverse=True)[1:]

    def _year(self, year: str) -> int:
        months = self.bucket.read_all(f"search/months/{year}-")
        body = merged(month.body for month in months.values())
        return self.bucket.publish(_segment(keys.year_key(year), body, _revision(months.values())))


def _day_object(view: EditionView) -> SiteObject:
    return SiteObject(key=keys.day_key(view.date), body=day_file(view), content_type=JSON, revision=view.rev)


def _segment(key: str, body: bytes, revision: int) -> SiteObject:
    return SiteObject(key=key, body=body, content_type=keys.SEGMENT_TYPE, revision=revision)


def _revision(parts: Iterable[Published]) -> int:
    return sum(part.revision for part in parts)


def _pages(days: Mapping[str, Published]) -> list[str]:
    """The keys of the pages of these days' editions and papers."""
    documents = [json.loads(days[key].body) for key in sorted(days)]
    return [
        page
        for document in documents
        for page in (
            f"editions/{document['date']}.html",
            *(f"papers/{paper['id']}.html" for paper in document["papers"]),
        )
    ]
