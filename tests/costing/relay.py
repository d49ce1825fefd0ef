"""A relay between a function and the embedded AWS that counts what AWS would charge for."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from tests.costing.units import read_units, refused_write_units
from tests.relaying import Relaying, relaying

Counts = Counter[str]
"""Calls by `service:Operation`, and besides `read_units`, `write_units` and `put_bytes`."""

_WRITES = {"DeleteItem", "PutItem", "TransactWriteItems", "UpdateItem"}
_READS = {"BatchGetItem", "GetItem", "Query"}


class _Counting(Relaying):
    """Passes every request on; writes to the table are asked to say their units."""

    counts: Counts
    lock: threading.Lock

    def relayed(self, body: bytes) -> None:
        service, operation = self.service, self.operation(body)
        if service == "dynamodb" and operation in _WRITES:
            body = json.dumps(json.loads(body) | {"ReturnConsumedCapacity": "TOTAL"}).encode()
            answer = self.pass_on_changed(body)
        else:
            answer = self.pass_on(body)
        with self.lock:
            self.counts[f"{service}:{operation}"] += 1
            if service == "dynamodb":
                units = _request_units(operation, json.loads(body), answer.status, json.loads(answer.body))
                self.counts.update(units)
            if operation == "PutObject":
                self.counts["put_bytes"] += len(body)
        self.answer(answer)


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
    with relaying(_Counting, endpoint, counts=counts, lock=threading.Lock()) as address:
        yield address, counts
