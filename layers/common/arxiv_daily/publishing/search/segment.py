"""Segments: a month or a year, laid out so that a reader needs a few short ranges of it.

    magic       4 bytes
    table       SLOTS + 1 offsets of four bytes, little endian: where each bucket starts and the last one ends
    papers      newest first, each at a multiple of UNIT: length in four bytes, JSON [id, date, title, categories]
    buckets     a term lies in the bucket of its CRC-32: length and term, length and postings, and so on, terms sorted

Postings are the places of the term's papers in units, ascending, each as its distance from the one before. They and the
lengths in buckets are varints (LEB128). Table and papers start at fixed places: a reader asks for two offsets, then for
a bucket, then for the papers, and never for a header.
"""

import json
import operator
import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from zlib import crc32

from pydantic_core import to_json

MAGIC = b"ADS\x01"
SLOTS = 4096
"""A bucket of a year of 6,000 papers is 1-2 kB. The same for all, so that segments merge bucket by bucket."""
UNIT = 64
TABLE = struct.Struct(f"<4s{SLOTS + 1}I")

_LENGTH = struct.Struct("<I")
_CONTINUED, _SEVEN_BITS = 0x80, 0x7F


def segment(day_files: Iterable[bytes]) -> bytes:
    """The segment of these days, in whatever order they come."""
    papers = bytearray()
    places: defaultdict[str, list[int]] = defaultdict(list)
    for day in sorted(map(json.loads, day_files), key=lambda day: str(day["date"]), reverse=True):
        for paper in day["papers"]:
            place = len(papers) // UNIT
            papers += _record([paper["id"], day["date"], paper["title"], paper["categories"]])
            for term in paper["terms"].split(" "):
                places[term].append(place)
    return laid_out(bytes(papers), _buckets(places))


def laid_out(papers: bytes, buckets: Iterable[Mapping[bytes, bytes]]) -> bytes:
    """A segment of papers and of SLOTS buckets, each a mapping of terms to postings."""
    written = [_bucket(bucket) for bucket in buckets]
    offsets = [TABLE.size + len(papers)]
    for bucket in written:
        offsets.append(offsets[-1] + len(bucket))
    return b"".join((TABLE.pack(MAGIC, *offsets), papers, *written))


@cache
def varint(number: int) -> bytes:
    """The same few numbers again and again: most papers lie near each other, most terms are short."""
    if number <= _SEVEN_BITS:
        return bytes((number,))
    return bytes((number & _SEVEN_BITS | _CONTINUED,)) + varint(number >> 7)


def postings(places: Sequence[int]) -> bytes:
    if len(places) == 1:  # so it is with most terms
        return varint(places[0])
    return b"".join(map(varint, map(operator.sub, places, (0, *places))))


def _record(shown: list[object]) -> bytes:
    text = to_json(shown)
    size = _LENGTH.size + len(text)
    return _LENGTH.pack(len(text)) + text + bytes(-size % UNIT)


def _buckets(places: Mapping[str, list[int]]) -> list[dict[bytes, bytes]]:
    buckets: list[dict[bytes, bytes]] = [{} for _ in range(SLOTS)]
    for text, found in places.items():
        term = text.encode()
        buckets[crc32(term) % SLOTS][term] = postings(found)
    return buckets


def _bucket(terms: Mapping[bytes, bytes]) -> bytes:
    return b"".join(
        part for term in sorted(terms) for part in (varint(len(term)), term, varint(len(terms[term])), terms[term])
    )
