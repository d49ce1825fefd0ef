"""The sentences of a digest, each with its place."""

import re
from collections.abc import Iterator

from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Part, Point, SubPoint, Value

Path = tuple[str | int, ...]

PARTS = ("background", "method", "results")
PART_NAMES = {"background": "研究背景", "method": "方法", "results": "结果", "translation": "摘要译文"}
_BOUNDARY = re.compile(r"(?<=[。！？；\n])(?![）」”’])|(?<=[.!?])\s+(?=[A-Z$(])")


class Sentence(Value):
    """A sentence of a reading; its path is that of its field and its place in it: (…, "text", 0)."""

    where: Path
    text: str
    heading: str = ""
    """The terms that stand above it in its point."""


def sentences(text: str) -> tuple[str, ...]:
    """Joined again they are the text."""
    return tuple(piece for piece in _BOUNDARY.split(text) if piece)


def of_part(reply: DigestReply, name: str) -> Iterator[Sentence]:
    part: Part = getattr(reply, name)
    yield from _of_field((name, "lead"), part.lead)
    for at, point in enumerate(part.points):
        yield from _of_point((name, "points", at), point)
    yield from _of_field((name, "closing"), part.closing)


def of_reading(reply: DigestReply) -> Iterator[Sentence]:
    for name in PARTS:
        yield from of_part(reply, name)


def of_translation(reply: DigestReply) -> Iterator[Sentence]:
    for at, text in enumerate(sentences(reply.translation)):
        yield Sentence(where=("translation", at), text=text)


def _of_point(path: Path, point: Point | SubPoint, above: str = "") -> Iterator[Sentence]:
    heading = f"{above} {point.term}".strip()
    if point.term:
        yield Sentence(where=(*path, "term"), text=point.term, heading=above)
    yield from _of_field((*path, "text"), point.text, heading)
    for at, sub in enumerate(point.points if isinstance(point, Point) else ()):
        yield from _of_point((*path, "points", at), sub, heading)


def _of_field(path: Path, text: str, heading: str = "") -> Iterator[Sentence]:
    for at, sentence in enumerate(sentences(text)):
        yield Sentence(where=(*path, at), text=sentence, heading=heading)
