"""A relay between a function and the embedded AWS that counts what AWS would charge for."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any
from urllib.parse import parse_qs, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from arxiv_daily_cli.local.engine import REGION
from arxiv_daily_cli.standins.server import HOST, Handler, Server
from tests.costing.units import read_units, refused_write_units

Counts = Counter[str]
"""Calls by `service:Operation`, and besides `read_units`, `write_units` and `put_bytes`."""

_SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/(?P<service>[^/]+)/aws4_request")
_NOT_PASSED_ON = {"connection", "content-length", "expect", "transfer-encoding"}
_WRITES = {"DeleteItem", "PutItem", "TransactWriteItems", "UpdateItem"}
_READS = {"BatchGetItem", "GetItem", "Query"}


class _Relay(Handler):
    """Passes every request on to one address; subclassed with it and the counts by relay()."""

    target: str
    counts: Counts
    lock: threading.Lock

    def handle_expect_100(self) -> bool:
        """Says at once that the body may come: S3's client waits for that."""
        goes_on = super().handle_expect_100()
        self.wfile.flush()
        return goes_on

    def handle_any(self) -> None:
        body = self.read_body()
        service = self._service()
        operation = self._operation(body)
        if service == "dynamodb" and operation in _WRITES:
            body = json.dumps(json.loads(body) | {"ReturnConsumedCapacity": "TOTAL"}).encode()
            status, headers, answer = self._pass_on(body, _signed(self._headers(), self.target, body))
        else:
            status, headers, answer = self._pass_on(body, self._headers())
        with self.lock:
            self.counts[f"{service}:{operation}"] += 1
            if service == "dynamodb":
                self.counts.update(_request_units(operation, json.loads(body), status, json.loads(answer)))
            if operation == "PutObject":
                self.counts["put_bytes"] += len(body)
        self._answer(status, headers, answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any

    def _headers(self) -> dict[str, str]:
        """With the host as the function signed it."""
        return {name: value for name, value in self.headers.items() if name.lower() not in _NOT_PASSED_ON}

    def _pass_on(self, body: bytes, headers: dict[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = HTTPConnection(self.target, timeout=300)
        try:
            connection.request(self.command, self.path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _NOT_PASSED_ON or (self.command == "HEAD" and name.lower() == "content-length"):
                self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _service(self) -> str:
        scope = _SCOPE.search(self.headers.get("Authorization") or "")
        return scope["service"] if scope else "unsigned"

    def _operation(self, body: bytes) -> str:
        """By the header of the JSON protocols, the body of the query protocol, or as S3 is asked."""
        if target := self.headers.get("X-Amz-Target"):
            return str(target).rpartition(".")[2]
        if (self.headers.get("Content-Type") or "").startswith("application/x-www-form-urlencoded"):
            return parse_qs(body.decode())["Action"][0]
        bucket_only = urlsplit(self.path).path.strip("/").count("/") == 0
        return f"{self.command.title()}{'Bucket' if bucket_only else 'Object'}"


def _signed(headers: dict[str, str], target: str, body: bytes) -> dict[str, str]:
    """The headers of a changed request to DynamoDB, signed anew as the engine's owner."""
    kept = {name: headers[name] for name in ("X-Amz-Target", "Content-Type")}
    request = AWSRequest("POST", f"http://{target}/", data=body, headers=kept)
    SigV4Auth(Credentials("test", "test"), "dynamodb", REGION).add_auth(request)
    return dict(request.headers)


def _request_units(operation: str, request: Any, status: int, answer: Any) -> dict[str, int]:
    if operation in _READS:
        return {"read_units": read_units(operation, request, answer)}
    if status != HTTPStatus.OK:
        return {"write_units": refused_write_units(operation, request)}
    consumed = answer["ConsumedCapacity"]
    tables = consumed if isinstance(consumed, list) else [consumed]
    return {"write_units": int(sum(one["CapacityUnits"] for one in tables))}


@contextmanager
def relay(endpoint: str) -> Iterator[tuple[str, Counts]]:
    """An address that leads to the endpoint, and what was counted there so far."""
    counts: Counts = Counter()
    fields = {"target": urlsplit(endpoint).netloc, "counts": counts, "lock": threading.Lock()}
    with Server((HOST, 0), type("OneRelay", (_Relay,), fields)) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://{HOST}:{server.server_port}", counts
        server.shutdown()
