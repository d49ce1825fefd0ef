"""What hands the table's changes to aggregate as Lambda does: filtered, a window long, up to a hundred at a time.

The engine knows no window, and hands out no message of a queue while aggregate runs; AWS does both at once.
"""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from arxiv_daily_cli.deployed.redrive.filtering import reaches_aggregate
from tests.e2e.conftest import Json, Stack

_BATCH, _MORE_TRIES = 100, 10
"""The template's."""


class Changes:
    """Of a stack's table, from when this was made."""

    def __init__(self, stack: Stack) -> None:
        self._client = stack.client("dynamodbstreams")
        (stream,) = self._client.list_streams(TableName=stack.outputs["TableName"])["Streams"]
        (shard,) = self._client.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]["Shards"]
        self._iterator = self._client.get_shard_iterator(
            StreamArn=stream["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="LATEST"
        )["ShardIterator"]

    def next(self) -> list[Json]:
        """Records of those that pages show, since the last time."""
        found: list[Json] = []
        while records := self._read():
            changes: list[Any] = [record["dynamodb"] for record in records]
            found += [{"dynamodb": {"Keys": one["Keys"]}} for one in changes if reaches_aggregate(one)]
        return found

    def _read(self) -> list[Json]:
        answer = self._client.get_records(ShardIterator=self._iterator)
        self._iterator = answer["NextShardIterator"]
        records: list[Json] = answer["Records"]
        return records


class NotPublished(Exception):
    """aggregate failed as often as the template lets Lambda try; its error."""


@contextmanager
def windowed(stack: Stack, seconds: float) -> Iterator[None]:
    """Let aggregate have the changes that are made within the block every so many seconds, and the last at its end.

    Raises NotPublished at its end.
    """
    changes, over = Changes(stack), threading.Event()

    def hand_over() -> None:
        records = changes.next()
        for start in range(0, len(records), _BATCH):
            _publish(stack, records[start : start + _BATCH])

    def serve() -> None:
        while not over.wait(seconds):
            hand_over()

    stack.hold_the_stream()
    with ThreadPoolExecutor(1) as threads:
        serving = threads.submit(serve)
        try:
            yield
        finally:
            over.set()
        serving.result()
    hand_over()


def _publish(stack: Stack, records: list[Json]) -> None:
    for _ in range(1 + _MORE_TRIES):
        answer = stack.invoke("AggregateFunctionName", {"Records": records})
        if "errorType" not in answer:
            return
    raise NotPublished(answer)
