"""The bucket of the site: the newest revision of an object wins, whoever comes last."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from arxiv_daily.models import Value

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectOutputTypeDef

_TRIES = 8
CONFIG = Config(request_checksum_calculation="when_required")
"""Without the default's CRC-32, botocore signs the SHA-256 of what is put, which S3 compares with what arrives."""
_SHORT = "public, max-age=60, s-maxage=60"
_FOR_EVER = "public, max-age=31536000, immutable"
_REVALIDATED = "no-cache"
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

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, as 64 hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def cache_control(self) -> str:
        """Assets are named by their content and kept for ever; everything else is asked for again after a minute.

        Of the search's segments browsers read ranges, which must all be of one version.
        """
        if self.key.startswith("assets/"):
            return _FOR_EVER
        return _REVALIDATED if self.key.startswith("search/") else _SHORT


class Published(Value):
    """What lies in the bucket under a key."""

    body: bytes
    revision: int


class SiteBucket:
    def __init__(self, client: "S3Client", name: str) -> None:
        self._client = client
        self._name = name
        self.keys: set[str] = set()
        """Of everything that was to be published by this one, whether it had to be written or not."""
        self._read: dict[str, tuple[str, Published]] = {}
        """What read_all read the last time, with its ETag."""
        self._constant: set[tuple[str, str]] = set()
        """Keys and digests of what never changes and was found in its place."""

    def afresh(self) -> "SiteBucket":
        """For a run of its own: it notes keys anew, and looks again for what never changes."""
        fresh = SiteBucket(self._client, self._name)
        fresh._read = self._read
        return fresh

    def publish_all(self, objects: Iterable[SiteObject], *, new: bool = False) -> int:
        """Publish in the given order; the number of objects written."""
        return sum(self.publish(item, new=new) for item in objects)

    def publish(self, item: SiteObject, *, new: bool = False) -> bool:
        """Put an object, unless the same or a newer one lies there; whether it was written.

        Where nothing should lie yet (`new`), it is put at once, and looked for only if S3 says that something does.
        Equal content of a newer revision is written too: its revision keeps older renderings out. What has the
        revision 0 is the same on every day, and looked for once.
        Raises PublishContended.
        """
        self.keys.add(item.key)
        if (item.key, item.digest) in self._constant:
            return False
        if new and self._put(item, None):
            return True
        for _ in range(_TRIES):
            lies = self._head(item.key)
            if lies is not None and _makes_superfluous(lies, item):
                if item.revision == 0:
                    self._constant.add((item.key, item.digest))
                return False
            if self._put(item, lies):
                return True
        raise PublishContended(f"{item.key}: {_TRIES} puts in a row were overtaken; the stream tries again")

    def read(self, key: str) -> Published | None:
        """What lies there; None when nothing does."""
        try:
            found = self._client.get_object(Bucket=self._name, Key=key)
            return Published(body=found["Body"].read(), revision=_revision(found["Metadata"]))
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _MISSING:
                return None
            raise

    def listed(self, prefix: str) -> dict[str, str]:
        """The ETags of what lies under keys that begin so, by key."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._name, Prefix=prefix)
        return {item["Key"]: item["ETag"] for page in pages for item in page.get("Contents", [])}

    def revision(self, key: str) -> int:
        """That of what lies there; older than anything when nothing does."""
        lies = self._head(key)
        return _revision(lies["Metadata"] if lies else {})

    def read_all(self, prefix: str) -> dict[str, Published]:
        """What lies under keys that begin so; what did not change since the last time is not read again."""
        listed = self.listed(prefix)
        for key in self._read.keys() - listed.keys():
            del self._read[key]
        for key, etag in listed.items():
            if self._read.get(key, ("",))[0] != etag and (lies := self.read(key)):
                self._read[key] = etag, lies
        return {key: lies for key, (_, lies) in self._read.items()}

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
                CacheControl=item.cache_control,
                Metadata={"revision": str(item.revision), "sha256": item.digest},
                **condition,  # type: ignore[arg-type]  # one of two optional text arguments
            )
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _OVERTAKEN:
                return False
            raise
        return True


def _makes_superfluous(lies: "HeadObjectOutputTypeDef", item: SiteObject) -> bool:
    revision = _revision(lies["Metadata"])
    same = revision == item.revision and lies["Metadata"].get("sha256") == item.digest
    return same or revision > item.revision


def _revision(metadata: Mapping[str, str]) -> int:
    """Older than anything when none is stated."""
    return int(metadata.get("revision", -1))


def connect(name: str) -> SiteBucket:
    """The bucket, with the region, credentials and endpoint of the environment."""
    return SiteBucket(boto3.client("s3", config=CONFIG), name)
