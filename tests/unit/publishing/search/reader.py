"""A reader of segments after their description, independent of the code that writes them."""

import json
import struct
import zlib
from typing import Any

SLOTS = 4096
PAPERS = 4 + 4 * (SLOTS + 1)
UNIT = 64


def found(segment: bytes, term: str) -> list[list[Any]]:
    """[id, date, title, categories] of every paper with the term, newest first."""
    return [paper_at(segment, place) for place in places(segment, term)]


def places(segment: bytes, term: str) -> list[int]:
    wanted = term.encode()
    place, at = 0, []
    for distance in _numbers(bucket(segment, zlib.crc32(wanted) % SLOTS).get(wanted, b"")):
        place += distance
        at.append(place)
    return at


def paper_at(segment: bytes, place: int) -> list[Any]:
    start = PAPERS + place * UNIT
    (length,) = struct.unpack_from("<I", segment, start)
    paper: list[Any] = json.loads(segment[start + 4 : start + 4 + length])
    return paper


def bucket(segment: bytes, slot: int) -> dict[bytes, bytes]:
    start, end = struct.unpack_from("<2I", segment, 4 + 4 * slot)
    rest, parts = segment[start:end], []
    while rest:
        length, rest = _number(rest)
        parts.append(rest[:length])
        rest = rest[length:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _numbers(encoded: bytes) -> list[int]:
    numbers = []
    while encoded:
        number, encoded = _number(encoded)
        numbers.append(number)
    return numbers


def _number(encoded: bytes) -> tuple[int, bytes]:
    number = 0
    for i, byte in enumerate(encoded):
        number += (byte % 128) * 128**i
        if byte < 128:
            return number, encoded[i + 1 :]
    raise ValueError("ends within a number")
