"""SHAPE: each part is about as long as was asked for."""

import re
from collections.abc import Iterator

from arxiv_daily.digests.checks import passages
from arxiv_daily.digests.checks.passages import PART_NAMES
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Paper, TextSource

ASKED = {"background": 200, "method": 600, "results": 200}
"""Chinese characters; a word or a number counts as one."""

_SHORTEST, _SHORTEST_OF_AN_ABSTRACT, _LONGEST = 1 / 4, 1 / 12, 3.0
_TRANSLATION = (0.9, 4.0)
"""Characters of a translation for each English word."""
_CHARACTER = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9.%-]+")


def shape_faults(reply: DigestReply, paper: Paper, source: TextSource) -> Iterator[Fault]:
    shortest = _SHORTEST_OF_AN_ABSTRACT if source in {TextSource.ABSTRACT, TextSource.NONE} else _SHORTEST
    for part, asked in ASKED.items():
        length = sum(_length(sentence.text) for sentence in passages.of_part(reply, part))
        yield from _misshapen(part, length, (int(asked * shortest), int(asked * _LONGEST)))
    words = len(paper.abstract.split())
    bounds = (int(words * _TRANSLATION[0]), int(words * _TRANSLATION[1]) + 40)
    yield from _misshapen("translation", _length(reply.translation), bounds)


def _length(text: str) -> int:
    return len(_CHARACTER.findall(text))


def _misshapen(name: str, length: int, bounds: tuple[int, int]) -> Iterator[Fault]:
    shortest, longest = bounds
    if shortest <= length <= longest:
        return
    told = "偏短，可能有遗漏" if length < shortest else "偏长，可能不够精炼"
    yield Fault(
        kind=FaultKind.SHAPE,
        where=(name,),
        message=f"{name}: has {length} characters; write {shortest} to {longest}",
        remark=f"「{PART_NAMES[name]}」的篇幅{told}。",
    )
