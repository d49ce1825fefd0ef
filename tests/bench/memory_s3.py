"""A bucket in this process: conditional puts and listings, with the bodies in a folder. moto's takes longer for a call
than publishing does."""

import hashlib
import threading
from bisect import bisect_left, insort
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from botocore.awsrequest import AWSPreparedRequest

from tests.bench.meter import Answer, Headers, Meter, text
from tests.integration.objects import BUCKET

_META = "x-amz-meta-"
_PAGE = 1000


class MemoryS3:
    """A bucket with conditional puts; bodies lie in a folder."""

    def __init__(self, folder: Path, meter: Meter) -> None:
        self._folder, self._meter = folder, meter
        self._heads: dict[str, Headers] = {}
        self.keys: list[str] = []
        self._lock = threading.Lock()

    def place(self, key: str, body: bytes = b"") -> None:
        """Put an object without a request."""
        self._write(key, body, {f"{_META}revision": "1"})

    def answer(self, request: AWSPreparedRequest) -> Answer:
        parts = urlsplit(request.url)
        key = unquote(parts.path.removeprefix(f"/{BUCKET}").removeprefix("/"))
        query = parse_qs(parts.query, keep_blank_values=True)
        headers = {name.lower(): text(value) for name, value in request.headers.items()}
        with self._lock:
            self._meter.counts[f"s3:{request.method if key else 'LIST'}"] += 1
            if not key:
                return self._list(query.get("prefix", [""])[0], query.get("continuation-token", [""])[0])
            if request.method == "PUT":
                return self._put(key, request.body, headers)
            head = self._heads.get(key)
            if head is None:
                return _error(HTTPStatus.NOT_FOUND, "NoSuchKey")
            body = b"" if request.method == "HEAD" else self._path(key).read_bytes()
            return HTTPStatus.OK, head, body

    def _put(self, key: str, body: object, headers: Headers) -> Answer:
        lies = self._heads.get(key)
        if ("if-none-match" in headers and lies) or headers.get("if-match", _etag(lies)) != _etag(lies):
            return _error(HTTPStatus.PRECONDITION_FAILED, "PreconditionFailed")
        content = body if isinstance(body, bytes) else body.read()  # type: ignore[attr-defined]  # a file
        self._write(key, content, {name: value for name, value in headers.items() if name.startswith(_META)})
        return HTTPStatus.OK, {"etag": _etag(self._heads[key])}, b""

    def _write(self, key: str, body: bytes, meta: Headers) -> None:
        self._path(key).write_bytes(body)
        if key not in self._heads:
            insort(self.keys, key)
        etag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
        self._heads[key] = {**meta, "etag": etag, "content-length": str(len(body))}

    def _list(self, prefix: str, after: str) -> Answer:
        start = bisect_left(self.keys, after or prefix)
        found = [key for key in self.keys[start : start + _PAGE + 1] if key.startswith(prefix)]
        more = f"<NextContinuationToken>{escape(found[_PAGE])}</NextContinuationToken>" if found[_PAGE:] else ""
        listed = "".join(
            f"<Contents><Key>{escape(key)}</Key><ETag>{escape(_etag(self._heads[key]))}</ETag></Contents>"
            for key in found[:_PAGE]
        )
        self._meter.counts["listed keys"] += len(found[:_PAGE])
        cut = str(bool(more)).lower()
        text = f"<ListBucketResult><IsTruncated>{cut}</IsTruncated>{more}{listed}</ListBucketResult>"
        return HTTPStatus.OK, {"content-type": "application/xml"}, text.encode()

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()


def _etag(head: Headers | None) -> str:
    return head["etag"] if head else ""


def _error(status: HTTPStatus, code: str) -> Answer:
    text = f"<Error><Code>{code}</Code><Message>{code}</Message></Error>"
    return status, {"content-type": "application/xml"}, text.encode()
