import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from arxiv_daily.editions.window import window_of
from arxiv_daily.flow.aggregate import Aggregate
from arxiv_daily.models import Paper, PaperVersion, Probe, Work, WorkState
from arxiv_daily.publishing.bucket import PublishContended, SiteBucket, SiteObject
from arxiv_daily.publishing.site import Site
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.site import SiteStore
from tests.examples import DAY, NOW, a_digest, a_paper, an_entry
from tests.integration.conftest import BUCKET
from tests.integration.fakes import before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client

FIRST, SECOND = a_paper("2602.00001"), a_paper("hep-th/9901001")
EDITION = [{"PK": f"EDITION#{DAY}", "SK": "FACTS"}]
POST, PAGE, DATA = f"_posts/{DAY}-arxiv.md", f"editions/{DAY}.html", f"editions/{DAY}.json"

Finish = Callable[[Paper], PaperVersion]


def entered(paper: Paper) -> dict[str, str]:
    return {"PK": f"EDITION#{DAY}", "SK": f"ENTRY#{paper.paper_id}"}


def worked_on(paper: Paper) -> dict[str, str]:
    return {"PK": f"PAPER#{paper.paper_id}", "SK": f"V#{paper.version}"}


class Objects:
    """The bucket as a reader finds it."""

    def __init__(self, client: "S3Client") -> None:
        self._client = client

    def keys(self) -> list[str]:
        listed = self._client.list_objects_v2(Bucket=BUCKET)
        return sorted(item["Key"] for item in listed.get("Contents", []))

    def text(self, key: str) -> str:
        return self._client.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode()

    def json(self, key: str) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.text(key))
        return value

    def revision(self, key: str) -> int:
        return int(self._client.head_object(Bucket=BUCKET, Key=key)["Metadata"]["revision"])

    def everything(self) -> dict[str, str]:
        return {key: self.text(key) for key in self.keys()}


@pytest.fixture
def objects(s3: "S3Client") -> Objects:
    return Objects(s3)


@pytest.fixture
def bucket(s3: "S3Client") -> SiteBucket:
    return SiteBucket(s3, BUCKET)


@pytest.fixture
def aggregate(table: "Table", editions: EditionStore, papers: PaperStore, bucket: SiteBucket) -> Aggregate:
    return Aggregate(editions, papers, SiteStore(table), ModelGateStore(table), Site(("cs.SD", "eess.AS")), bucket)


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
        assert objects.keys() == sorted([POST, PAGE, DATA, "404.html", "index.html"])
        assert (report.editions, report.papers, report.written) == ((DAY,), (), 5)
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
        assert {"papers/2602.00001.html", "papers/2602.00001.json"} < set(objects.keys())
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
        assert len(written) == 7

    def test_a_rendering_that_lands_on_newer_but_equal_bytes_is_found_and_replaced(
        self, aggregate: Aggregate, papers: PaperStore, s3: "S3Client", objects: Objects
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
        other, slow = aggregate, replace(aggregate, bucket=SiteBucket(client, BUCKET))
        before(client, "PutObject", overtake)
        slow.run(EDITION)
        assert objects.json(DATA)["counts"]["failed"] == 1
        assert "未能解读" in objects.text(PAGE)

    def test_a_paper_that_an_edition_shows_as_read_has_its_page_whatever_record_came_first(
        self, aggregate: Aggregate, objects: Objects, finish: Finish
    ) -> None:
        aggregate.run(EDITION)
        finish(FIRST)
        finish(SECOND)
        aggregate.run([worked_on(FIRST)])
        assert objects.json(DATA)["counts"]["ready"] == 2
        assert {f"papers/{paper.paper_id}.html" for paper in (FIRST, SECOND)} <= set(objects.keys())

    def test_records_that_no_page_shows_publish_nothing(self, aggregate: Aggregate, objects: Objects) -> None:
        report = aggregate.run([{"PK": "SITE", "SK": f"EDITION#{DAY}"}, {"PK": "GATE", "SK": "ARXIV"}])
        assert (report.written, objects.keys()) == (0, [])


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
        slow = replace(aggregate, bucket=SiteBucket(client, BUCKET))

        def overtake(_: object) -> None:
            finish(SECOND)
            aggregate.run([worked_on(SECOND)])

        before(client, moment, overtake)
        slow.run(EDITION)
        assert objects.json(DATA)["counts"]["ready"] == 2
        assert "正在解读" not in "".join(objects.everything().values())

    def test_an_older_page_that_comes_last_is_not_published(
        self, aggregate: Aggregate, objects: Objects, finish: Finish, bucket: SiteBucket
    ) -> None:
        older = aggregate.site.paper_objects(aggregate.papers.version(FIRST.ref), DAY)
        finish(FIRST)
        aggregate.run([worked_on(FIRST)])
        found = objects.everything()
        assert bucket.publish_all(older) == 0
        assert objects.everything() == found


class TestOnDemand:
    def test_a_paper_of_no_edition_gets_its_page_in_a_site_that_holds_together(
        self, aggregate: Aggregate, objects: Objects, papers: PaperStore, finish: Finish
    ) -> None:
        papers.add(FIRST)
        finish(FIRST)
        assert aggregate.run([worked_on(FIRST)]).editions == ()
        papers_page = ["papers/2602.00001.html", "papers/2602.00001.json"]
        assert objects.keys() == ["404.html", "index.html", *papers_page]
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


def an_object(revision: int, body: bytes = b"body") -> SiteObject:
    return SiteObject(key="index.html", body=body, content_type="text/html; charset=utf-8", revision=revision)


class TestPublishing:
    def test_an_object_has_its_type_and_how_long_it_may_be_kept(self, bucket: SiteBucket, s3: "S3Client") -> None:
        assert bucket.publish(an_object(1))
        head = s3.head_object(Bucket=BUCKET, Key="index.html")
        assert (head["ContentType"], head["CacheControl"]) == ("text/html; charset=utf-8", "public, max-age=60")

    def test_equal_content_of_a_newer_revision_raises_the_stored_revision(
        self, bucket: SiteBucket, objects: Objects
    ) -> None:
        bucket.publish(an_object(1))
        assert bucket.publish(an_object(3))
        assert objects.revision("index.html") == 3
        assert not bucket.publish(an_object(2, b"older"))

    def test_the_same_revision_rendered_anew_replaces_what_lies_there(
        self, bucket: SiteBucket, objects: Objects
    ) -> None:
        bucket.publish(an_object(1))
        assert bucket.publish(an_object(1, b"by a newer template"))
        assert objects.text("index.html") == "by a newer template"

    def test_an_object_that_somebody_else_put_there_is_replaced(
        self, bucket: SiteBucket, s3: "S3Client", objects: Objects
    ) -> None:
        s3.put_object(Bucket=BUCKET, Key="index.html", Body=b"by hand")
        assert bucket.publish(an_object(1))
        assert objects.text("index.html") == "body"

    @pytest.mark.parametrize("lies", [False, True], ids=["nothing there", "something there"])
    def test_a_put_that_was_overtaken_is_looked_at_again(
        self, bucket: SiteBucket, objects: Objects, lies: bool
    ) -> None:
        if lies:
            bucket.publish(an_object(1, b"first"))
        client = boto3.client("s3")
        before(client, "PutObject", lambda _: bucket.publish(an_object(2, b"between")))
        assert SiteBucket(client, BUCKET).publish(an_object(3))
        assert (objects.text("index.html"), objects.revision("index.html")) == ("body", 3)

    def test_an_object_deleted_between_look_and_put_is_put_anew(
        self, bucket: SiteBucket, s3: "S3Client", objects: Objects
    ) -> None:
        bucket.publish(an_object(1, b"first"))
        before(s3, "PutObject", lambda _: s3.delete_object(Bucket=BUCKET, Key="index.html"))
        assert bucket.publish(an_object(2))
        assert objects.text("index.html") == "body"

    def test_a_put_that_is_overtaken_without_end_gives_up(self, bucket: SiteBucket) -> None:
        client, between = boto3.client("s3"), (an_object(number, b"%d" % number) for number in range(99))
        before(client, "PutObject", lambda _: bucket.publish(next(between)), times=99)
        with pytest.raises(PublishContended, match=r"index\.html"):
            SiteBucket(client, BUCKET).publish(an_object(1000))
