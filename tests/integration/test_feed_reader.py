"""A real feed reader (the library `reader`) subscribed to both formats."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from reader import Entry, Reader, UpdatedFeed, make_reader

from arxiv_daily.models import PaperVersion
from arxiv_daily.publishing.feeds import feed_objects
from arxiv_daily.publishing.site import Site
from tests.examples import NOW, a_checked, a_failed, a_paper, a_ready, a_view, an_entry, some_checks, some_facts
from tests.hostile import hostile_versions

KEYS = ["feed.xml", "feed.json", "categories/cs.SD.xml", "categories/cs.SD.json"]
DAY = (
    a_checked(a_paper("2602.10003"), some_checks()),
    a_ready(a_paper("2602.10002", title="Sound & <Sense>")),
    a_failed(a_paper("2602.10001"), "没有全文"),
)


@pytest.fixture
def subscriptions() -> Iterator[Reader]:
    reader = make_reader(":memory:", feed_root=None)
    yield reader
    reader.close()


def publish(server: HTTPServer, versions: tuple[PaperVersion, ...]) -> None:
    server.clear()
    site = Site(categories=("cs.SD",), url=server.url_for("").rstrip("/"))
    view = a_view(some_facts(), [(version, an_entry(version.paper)) for version in versions])
    for item in feed_objects(site, [view], view.window.end, 1):
        server.expect_request(f"/{item.key}").respond_with_data(item.body, content_type=item.content_type)


def update(reader: Reader, server: HTTPServer, key: str) -> UpdatedFeed:
    """What the reader found new and modified in a feed that was published again."""
    url = server.url_for(f"/{key}")
    reader.add_feed(url, exist_ok=True)
    found = reader.update_feed(url)
    return found or UpdatedFeed(url, 0, 0, 0)


def entry(reader: Reader, paper_id: str) -> Entry:
    [found] = [found for found in reader.get_entries() if found.link and paper_id in found.link]
    return found


@pytest.mark.parametrize("key", KEYS)
def test_a_reader_reads_every_feed(subscriptions: Reader, httpserver: HTTPServer, key: str) -> None:
    publish(httpserver, DAY)
    assert update(subscriptions, httpserver, key).new == len(DAY)
    paper = entry(subscriptions, "2602.10003")
    assert paper.title == "Hearing by Numbers"
    assert (paper.published, paper.updated) == (NOW, NOW)
    assert "Bo Li" in [author.name for author in paper.authors]  # of an Atom entry, this reader keeps one
    [content] = paper.content
    assert content.is_html
    assert "我们听到其中的93%。" in content.value
    assert entry(subscriptions, "2602.10002").title == "Sound & <Sense>"


@pytest.mark.parametrize("key", KEYS)
def test_a_paper_that_was_read_again_changes_its_entry_and_no_other(
    subscriptions: Reader, httpserver: HTTPServer, key: str
) -> None:
    publish(httpserver, DAY)
    update(subscriptions, httpserver, key)
    before = {found.id: found.updated for found in subscriptions.get_entries()}
    later = NOW + timedelta(hours=5)
    again = a_ready(a_paper("2602.10001"), generated_at=later)
    publish(httpserver, (*DAY[:-1], again))
    found = update(subscriptions, httpserver, key)
    assert (found.new, found.modified) == (0, 1)
    changed = entry(subscriptions, "2602.10001")
    assert {found.id: found.updated for found in subscriptions.get_entries()} == before | {changed.id: later}


@pytest.mark.parametrize("key", KEYS)
def test_the_same_published_again_updates_nothing(subscriptions: Reader, httpserver: HTTPServer, key: str) -> None:
    publish(httpserver, DAY)
    update(subscriptions, httpserver, key)
    publish(httpserver, DAY)
    found = update(subscriptions, httpserver, key)
    assert (found.new, found.modified) == (0, 0)


@pytest.mark.parametrize("key", KEYS)
def test_a_paper_that_is_read_later_is_new_and_leaves_the_others(
    subscriptions: Reader, httpserver: HTTPServer, key: str
) -> None:
    publish(httpserver, (*DAY[:-1], PaperVersion(paper=a_paper("2602.10001"))))
    assert update(subscriptions, httpserver, key).new == len(DAY) - 1
    publish(httpserver, DAY)
    found = update(subscriptions, httpserver, key)
    assert (found.new, found.modified) == (1, 0)


@pytest.mark.parametrize("key", KEYS[:2])
def test_a_reader_reads_a_hostile_day(subscriptions: Reader, httpserver: HTTPServer, key: str) -> None:
    versions = tuple(version for version, _ in hostile_versions())
    publish(httpserver, versions)
    assert update(subscriptions, httpserver, key).new == len(versions)
    assert all(found.updated == datetime(2026, 2, 12, 0, 50, tzinfo=UTC) for found in subscriptions.get_entries())
