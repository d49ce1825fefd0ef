"""Which records of the table's stream reach aggregate: the filter of its event source in infra/template.yaml, again.

A dead letter names the first and the last record of a batch; the stream has all between them, filtered or not.
"""

from collections.abc import Mapping
from typing import Any

_ENDED = {"done", "failed"}


def reaches_aggregate(change: Mapping[str, Any]) -> bool:
    """Of a record, what stands under `dynamodb`."""
    partition, sort = (change["Keys"][name]["S"] for name in ("PK", "SK"))
    if partition.startswith("PAPER#"):
        return sort.startswith("V#") and _is_shown(change.get("NewImage", {}))
    return partition.startswith("EDITION#") or (partition, sort) == ("GATE", "CLAUDE")


def _is_shown(version: Mapping[str, Any]) -> bool:
    """Whether a version's reading ended, or was ever taken down."""
    taken_down = version.get("taken_down", {}).get("M", {})
    return version.get("state", {}).get("S") in _ENDED or "S" in taken_down.get("at", {})
