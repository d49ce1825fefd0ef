"""Sitemaps: absolute addresses, a constant number of files for a day, and never more than the protocol allows."""

import pytest
from lxml import etree

from arxiv_daily.publishing.bucket import SiteObject
from arxiv_daily.publishing.site import Site
from arxiv_daily.publishing.sitemap import LARGEST, SitemapTooLarge, fixed_sitemap, month_sitemap, sitemap_index

SITE = Site(categories=("cs.SD", "eess.AS"), url="https://papers.example")


def addresses(item: SiteObject) -> list[str]:
    root = etree.fromstring(item.body)
    assert root.nsmap == {None: "http://www.sitemaps.org/schemas/sitemap/0.9"}
    return [location.text for location in root.iter("{*}loc")]


def test_the_index_names_the_fixed_pages_and_every_month_newest_first() -> None:
    index = sitemap_index(SITE, ["2025-12", "2026-02", "2026-01"])
    assert (index.key, index.revision, index.content_type) == ("sitemap.xml", 3, "application/xml; charset=utf-8")
    assert addresses(index) == [
        f"https://papers.example/sitemaps/{name}.xml" for name in ("site", "2026-02", "2026-01", "2025-12")
    ]


def test_the_fixed_pages_are_those_of_every_site() -> None:
    names = ["", "archive.html", "search.html", "about.html", "categories/cs.SD.html", "categories/eess.AS.html"]
    assert addresses(fixed_sitemap(SITE)) == [f"https://papers.example/{name}" for name in names]


def test_a_months_pages_stand_once_in_one_order_whatever_order_they_came_in() -> None:
    pages = ["papers/2602.10934.html", "editions/2026-02-12.html", "papers/hep-th/9901001.html"]
    month = month_sitemap(SITE, "2026-02", [*pages, *reversed(pages)], 7)
    assert (month.key, month.revision) == ("sitemaps/2026-02.xml", 7)
    assert addresses(month) == [f"https://papers.example/{page}" for page in sorted(pages)]
    assert month == month_sitemap(SITE, "2026-02", pages, 7)


def test_what_an_address_cannot_hold_is_encoded() -> None:
    [address] = addresses(month_sitemap(SITE, "2026-02", ["papers/a<b>&'\"音.html"], 1))
    assert address == "https://papers.example/papers/a%3Cb%3E%26%27%22%E9%9F%B3.html"


def test_a_month_holds_what_the_protocol_allows_and_no_more() -> None:
    pages = [f"papers/2602.{number:05}.html" for number in range(LARGEST)]
    assert len(addresses(month_sitemap(SITE, "2026-02", pages, 1))) == LARGEST
    with pytest.raises(SitemapTooLarge, match="2026-02 has 50001 pages"):
        month_sitemap(SITE, "2026-02", [*pages, "editions/2026-02-12.html"], 1)
