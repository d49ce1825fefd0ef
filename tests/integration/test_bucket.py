"""How an object is put: the newest revision wins, whoever comes last."""

from typing import TYPE_CHECKING

import boto3
import pytest

from arxiv_daily.publishing.assets import asset_objects
from arxiv_daily.publishing.bucket import PublishContended, SiteBucket, SiteObject
from tests.integration.fakes import before
from tests.integration.objects import BUCKET, Objects

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def an_object(revision: int, body: bytes = b"body") -> SiteObject:
    return SiteObject(key="index.html", body=body, content_type="text/html; charset=utf-8", revision=revision)


def test_an_object_has_its_type_and_how_long_it_may_be_kept(bucket: SiteBucket, s3: "S3Client") -> None:
    assert bucket.publish(an_object(1))
    head = s3.head_object(Bucket=BUCKET, Key="index.html")
    assert (head["ContentType"], head["CacheControl"]) == (
        "text/html; charset=utf-8",
        "public, max-age=60, s-maxage=60",
    )


def test_equal_content_of_a_newer_revision_raises_the_stored_revision(bucket: SiteBucket, objects: Objects) -> None:
    bucket.publish(an_object(1))
    assert bucket.publish(an_object(3))
    assert objects.revision("index.html") == 3
    assert not bucket.publish(an_object(2, b"older"))


def test_the_same_revision_rendered_anew_replaces_what_lies_there(bucket: SiteBucket, objects: Objects) -> None:
    bucket.publish(an_object(1))
    assert bucket.publish(an_object(1, b"by a newer template"))
    assert objects.text("index.html") == "by a newer template"


def test_an_object_that_somebody_else_put_there_is_replaced(
    bucket: SiteBucket, s3: "S3Client", objects: Objects
) -> None:
    s3.put_object(Bucket=BUCKET, Key="index.html", Body=b"by hand")
    assert bucket.publish(an_object(1))
    assert objects.text("index.html") == "body"


@pytest.mark.parametrize("lies", [False, True], ids=["nothing there", "something there"])
def test_a_put_that_was_overtaken_is_looked_at_again(bucket: SiteBucket, objects: Objects, lies: bool) -> None:
    if lies:
        bucket.publish(an_object(1, b"first"))
    client = boto3.client("s3")
    before(client, "PutObject", lambda _: bucket.publish(an_object(2, b"between")))
    assert SiteBucket(client, BUCKET).publish(an_object(3))
    assert (objects.text("index.html"), objects.revision("index.html")) == ("body", 3)


def test_an_object_deleted_between_look_and_put_is_put_anew(
    bucket: SiteBucket, s3: "S3Client", objects: Objects
) -> None:
    bucket.publish(an_object(1, b"first"))
    before(s3, "PutObject", lambda _: s3.delete_object(Bucket=BUCKET, Key="index.html"))
    assert bucket.publish(an_object(2))
    assert objects.text("index.html") == "body"


def test_a_put_that_is_overtaken_without_end_gives_up(bucket: SiteBucket) -> None:
    client, between = boto3.client("s3"), (an_object(number, b"%d" % number) for number in range(99))
    before(client, "PutObject", lambda _: bucket.publish(next(between)), times=99)
    with pytest.raises(PublishContended, match=r"index\.html"):
        SiteBucket(client, BUCKET).publish(an_object(1000))


def test_an_asset_is_named_by_its_content_and_kept_for_ever(bucket: SiteBucket, s3: "S3Client") -> None:
    [style] = [item for item in asset_objects() if item.key.endswith(".css")]
    bucket.publish(style)
    assert "immutable" in s3.head_object(Bucket=BUCKET, Key=style.key)["CacheControl"]


def test_what_did_not_change_is_not_read_again(bucket: SiteBucket, s3: "S3Client") -> None:
    asked: list[str] = []
    before(s3, "GetObject", lambda call: asked.append(call["Key"]), times=9)
    for key in ("days/1", "days/2", "other/1"):
        bucket.publish(SiteObject(key=key, body=b"1", content_type="text/plain", revision=1))
    assert set(bucket.read_all("days/")) == {"days/1", "days/2"}
    bucket.publish(SiteObject(key="days/2", body=b"2", content_type="text/plain", revision=7))
    found = bucket.read_all("days/")
    assert (found["days/2"].body, found["days/2"].revision) == (b"2", 7)
    assert asked == ["days/1", "days/2", "days/2"]


def test_a_bucket_notes_the_keys_of_what_was_to_be_published(bucket: SiteBucket) -> None:
    bucket.publish(an_object(1))
    noting = bucket.afresh()
    assert not noting.publish(an_object(1))
    assert (noting.keys, bucket.afresh().keys) == ({"index.html"}, set())
