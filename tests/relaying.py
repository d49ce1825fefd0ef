"""Passing on what a function asks of AWS: what a relay between it and the embedded AWS can look at, and change."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from arxiv_daily_cli.local.engine import REGION
from arxiv_daily_cli.standins.server import HOST, Handler, Server

_SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/(?P<service>[^/]+)/aws4_request")
_NOT_PASSED_ON = {"connection", "content-length", "expect", "transfer-encoding"}


class Answer(NamedTuple):
    """What the embedded AWS said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Relaying(Handler):
    """Reads a request, which `relayed` may pass on and answer; subclassed with its fields by relaying()."""

    target: str
    """Host and port of the embedded AWS."""

    def relayed(self, body: bytes) -> None:
        """Deal with one request."""
        self.answer(self.pass_on(body))

    def handle_expect_100(self) -> bool:
        """Says at once that the body may come: S3's client waits for that."""
        goes_on = super().handle_expect_100()
        self.wfile.flush()
        return goes_on

    def handle_any(self) -> None:
        self.relayed(self.read_body())

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any

    def pass_on(self, body: bytes, headers: dict[str, str] | None = None) -> Answer:
        """With the host as the function signed it, unless other headers are given."""
        sent = {name: value for name, value in self.headers.items() if name.lower() not in _NOT_PASSED_ON}
        connection = HTTPConnection(self.target, timeout=300)
        try:
            connection.request(self.command, self.path, body or None, sent if headers is None else headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def pass_on_changed(self, body: bytes) -> Answer:
        """Another body than the function's, of one of the JSON protocols, signed anew as the engine's owner."""
        kept = {name: self.headers[name] for name in ("X-Amz-Target", "Content-Type")}
        request = AWSRequest("POST", f"http://{self.target}/", data=body, headers=kept)
        SigV4Auth(Credentials("test", "test"), self.service, REGION).add_auth(request)
        return self.pass_on(body, dict(request.headers))

    def answer(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            if name.lower() not in _NOT_PASSED_ON or (self.command == "HEAD" and name.lower() == "content-length"):
                self.send_header(name, value)
        if self.command != "HEAD":
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    @property
    def service(self) -> str:
        """As in the signature: dynamodb, s3, sqs."""
        scope = _SCOPE.search(self.headers.get("Authorization") or "")
        return scope["service"] if scope else "unsigned"

    def operation(self, body: bytes) -> str:
        """By the header of the JSON protocols, the body of the query protocol, or as S3 is asked."""
        if target := self.headers.get("X-Amz-Target"):
            return str(target).rpartition(".")[2]
        if (self.headers.get("Content-Type") or "").startswith("application/x-www-form-urlencoded"):
            return parse_qs(body.decode())["Action"][0]
        bucket_only = urlsplit(self.path).path.strip("/").count("/") == 0
        return f"{self.command.title()}{'Bucket' if bucket_only else 'Object'}"


@contextmanager
def relaying(handler: type[Relaying], endpoint: str, **fields: Any) -> Iterator[str]:
    """An address that leads to the endpoint through a handler with these fields."""
    named = {"target": urlsplit(endpoint).netloc, **fields}
    with Server((HOST, 0), type("OneRelay", (handler,), named)) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
