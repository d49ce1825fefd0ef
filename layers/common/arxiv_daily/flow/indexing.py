"""The search index and the sitemaps: a day's own file, and what is made of a month's and a year's."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from arxiv_daily.editions.view import EditionView
from arxiv_daily.publishing.bucket import Published, SiteBucket, SiteObject
from arxiv_daily.publishing.search import keys
from arxiv_daily.publishing.search.day_file import day_file
from arxiv_daily.publishing.search.merging import merged
from arxiv_daily.publishing.search.segment import segment
from arxiv_daily.publishing.site import JSON, Site
from arxiv_daily.publishing.sitemap import fixed_sitemap, month_sitemap, sitemap_index
from arxiv_daily.store.site import month_of


@dataclass(frozen=True)
class Indexing:
    site: Site
    bucket: SiteBucket

    def day(self, view: EditionView) -> int:
        """The day's file, and what is made of it; the number of objects written, as everywhere here.

        The month goes first, so that a run that is killed leaves nothing that looks finished; and once more where
        somebody else wrote another day's file meanwhile.
        """
        item, month = _day_object(view), month_of(view.date)
        lies = self.bucket.read(item.key)
        if lies and lies.body == item.body:
            return self.month(month) if self._is_behind(month) else 0
        days = self._days(month) | {item.key: Published(body=item.body, revision=item.revision)}
        written = self._month(month, days) + self.bucket.publish(item)
        now = self._days(month)
        return written if now == days else written + self._month(month, now)

    def day_alone(self, view: EditionView) -> int:
        return self.bucket.publish(_day_object(view))

    def month(self, month: str) -> int:
        """A month's segment and sitemap out of its days' files, its year's if that is closed, and what names them."""
        return self._month(month, self._days(month))

    def names(self) -> int:
        """What names the parts of the index and of the sitemap: those that there are."""
        return self._names(self._months())

    def _names(self, months: Sequence[str]) -> int:
        index = SiteObject(key=keys.INDEX_KEY, body=keys.index(months), content_type=JSON, revision=len(months))
        return self.bucket.publish_all([index, sitemap_index(self.site, months), fixed_sitemap(self.site)])

    def _month(self, month: str, days: Mapping[str, Published]) -> int:
        """`days`: a month's files, by their keys."""
        revision = _revision(days.values())
        written = self.bucket.publish_all(
            [
                month_sitemap(self.site, month, _pages(days), revision),
                _segment(keys.month_key(month), segment(day.body for day in days.values()), revision),
            ]
        )
        months = self._months()
        closed = sorted({one[:4] for one in months})[:-1]
        there = self.bucket.listed("search/years/")
        due = [year for year in closed if year == month[:4] or keys.year_key(year) not in there]
        return written + sum(self._year(year) for year in due) + self._names(months)

    def _is_behind(self, month: str) -> bool:
        """Whether the month was not made of all its days' files: a rebuild was stopped before it."""
        return self.bucket.revision(keys.month_key(month)) < _revision(self._days(month).values())

    def _days(self, month: str) -> dict[str, Published]:
        """What lies there of the month's days, by their keys."""
        return self.bucket.read_all(f"search/days/{month}-")

    def _months(self) -> list[str]:
        """The months that have a segment, as 2026-02, newest first."""
        found = [keys.month_of(key) for key in self.bucket.listed(keys.MONTHS)]
        return sorted(found, reverse=True)

    def _year(self, year: str) -> int:
        months = self.bucket.read_all(f"{keys.MONTHS}{year}-")
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
