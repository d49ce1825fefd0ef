"""What pages beyond one edition show, and a site that is made again from the table alone."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ReadTimeoutError

from arxiv_daily.editions.sweep import afresh
from arxiv_daily.flow.aggregate import Aggregate
from arxiv_daily.flow.publisher import AHEAD, Publisher
from arxiv_daily.flow.rebuilding import InvalidRebuild, rebuild, requested_part
from arxiv_daily.models import EditionRow, Paper, TakeDown
from arxiv_daily.publishing.search import keys
from arxiv_daily.publishing.search.day_file import day_file
from arxiv_daily.publishing.search.merging import merged
from arxiv_daily.publishing.search.segment import segment
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.examples import DAY, NOW, a_paper, an_entry
from tests.integration.days import Days
from tests.integration.fakes import before
from tests.integration.objects import BUCKET, Objects

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ONE_DAY = timedelta(days=1)


@pytest.fixture
def days(editions: EditionStore, papers: PaperStore) -> Days:
    return Days(editions, papers)


class Killed(BaseException):
    """The end of a function in the middle of its work."""


def a_row(day: date) -> EditionRow:
    return EditionRow(date=day, status_text="", shown=0, pending=0, rev=1)


def emptied(s3: "S3Client", objects: Objects) -> None:
    for key in objects.listed():
        s3.delete_object(Bucket=BUCKET, Key=key)


def rebuilt(publisher: Publisher) -> set[str]:
    """Everything, in the command's order; the keys that belong."""
    found = publisher.rows.rows()
    parts = [*sorted(str(row.date) for row in found), *sorted({str(row.date)[:7] for row in found}), "site"]
    return {key for part in parts for key in rebuild(publisher, part).keys}


def test_after_a_put_that_failed_nothing_more_is_put_and_the_next_run_does_it_all(
    publisher: Publisher, days: Days, objects: Objects, s3: "S3Client"
) -> None:
    days.read(DAY, 3 * AHEAD)
    tried: list[str] = []

    def fail(params: dict[str, Any], **_: object) -> None:
        tried.append(params["url_path"])
        raise ReadTimeoutError(endpoint_url=params["url_path"])

    s3.meta.events.register("before-call.s3.PutObject", fail)
    with pytest.raises(ReadTimeoutError, match="papers/"):
        publisher.edition(DAY)
    assert len(tried) <= AHEAD + 1
    s3.meta.events.unregister("before-call.s3.PutObject", fail)
    publisher.edition(DAY)
    assert len([key for key in objects.listed() if key.startswith("papers/")]) == 2 * 3 * AHEAD


@pytest.fixture
def grown(aggregate: Aggregate, publisher: Publisher, days: Days, objects: Objects) -> dict[str, bytes]:
    """A site that grew day by day: papers read, failed, hidden, withdrawn, replaced, and asked for by their ids."""
    for day in (date(2025, 12, 30), date(2026, 1, 30), DAY - ONE_DAY):
        for paper in days.read(day, 2):
            grow(aggregate, paper)
    read, failed, hidden, withdrawn = (a_paper(f"2602.1200{number}") for number in range(4))
    days.of(DAY, [read, failed, withdrawn])
    publisher.papers.add(hidden)
    publisher.editions.join(DAY, an_entry(hidden, hidden_by="cap"))
    replaced, asked_for = a_paper(read.paper_id, version=2), a_paper("2601.99999")
    for paper in (replaced, asked_for):
        publisher.papers.add(paper)
    for paper in (read, hidden, withdrawn, replaced, asked_for):
        days.finish(paper)
        grow(aggregate, paper)
    days.fail(failed)
    grow(aggregate, failed)
    publisher.editions.withdraw(DAY, withdrawn.paper_id, "by the authors", NOW)
    publisher.edition(DAY)
    return objects.everything()


def grow(aggregate: Aggregate, paper: Paper) -> None:
    """What the stream does once a version was read."""
    aggregate.run([{"PK": f"PAPER#{paper.paper_id}", "SK": f"V#{paper.version}"}])


def test_a_site_made_again_is_the_one_that_grew(
    publisher: Publisher, grown: dict[str, bytes], s3: "S3Client", objects: Objects
) -> None:
    emptied(s3, objects)
    belong = rebuilt(publisher)
    made = objects.everything()
    assert {key for key in grown.keys() | made.keys() if grown.get(key) != made.get(key)} == set()
    assert belong == set(grown)
    pages = {"papers/2601.99999.html", "papers/2602.12002.html", "archive/2025.html", "search/years/2025.bin"}
    assert pages < belong


def test_the_index_names_what_there_is_whenever_a_rebuild_is_stopped(
    publisher: Publisher, grown: dict[str, bytes], s3: "S3Client", objects: Objects
) -> None:
    emptied(s3, objects)
    for row in publisher.rows.rows():
        rebuild(publisher, str(row.date))
    publisher.edition(DAY)
    named = objects.json(keys.INDEX_KEY)["segments"]
    assert named == ["months/2026-02"]
    rebuild(publisher, "2025-12")
    for name in objects.json(keys.INDEX_KEY)["segments"]:
        assert objects.content(f"search/{name}.bin") == grown[f"search/{name}.bin"]


def test_a_rebuild_of_an_edition_keeps_nothing_of_it_in_memory(publisher: Publisher, days: Days) -> None:
    days.read(DAY, 2)
    rebuild(publisher, str(DAY))
    assert publisher.last == {}


def test_making_a_part_again_writes_nothing_where_nothing_is_missing(publisher: Publisher, days: Days) -> None:
    days.read(DAY, 2)
    publisher.edition(DAY)
    parts = [rebuild(publisher, part) for part in (str(DAY), f"{DAY:%Y-%m}", "site")]
    assert [report.written for report in parts] == [0, 0, 0]


@pytest.mark.parametrize("event", [{"rebuild": "all"}, {"rebuild": ""}, {"rebuild": "2026-2-1"}, {"rebuild": 7}])
def test_what_names_no_part_of_the_site_is_refused_with_what_to_send(event: object) -> None:
    with pytest.raises(InvalidRebuild, match='"rebuild": "2026-02-12"'):
        requested_part(event)


def test_a_day_writes_as_many_objects_in_an_old_archive_as_in_a_new_one(
    publisher: Publisher, days: Days, s3: "S3Client"
) -> None:
    written: list[list[str]] = []
    put: list[str] = []
    before(s3, "PutObject", lambda call: put.append(call["Key"]), times=9999)
    for day in (date(2016, 3, 9), DAY):
        days.read(day - ONE_DAY, 1)
        publisher.edition(day - ONE_DAY)
        put.clear()
        days.read(day, 2)
        publisher.edition(day)
        written.append(sorted(set(put)))
        for number in range(40):
            publisher.rows.put(a_row(date(2016 + number // 4, 4 + 2 * (number % 4), 1)))
    assert len(written[0]) == len(written[1])


class TestTheIndex:
    def test_a_month_is_made_of_its_days_and_a_closed_year_of_its_months(
        self, publisher: Publisher, days: Days, objects: Objects
    ) -> None:
        grown = [date(2025, 11, 3), date(2025, 12, 1), date(2025, 12, 2), date(2026, 1, 5)]
        for day in grown:
            days.read(day, 2)
            publisher.edition(day)
        files = [day_file(publisher.view(day)) for day in grown]
        months = [segment(files[:1]), segment(files[1:3])]
        assert objects.content(keys.month_key("2025-12")) == months[1]
        assert objects.content(keys.year_key("2025")) == merged(months)
        assert objects.json(keys.INDEX_KEY)["segments"] == ["months/2026-01", "years/2025"]

    def test_a_change_in_a_closed_year_reaches_its_segment(
        self, publisher: Publisher, days: Days, objects: Objects
    ) -> None:
        old = date(2025, 11, 3)
        [paper] = days.read(old, 1)
        publisher.edition(old)
        days.read(DAY, 1)
        publisher.edition(DAY)
        found = objects.content(keys.year_key("2025"))
        down = TakeDown(reason="译文有误", at=NOW)
        days.take_down(paper, down)
        publisher.edition(old)
        assert objects.content(keys.year_key("2025")) != found

    def test_a_run_that_was_killed_after_the_month_is_finished_by_the_next(
        self, publisher: Publisher, days: Days, s3: "S3Client", objects: Objects
    ) -> None:
        days.read(DAY, 1)

        kills = iter([Killed()])

        def kill(call: dict[str, str]) -> None:
            if call["Key"] == keys.day_key(DAY) and (killed := next(kills, None)):
                raise killed

        before(s3, "PutObject", kill, times=999)
        with pytest.raises(Killed):
            publisher.edition(DAY)
        publisher.edition(DAY)
        assert objects.content(keys.month_key("2026-02")) == segment([day_file(publisher.view(DAY))])


class TestTakenDown:
    def test_a_reading_that_was_taken_down_says_so_and_stays_down_in_a_rebuilt_site(
        self, aggregate: Aggregate, publisher: Publisher, days: Days, s3: "S3Client", objects: Objects
    ) -> None:
        [paper] = days.read(DAY, 1)
        publisher.edition(DAY)
        down = TakeDown(reason="译文有误", at=NOW + ONE_DAY)
        days.take_down(paper, down)
        aggregate.run([{"PK": f"PAPER#{paper.paper_id}", "SK": "V#1"}])
        for _ in range(2):
            pages = [f"papers/{paper.paper_id}.html", f"editions/{DAY}.html", f"_posts/{DAY}-arxiv.md", "feed.xml"]
            for key in pages:
                assert "译文有误" in objects.text(key), key
                assert "改为计数" not in objects.text(key), key
            assert objects.json(f"papers/{paper.paper_id}.json")["digest"] is None
            counts = objects.json(f"editions/{DAY}.json")["counts"]
            assert (counts["shown"], counts["failed"], counts["taken_down"]) == (1, 1, 1)
            emptied(s3, objects)
            rebuilt(publisher)

    def test_it_is_news_to_feeds_when_it_goes_and_when_it_comes_back(
        self, publisher: Publisher, days: Days, objects: Objects
    ) -> None:
        [paper] = days.read(DAY, 1)
        down, back = TakeDown(reason="译文有误", at=NOW + 9 * ONE_DAY), NOW + 10 * ONE_DAY
        changed = []
        for taken_down in (None, down, down.model_copy(update={"lifted_at": back})):
            days.take_down(paper, taken_down)
            publisher.edition(DAY)
            [item] = objects.json("feed.json")["items"]
            changed.append((item["date_modified"], "改为计数" in item["content_html"]))
        assert [shown for _, shown in changed] == [True, False, True]
        assert changed[1][0] == "2026-02-21T00:50:00Z"
        assert changed[2][0] == "2026-02-22T00:50:00Z"


def test_the_same_failure_again_is_no_news_to_feeds(publisher: Publisher, days: Days, objects: Objects) -> None:
    paper = a_paper()
    days.of(DAY, [paper])
    feeds = []
    for hours in range(3):
        publisher.papers.change(paper.ref, afresh)
        days.fail(paper, NOW + timedelta(hours=hours))
        publisher.edition(DAY)
        feeds.append(objects.content("feed.xml"))
    assert feeds == feeds[:1] * 3
