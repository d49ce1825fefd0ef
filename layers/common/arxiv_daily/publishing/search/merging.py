"""The segment of a closed year, out of its months' segments."""

import json
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arxiv_daily.publishing.search.segment import MAGIC, SLOTS, TABLE, UNIT, laid_out, postings

_LENGTH = struct.Struct("<I")
_CONTINUED, _SEVEN_BITS = 0x80, 0x7F


@dataclass(frozen=True)
class _Part:
    """A segment that was read."""

    offsets: tuple[int, ...]
    body: bytes

    @property
    def papers(self) -> bytes:
        return self.body[TABLE.size : self.offsets[0]]

    @property
    def newest(self) -> str:
        """The date of its first paper."""
        length = _LENGTH.unpack_from(self.body, TABLE.size)[0]
        start = TABLE.size + _LENGTH.size
        return str(json.loads(self.body[start : start + length])[1])

    def bucket(self, slot: int) -> Iterator[tuple[bytes, bytes]]:
        """Terms with their postings."""
        place, end = self.offsets[slot], self.offsets[slot + 1]
        while place < end:
            term, place = _counted(self.body, place)
            found, place = _counted(self.body, place)
            yield term, found


def merged(segments: Iterable[bytes]) -> bytes:
    """The segment of all papers of these, byte for byte what `segment` makes of their days together.

    Days must not be shared between them; they may come in any order. Raises ValueError when one is no segment.
    """
    parts = sorted((part for part in map(_part, segments) if part.papers), key=lambda part: part.newest, reverse=True)
    bases, papers = [0], b""
    for part in parts:
        papers += part.papers
        bases.append(len(papers) // UNIT)
    return laid_out(papers, (_bucket(parts, bases, slot) for slot in range(SLOTS)))


def _part(body: bytes) -> _Part:
    if len(body) < TABLE.size or not body.startswith(MAGIC):
        raise ValueError(f"no segment of this format: it starts with {body[:4]!r}, not with {MAGIC!r}")
    return _Part(TABLE.unpack_from(body)[1:], body)


def _bucket(parts: Iterable[_Part], bases: Iterable[int], slot: int) -> dict[bytes, bytes]:
    places: defaultdict[bytes, list[int]] = defaultdict(list)
    for part, base in zip(parts, bases, strict=False):
        for term, found in part.bucket(slot):
            places[term].extend(_places(found, base))
    return {term: postings(found) for term, found in places.items()}


def _places(encoded: bytes, base: int) -> Iterator[int]:
    """The places that the postings name, moved by `base`."""
    place, shift = base, 0
    for byte in encoded:
        place += (byte & _SEVEN_BITS) << shift
        if byte & _CONTINUED:
            shift += 7
        else:
            yield place
            shift = 0


def _counted(body: bytes, place: int) -> tuple[bytes, int]:
    """Bytes that their length stands before, and where they end."""
    length = shift = 0
    while body[place] & _CONTINUED:
        length |= (body[place] & _SEVEN_BITS) << shift
        place, shift = place + 1, shift + 7
    start = place + 1
    length |= body[place] << shift
    return body[start : start + length], start + length
