"""What an AWS in this process was asked for, and the time that its answers took, which is not the product's."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

Headers = dict[str, str]
Answer = tuple[HTTPStatus, Headers, bytes]


class Meter:
    """Requests by names such as `s3:PUT`, and the seconds of processor that answering took."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.seconds = 0.0
        self._lock = threading.Lock()

    def answering(self, answer: Callable[[AWSPreparedRequest], Answer]) -> Any:
        """A handler of botocore's `before-send`, which answers instead of the network."""

        def handle(request: AWSPreparedRequest, **_: Any) -> AWSResponse:
            started = time.thread_time()
            status, headers, body = answer(request)
            response = AWSResponse(request.url, status, HTTPHeaders.from_dict(headers), _Raw(body))
            with self._lock:
                self.seconds += time.thread_time() - started
            return response

        return handle


class _Raw(BytesIO):
    """A body as urllib3 gives it."""

    def stream(self, **_: Any) -> Any:
        yield self.read()


def text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
