"""The bucket of the site: the newest revision of an object wins, whoever comes last."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

from arxiv_daily.models import Value

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef

_TRIES = 8
_CACHE_CONTROL = "public, max-age=60"
_MISSING = {"404", "NoSuchKey"}
_OVERTAKEN = {"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"}
"""The last when the object that we looked at was deleted since."""


class PublishContended(Exception):
    """Others wrote the object again and again between our look at it and our put."""


class SiteObject(Value):
    """One file of the site. Of two renderings of the same key, the one of the larger revision is newer."""

    key: str
    body: bytes
    content_type: str
    revision: int

    @property
    def digest(self) -> str:
        """SHA-256 of the content, as 64 hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()


class SiteBucket:
    def __init__(self, client: "S3Client", name: str) -> None:
        self._client = client
        self._name = name

    def publish_all(self, objects: Iterable[SiteObject]) -> int:
        """Publish in the given order; the number of objects written."""
        return sum(self.publish(item) for item in objects)

    def publish(self, item: SiteObject) -> bool:
        """Put an object, unless the same or a newer one lies there; whether it was written.

        Equal content of a newer revision is written too: its revision keeps older renderings out.
        Raises PublishContended.
        """
        for _ in range(_TRIES):
            lies = self._head(item.key)
            if lies is not None and _makes_superfluous(lies, item):
                return False
            if self._put(item, lies):
                return True
        raise PublishContended(f"{item.key}: {_TRIES} puts in a row were overtaken; the stream tries again")

    def read(self, key: str) -> bytes | None:
        """What lies there; None when nothing does."""
        try:
            return self._client.get_object(Bucket=self._name, Key=key)["Body"].read()
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _MISSING:
                return None
            raise

    def _head(self, key: str) -> "HeadObjectOutputTypeDef | None":
        try:
            return self._client.head_object(Bucket=self._name, Key=key)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _MISSING:
                return None
            raise

    def _put(self, item: SiteObject, lies: "HeadObjectOutputTypeDef | None") -> bool:
        condition = {"IfNoneMatch": "*"} if lies is None else {"IfMatch": lies["ETag"]}
        try:
            self._client.put_object(
                Bucket=self._name,
                Key=item.key,
                Body=item.body,
                ContentType=item.content_type,
                CacheControl=_CACHE_CONTROL,
                Metadata={"revision": str(item.revision), "sha256": item.digest},
                **condition,  # type: ignore[arg-type]  # one of two optional text arguments
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _OVERTAKEN:
                return False
            raise
        return True


def _makes_superfluous(lies: "HeadObjectOutputTypeDef", item: SiteObject) -> bool:
    revision = int(lies["Metadata"].get("revision", -1))
    same = revision == item.revision and lies["Metadata"].get("sha256") == item.digest
    return same or revision > item.revision


def connect(name: str) -> SiteBucket:
    """The bucket, with the region, credentials and endpoint of the environment."""
    return SiteBucket(boto3.client("s3"), name)
