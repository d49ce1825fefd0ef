"""A DynamoDB table in this process, as far as stores use one: every condition is taken to hold.

moto's takes a megabyte and tens of milliseconds for a paper that was read.
"""

import json
import re
import threading
from bisect import bisect_left, insort
from collections import defaultdict
from http import HTTPStatus
from typing import Any

from botocore.awsrequest import AWSPreparedRequest

from tests.bench.meter import Answer, Meter, text

Json = dict[str, Any]
_CLAUSE = re.compile(r"(SET|ADD)\s+(.*?)(?=\s+(?:SET|ADD)\s|$)")
_OPERAND = re.compile(r"[#:]\w+")


class MemoryTable:
    """Items lie as the wire brings them, in JSON."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._items: dict[str, dict[str, bytes]] = defaultdict(dict)
        self._sorted: dict[str, list[str]] = defaultdict(list)
        self._lock = threading.Lock()

    def answer(self, request: AWSPreparedRequest) -> Answer:
        """Raises KeyError for an operation that nobody needed so far."""
        operation = text(request.headers["X-Amz-Target"]).rpartition(".")[2]
        asked = json.loads(_bytes(request))
        with self._lock:
            self._meter.counts[f"dynamodb:{operation}"] += 1
            done = {
                "PutItem": self._put,
                "GetItem": self._get,
                "BatchGetItem": self._batch_get,
                "Query": self._query,
                "UpdateItem": self._update,
                "TransactWriteItems": self._transact,
            }[operation](asked)
        return HTTPStatus.OK, {"content-type": "application/x-amz-json-1.0"}, json.dumps(done).encode()

    def _put(self, asked: Json) -> Json:
        item = asked["Item"]
        group, name = item["PK"]["S"], item["SK"]["S"]
        if name not in self._items[group]:
            insort(self._sorted[group], name)
        self._items[group][name] = json.dumps(item).encode()
        return {}

    def _get(self, asked: Json) -> Json:
        item = self._item(asked["Key"])
        return {"Item": item} if item else {}

    def _item(self, key: Json) -> Json | None:
        found = self._items[key["PK"]["S"]].get(key["SK"]["S"])
        item: Json | None = json.loads(found) if found else None
        return item

    def _batch_get(self, asked: Json) -> Json:
        ((table, wanted),) = asked["RequestItems"].items()
        found = [item for key in wanted["Keys"] if (item := self._item(key))]
        if "ProjectionExpression" in wanted:
            names = wanted["ProjectionExpression"].split(", ")
            found = [{name: item[name] for name in names if name in item} for item in found]
        return {"Responses": {table: found}, "UnprocessedKeys": {}}

    def _query(self, asked: Json) -> Json:
        """By `PK = a`, with a beginning of SK or two ends of it."""
        condition = asked["KeyConditionExpression"]
        group, *ends = (
            asked["ExpressionAttributeValues"][name]["S"] for name in _OPERAND.findall(condition) if name[0] == ":"
        )
        names = self._sorted[group]
        if ends:
            last = ends[1] if "BETWEEN" in condition else ends[0] + chr(0x10FFFF)
            names = names[bisect_left(names, ends[0]) : bisect_left(names, last + chr(0))]
        ordered = names if asked.get("ScanIndexForward", True) else names[::-1]
        return {"Items": [json.loads(self._items[group][name]) for name in ordered[: asked.get("Limit")]]}

    def _update(self, asked: Json) -> Json:
        item = self._item(asked["Key"]) or dict(asked["Key"])
        names, values = asked.get("ExpressionAttributeNames", {}), asked["ExpressionAttributeValues"]
        for kind, assignments in _CLAUSE.findall(asked["UpdateExpression"]):
            for assignment in assignments.split(", "):
                path, value = re.split(r" = | ", assignment)
                *outer, last = (names.get(part, part) for part in path.split("."))
                place = item
                for part in outer:
                    place = place[part]["M"]
                added = int(values[value].get("N", 0)) + int(place.get(last, {}).get("N", 0))
                place[last] = {"N": str(added)} if kind == "ADD" else values[value]
        return self._put({"Item": item})

    def _transact(self, asked: Json) -> Json:
        for write in asked["TransactItems"]:
            ((kind, what),) = write.items()
            {"Put": self._put, "Update": self._update}[kind](what)
        return {}


def _bytes(request: AWSPreparedRequest) -> bytes:
    assert isinstance(request.body, bytes)
    return request.body
