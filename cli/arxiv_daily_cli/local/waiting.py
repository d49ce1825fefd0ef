"""Watching an edition fill, through the JSON that it publishes."""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from arxiv_daily_cli.local.running import LocalStack

PATIENCE_SECONDS = 4000.0
"""How long nothing may happen before the wait is given up: an hour, as a server may ask for, and a worker's time."""
_LOOK_EVERY_SECONDS = 0.2

Edition = dict[str, Any]


class NothingHappens(RuntimeError):
    """The edition stopped changing while papers were pending; the message names them."""


def filling(stack: LocalStack, day: str, clock: Callable[[], float] = time.monotonic) -> Iterator[Edition]:
    """Each published state of an edition, until nobody works on anything and no paper of it is pending.

    Raises NothingHappens.
    """
    last: bytes | None = None
    changed = clock()
    while True:
        idle = stack.is_idle()
        if idle:
            stack.publish(day)
        content = stack.read(f"editions/{day}.json")
        if content is not None and content != last:
            last, changed = content, clock()
            yield json.loads(content)
        if idle and last and not json.loads(last)["counts"]["pending"]:
            return
        if clock() - changed > PATIENCE_SECONDS:
            raise NothingHappens(_complaint(day, json.loads(last) if last else None))
        time.sleep(_LOOK_EVERY_SECONDS)


def published(stack: LocalStack, wanted: Edition) -> bool:
    """Wait until a paper's JSON is the wanted one; False when that of a newer version stands there.

    Raises NothingHappens.
    """
    key = f"papers/{wanted['paper_id']}.json"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        content = stack.read(key)
        found = json.loads(content) if content else None
        if found and (found == wanted or found["version"] > wanted["version"]):
            return bool(found == wanted)
        if time.monotonic() > deadline:
            raise NothingHappens(f"{key} was not published in {PATIENCE_SECONDS:.0f} s")
        time.sleep(_LOOK_EVERY_SECONDS)


def _complaint(day: str, edition: Edition | None) -> str:
    if edition is None:
        return f"no page of {day} was published in {PATIENCE_SECONDS:.0f} s"
    pending = [paper["paper_id"] for paper in edition["papers"] if paper["state"] == "pending"]
    return f"nothing changed for {PATIENCE_SECONDS:.0f} s; still pending: {', '.join(pending) or 'papers to come'}"
