"""The bucket as a reader finds it."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

BUCKET = "site-bucket"


class Objects:
    def __init__(self, client: "S3Client") -> None:
        self._client = client

    def listed(self) -> list[str]:
        listed = self._client.list_objects_v2(Bucket=BUCKET)
        return sorted(item["Key"] for item in listed.get("Contents", []))

    def content(self, key: str) -> bytes:
        return self._client.get_object(Bucket=BUCKET, Key=key)["Body"].read()

    def text(self, key: str) -> str:
        return self.content(key).decode()

    def json(self, key: str) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.text(key))
        return value

    def revision(self, key: str) -> int:
        return int(self._client.head_object(Bucket=BUCKET, Key=key)["Metadata"]["revision"])

    def everything(self) -> dict[str, bytes]:
        return {key: self.content(key) for key in self.listed()}
