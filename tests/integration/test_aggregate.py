from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import boto3
import pytest

from arxiv_daily.editions.window import window_of
from arxiv_daily.flow.aggregate import Aggregate
from arxiv_daily.flow.publisher import Publisher
from arxiv_daily.models import Paper, PaperVersion, Probe, Work, WorkState
from arxiv_daily.publishing.bucket import SiteBucket
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.examples import DAY, NOW, a_digest, a_paper, an_entry
from tests.integration.fakes import before
from tests.integration.objects import BUCKET, Objects

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FIRST, SECOND = a_paper("2602.00001"), a_paper("hep-th/9901001")
EDITION = [{"PK": f"EDITION#{DAY}", "SK": "FACTS"}]
POST, PAGE, DATA = f"_posts/{DAY}-arxiv.md", f"editions/{DAY}.html", f"editions/{DAY}.json"

Finish = Callable[[Paper], PaperVersion]


def entered(paper: Paper) -> dict[str, str]:
    return {"PK": f"EDITION#{DAY}", "SK": f"ENTRY#{paper.paper_id}"}


def worked_on(paper: Paper) -> dict[str, str]:
    return {"PK": f"PAPER#{paper.paper_id}", "SK": f"V#{paper.version}"}


@pytest.fixture
def finish(papers: PaperStore) -> Finish:
    """Write a paper's digest, as a worker does."""

    def with_digest(version: PaperVersion) -> PaperVersion:
        return version.model_copy(update={"work": Work(state=WorkState.DONE, ended_at=NOW), "digest": a_digest()})

    return lambda paper: papers.change(paper.ref, with_digest)


@pytest.fixture
def edition(editions: EditionStore, papers: PaperStore) -> None:
    """Two papers that wait to be read."""
    editions.open(DAY, window_of(DAY))
    for paper in (FIRST, SECOND):
        papers.add(paper)
        editions.join(DAY, an_entry(paper))
    editions.record(DAY, Probe(at=NOW, witness="api", seen=2))


@pytest.mark.usefixtures("edition")
class TestAnEdition:
    def test_its_post_page_and_data_appear_and_the_home_page_lists_it(
        self, aggregate: Aggregate, objects: Objects
    ) -> None:
        report = aggregate.run(EDITION)
        assert {POST, PAGE, DATA, "404.html", "index.html", "archive.html", "feed.xml"} < set(objects.listed())
        assert (report.editions, report.papers, report.written) == ((DAY,), (), len(objects.listed()))
        assert PAGE in objects.text("index.html")
        assert all(paper.title in objects.text(POST) for paper in (FIRST, SECOND))

    def test_its_data_tells_how_far_it_is(self, aggregate: Aggregate, objects: Objects, finish: Finish) -> None:
        finish(FIRST)
        aggregate.run(EDITION)
        data = objects.json(DATA)
        assert data["status"] == "filling"
        assert (data["counts"]["shown"], data["counts"]["ready"], data["counts"]["pending"]) == (2, 1, 1)

    def test_a_paper_that_was_read_gets_its_page_and_completes_the_settled_edition(
        self, aggregate: Aggregate, objects: Objects, finish: Finish, editions: EditionStore
    ) -> None:
        aggregate.run(EDITION)
        finish(FIRST)
        finish(SECOND)
        editions.settle(DAY, "listing")
        report = aggregate.run([worked_on(FIRST), worked_on(SECOND)])
        assert (report.editions, report.papers) == ((DAY,), ("2602.00001v1", "hep-th/9901001v1"))
        assert {"papers/2602.00001.html", "papers/2602.00001.json"} < set(objects.listed())
        assert f"../../editions/{DAY}.html" in objects.text("papers/hep-th/9901001.html")
        assert objects.json("papers/hep-th/9901001.json")["edition_date"] == DAY.isoformat()
        assert objects.json(DATA)["status"] == "complete"

    def test_a_paper_that_failed_is_published_with_its_reason(
        self, aggregate: Aggregate, objects: Objects, papers: PaperStore
    ) -> None:
        failed = Work(state=WorkState.FAILED, ended_at=NOW, error="模型拒绝解读这篇论文")
        papers.change(FIRST.ref, lambda version: version.model_copy(update={"work": failed}))
        aggregate.run([worked_on(FIRST)])
        assert all("模型拒绝解读这篇论文" in objects.text(key) for key in (POST, PAGE, "papers/2602.00001.html"))

    def test_running_it_twice_writes_nothing_the_second_time(
        self, aggregate: Aggregate, objects: Objects, finish: Finish
    ) -> None:
        finish(FIRST)
        records = [*EDITION, entered(FIRST), worked_on(FIRST)]
        aggregate.run(records)
        found = objects.everything()
        assert aggregate.run(records).written == 0
        assert objects.everything() == found

    def test_its_data_is_written_last(self, aggregate: Aggregate, s3: "S3Client", finish: Finish) -> None:
        finish(FIRST)
        written: list[str] = []
        before(s3, "PutObject", lambda call: written.append(call["Key"]), times=99)
        aggregate.run([*EDITION, worked_on(FIRST)])
        assert written[-1] == DATA
        assert len(written) == len(set(written))

    def test_a_rendering_that_lands_on_newer_but_equal_bytes_is_found_and_replaced(
        self, aggregate: Aggregate, publisher: Publisher, papers: PaperStore, objects: Objects
    ) -> None:
        """S3 compares bytes: failed, pending, failed again for the same reason looks as if nothing had happened."""

        def fail(rev: int) -> None:
            work = Work(state=WorkState.FAILED, ended_at=NOW, error="x", attempts=rev)
            papers.change(FIRST.ref, lambda version: version.model_copy(update={"work": work}))

        def overtake(_: object) -> None:
            fail(2)
            other.run(EDITION)

        fail(1)
        aggregate.run(EDITION)
        papers.change(FIRST.ref, lambda version: version.model_copy(update={"work": Work()}))
        client = boto3.client("s3")
        other, slow = aggregate, replace(aggregate, publisher=replace(publisher, bucket=SiteBucket(client, BUCKET)))
        before(client, "PutObject", overtake)
        slow.run(EDITION)
        assert objects.json(DATA)["counts"]["failed"] == 1
        assert "未能解读" in objects.text(PAGE)

    def test_so_is_a_papers_page_though_the_edition_shows_no_difference(
        self, aggregate: Aggregate, publisher: Publisher, papers: PaperStore, objects: Objects, finish: Finish
    ) -> None:
        """Read, read otherwise, and read as at first: only the one in between was not the newest."""

        def translate(text: str) -> None:
            digest = a_digest().model_copy(update={"translation": text})
            papers.change(FIRST.ref, lambda version: version.model_copy(update={"digest": digest}))

        def overtake(_: object) -> None:
            translate("甲")
            aggregate.run([worked_on(FIRST)])

        finish(FIRST)
        translate("甲")
        aggregate.run([worked_on(FIRST)])
        translate("乙")
        client = boto3.client("s3")
        slow = replace(aggregate, publisher=replace(publisher, bucket=SiteBucket(client, BUCKET)))
        before(client, "PutObject", overtake)
        slow.run([worked_on(FIRST)])
        assert "甲" in objects.text("papers/2602.00001.html")

    def test_papers_that_join_meanwhile_get_no_page_before_there_is_more_to_show_than_that_they_wait(
        self, aggregate: Aggregate, papers: PaperStore, editions: EditionStore, s3: "S3Client", objects: Objects
    ) -> None:
        waiting, hidden = a_paper("2602.00003"), a_paper("2602.00004")

        def join(_: object) -> None:
            for paper, rule in ((waiting, None), (hidden, "cap")):
                papers.add(paper)
                editions.join(DAY, an_entry(paper, hidden_by=rule))

        before(s3, "PutObject", join)
        aggregate.run(EDITION)
        assert objects.json(DATA)["counts"]["announced"] == 4
        assert [key for key in objects.listed() if key.startswith("papers/")] == []

    def test_a_paper_that_an_edition_shows_as_read_has_its_page_whatever_record_came_first(
        self, aggregate: Aggregate, objects: Objects, finish: Finish
    ) -> None:
        aggregate.run(EDITION)
        finish(FIRST)
        finish(SECOND)
        aggregate.run([worked_on(FIRST)])
        assert objects.json(DATA)["counts"]["ready"] == 2
        assert {f"papers/{paper.paper_id}.html" for paper in (FIRST, SECOND)} <= set(objects.listed())

    def test_records_that_no_page_shows_publish_nothing(self, aggregate: Aggregate, objects: Objects) -> None:
        report = aggregate.run([{"PK": "SITE", "SK": f"EDITION#{DAY}"}, {"PK": "GATE", "SK": "ARXIV"}])
        assert (report.written, objects.listed()) == (0, [])


@pytest.mark.usefixtures("edition")
class TestTwoAtOnce:
    @pytest.mark.parametrize("moment", ["HeadObject", "PutObject"])
    @pytest.mark.parametrize("again", [False, True], ids=["first publication", "later publication"])
    def test_the_one_that_read_an_older_state_never_replaces_the_newer(
        self, aggregate: Aggregate, objects: Objects, finish: Finish, moment: str, again: bool
    ) -> None:
        if again:
            aggregate.run(EDITION)
        finish(FIRST)
        client = boto3.client("s3")
        slow = replace(aggregate, publisher=replace(aggregate.publisher, bucket=SiteBucket(client, BUCKET)))

        def overtake(_: object) -> None:
            finish(SECOND)
            aggregate.run([worked_on(SECOND)])

        before(client, moment, overtake)
        slow.run(EDITION)
        assert objects.json(DATA)["counts"]["ready"] == 2
        assert "正在解读".encode() not in b"".join(objects.everything().values())

    def test_an_older_page_that_comes_last_is_not_published(
        self, aggregate: Aggregate, publisher: Publisher, objects: Objects, finish: Finish, papers: PaperStore
    ) -> None:
        older = publisher.site.paper_objects(papers.version(FIRST.ref), DAY, an_entry(FIRST))
        finish(FIRST)
        aggregate.run([worked_on(FIRST)])
        found = objects.everything()
        assert publisher.bucket.publish_all(older) == 0
        assert objects.everything() == found


class TestOnDemand:
    def test_a_paper_of_no_edition_gets_its_page_in_a_site_that_holds_together(
        self, aggregate: Aggregate, objects: Objects, papers: PaperStore, finish: Finish
    ) -> None:
        papers.add(FIRST)
        finish(FIRST)
        assert aggregate.run([worked_on(FIRST)]).editions == ()
        papers_page = ["papers/2602.00001.html", "papers/2602.00001.json"]
        assert {"404.html", "index.html", "about.html", *papers_page} < set(objects.listed())
        assert objects.json("papers/2602.00001.json")["edition_date"] is None

    def test_when_it_joins_an_edition_later_its_page_links_there(
        self, aggregate: Aggregate, objects: Objects, papers: PaperStore, editions: EditionStore, finish: Finish
    ) -> None:
        papers.add(FIRST)
        finish(FIRST)
        aggregate.run([worked_on(FIRST)])
        editions.open(DAY, window_of(DAY))
        editions.join(DAY, an_entry(FIRST))
        editions.settle(DAY, "listing")
        aggregate.run([entered(FIRST)])
        assert PAGE in objects.text("papers/2602.00001.html")
        assert objects.json(DATA)["status"] == "complete"
