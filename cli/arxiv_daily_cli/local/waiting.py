"""Watching an edition fill, through the JSON that it publishes."""

import json
import time
from collections.abc import Iterator
from typing import Any

from arxiv_daily_cli.local.running import LocalStack

PATIENCE_SECONDS = 4000.0
"""How long nothing may happen before the wait is given up: an hour, as a server may ask for, and a worker's time."""
_LOOK_EVERY_SECONDS = 0.2

Edition = dict[str, Any]


class NothingHappens(RuntimeError):
    """What was waited for will not come, or did not for very long; the message says what."""


def filling(stack: LocalStack, day: str) -> Iterator[Edition]:
    """Each published state of an edition, until nobody works on anything.

    Raises NothingHappens, also when papers are pending and no message for them is left.
    """
    last: bytes | None = None
    changed = time.monotonic()
    while True:
        idle = stack.is_idle()
        if idle:
            stack.publish(day)
        content = stack.read(f"editions/{day}.json")
        if content is not None and content != last:
            last, changed = content, time.monotonic()
            yield json.loads(content)
        if idle:
            return _refuse_pending(json.loads(last or b"{}"))
        if time.monotonic() - changed > PATIENCE_SECONDS:
            raise NothingHappens(f"nothing of {day} was published for {PATIENCE_SECONDS:.0f} s")
        time.sleep(_LOOK_EVERY_SECONDS)


def _refuse_pending(edition: Edition) -> None:
    pending = [paper["paper_id"] for paper in edition["papers"] if paper["state"] == "pending"]
    if pending:
        raise NothingHappens(f"no message is left for {', '.join(pending)}; with --state, the next run sends new ones")


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
