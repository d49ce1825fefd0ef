"""Watching an edition fill, through the JSON that it publishes."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from arxiv_daily_cli.local.running import LocalStack

PATIENCE_SECONDS = 900.0
"""How long nothing may happen before the wait is given up: more than a worker's time and its lease."""
_LOOK_EVERY_SECONDS = 0.2

Edition = dict[str, Any]


class NothingHappens(RuntimeError):
    """The edition stopped changing while papers were pending; the message names them."""


def filling(
    stack: LocalStack, day: str, expected: int, clock: Callable[[], float] = time.monotonic
) -> Iterator[Edition]:
    """Each published state of an edition, until all `expected` papers are in it and none is pending.

    Raises NothingHappens.
    """
    last: bytes | None = None
    changed = clock()
    while True:
        content = stack.read(f"editions/{day}.json")
        if content is not None and content != last:
            last, changed = content, clock()
            edition: Edition = json.loads(content)
            yield edition
            if _is_final(edition, expected):
                return
        if clock() - changed > PATIENCE_SECONDS:
            raise NothingHappens(_complaint(day, json.loads(last) if last else None))
        time.sleep(_LOOK_EVERY_SECONDS)


def published(stack: LocalStack, key: str, wanted: Edition) -> None:
    """Wait until the JSON at `key` is the wanted one. Raises NothingHappens."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (content := stack.read(key)) is None or json.loads(content) != wanted:
        if time.monotonic() > deadline:
            raise NothingHappens(f"{key} was not published in {PATIENCE_SECONDS:.0f} s")
        time.sleep(_LOOK_EVERY_SECONDS)


def _is_final(edition: Edition, expected: int) -> bool:
    counts = edition["counts"]
    return edition["status"] != "waiting" and counts["announced"] >= expected and not counts["pending"]


def _complaint(day: str, edition: Edition | None) -> str:
    if edition is None:
        return f"no page of {day} was published in {PATIENCE_SECONDS:.0f} s"
    pending = [paper["paper_id"] for paper in edition["papers"] if paper["state"] == "pending"]
    return f"nothing changed for {PATIENCE_SECONDS:.0f} s; still pending: {', '.join(pending) or 'papers to come'}"
