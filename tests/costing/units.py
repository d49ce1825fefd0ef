"""DynamoDB's request units, as its developer guide counts them ("Read and write operations", "Item sizes")."""

import base64
import math
from collections.abc import Callable, Mapping
from typing import Any

Json = dict[str, Any]

_READ_BYTES = 4096
_ELEMENT_BYTES, _COLLECTION_BYTES = 1, 3
_DIGITS_PER_BYTE = 2


def item_bytes(item: Mapping[str, Json]) -> int:
    """The size of an item in the wire format: names and values in UTF-8."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def read_units(operation: str, request: Json, answer: Json) -> int:
    """Of a strongly consistent read: one for each 4 kB begun, for an item that is not there as well.

    A query is charged for the sum of what it read, the others item by item.
    """
    match operation:
        case "GetItem":
            return _units(item_bytes(answer.get("Item", {})))
        case "Query":
            return _units(sum(map(item_bytes, answer["Items"])))
        case "BatchGetItem":
            return sum(_batch_units(len(one["Keys"]), answer["Responses"][name]) for name, one in _tables(request))
    raise NotImplementedError(operation)


def refused_write_units(operation: str, request: Json) -> int:
    """Of a write whose condition did not hold, taken as the least that it costs: two for each item of a transaction."""
    return 2 * len(request["TransactItems"]) if operation == "TransactWriteItems" else 1


def _tables(request: Json) -> list[tuple[str, Json]]:
    return list(request["RequestItems"].items())


def _batch_units(wanted: int, found: list[Json]) -> int:
    return sum(_units(item_bytes(item)) for item in found) + wanted - len(found)


def _units(size: int) -> int:
    return max(1, math.ceil(size / _READ_BYTES))


def _value_bytes(value: Json) -> int:
    [(kind, content)] = value.items()
    return _BYTES[kind](content)


def _number_bytes(number: str) -> int:
    return math.ceil(len(number.lstrip("-").replace(".", "")) / _DIGITS_PER_BYTE) + 1


def _map_bytes(content: Mapping[str, Json]) -> int:
    return _COLLECTION_BYTES + _ELEMENT_BYTES * len(content) + item_bytes(content)


_BYTES: dict[str, Callable[[Any], int]] = {
    "S": lambda text: len(text.encode()),
    "N": _number_bytes,
    "B": lambda encoded: len(base64.b64decode(encoded)),
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "L": lambda values: _COLLECTION_BYTES + sum(_ELEMENT_BYTES + _value_bytes(one) for one in values),
    "M": _map_bytes,
    "SS": lambda texts: sum(len(one.encode()) for one in texts),
    "NS": lambda numbers: sum(map(_number_bytes, numbers)),
}
"""By the name of the type in the wire format."""
