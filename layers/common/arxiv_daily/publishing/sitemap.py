"""Sitemaps (sitemaps.org): an index, a file of the fixed pages, and one file for each month of editions."""

from collections.abc import Iterable, Sequence

from arxiv_daily.publishing.addresses import HOME, address
from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.site import Site, site_object

XML = "application/xml; charset=utf-8"
LARGEST = 50_000
"""Addresses that the protocol allows in a file."""

_FIXED = (HOME, "archive.html", "search.html", "about.html")


class SitemapTooLarge(Exception):
    """A month has more pages than a sitemap may name."""


def sitemap_index(site: Site, months: Sequence[str]) -> SiteObject:
    """`sitemap.xml`, of the fixed pages and of the months (2026-02) that have editions; it grows with their number."""
    keys = ["sitemaps/site.xml", *(month_key(month) for month in sorted(months, reverse=True))]
    return _sitemap("sitemap.xml", "sitemapindex.xml.j2", site, keys, len(months))


def fixed_sitemap(site: Site) -> SiteObject:
    """The pages that every site has."""
    keys = [*_FIXED, *(f"categories/{category}.html" for category in site.categories)]
    return _sitemap("sitemaps/site.xml", "urlset.xml.j2", site, keys, 0)


def month_sitemap(site: Site, month: str, pages: Iterable[str], revision: int) -> SiteObject:
    """Of a month's editions and papers, given as keys in any order.

    Raises SitemapTooLarge beyond 50,000 pages: all of arXiv announces some 30,000 papers a month.
    """
    keys = sorted(set(pages))
    if len(keys) > LARGEST:
        raise SitemapTooLarge(f"{month} has {len(keys)} pages; a sitemap holds {LARGEST}: split its month")
    return _sitemap(month_key(month), "urlset.xml.j2", site, keys, revision)


def month_key(month: str) -> str:
    return f"sitemaps/{month}.xml"


def _sitemap(key: str, template: str, site: Site, keys: Iterable[str], revision: int) -> SiteObject:
    text = site.render(template, addresses=[address(site, page) for page in keys])
    return site_object(key, text, XML, revision)
