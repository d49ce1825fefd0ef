"""What is left of a digest whose faults the model did not mend."""

import re
from collections.abc import Iterable, Sequence

from arxiv_daily.digests.checks.passages import PARTS, Path, sentences
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Checks, Part, Point, SubPoint

NOTHING_LEFT = "这一部分的内容在论文中核对不到，已略去。"
NO_TRANSLATION = "译文疑似受论文内嵌指令影响，已略去；请看英文摘要。"

_OF_CLAIMS = {FaultKind.QUOTE, FaultKind.CLAIM}
_OF_SENTENCES = {FaultKind.RESULT, FaultKind.SCOPE, FaultKind.INSTRUCTION}


def pruned(reply: DigestReply, found: Sequence[Fault]) -> tuple[DigestReply, Checks]:
    """Drop what failed; what cannot be dropped stays and is a doubt."""
    bad_claims = {fault.where[1] for fault in found if fault.kind in _OF_CLAIMS}
    claims = tuple(claim for at, claim in enumerate(reply.claims) if at not in bad_claims)
    bad = {fault.where for fault in found if fault.kind in _OF_SENTENCES}
    parts = {name: _part(getattr(reply, name), (name,), bad) for name in PARTS}
    translation = _field(reply.translation, ("translation",), bad) or NO_TRANSLATION
    kept = reply.model_copy(update={"claims": claims, "translation": translation, **parts})
    doubts = [fault.remark for fault in found if not _is_dropped(fault, kept.translation != reply.translation)]
    dropped = [fault.remark for fault in found if _is_dropped(fault, kept.translation != reply.translation)]
    return kept, Checks(claimed=len(reply.claims), verified=len(claims), dropped=_once(dropped), doubts=_once(doubts))


def _is_dropped(fault: Fault, is_translation_cut: bool) -> bool:
    if fault.where[0] == "translation":
        return fault.kind is FaultKind.INSTRUCTION and is_translation_cut
    return fault.kind in _OF_CLAIMS | _OF_SENTENCES


def _once(remarks: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(remarks))


def _part(part: Part, path: Path, bad: set[Path]) -> Part:
    if not any(where[:1] == path for where in bad):
        return part
    points = tuple(
        filter(_says_something, (_point(one, (*path, "points", at), bad) for at, one in enumerate(part.points)))
    )
    return Part(
        lead=_field(part.lead, (*path, "lead"), bad),
        points=points or (Point(text=NOTHING_LEFT),),
        closing=_field(part.closing, (*path, "closing"), bad),
    )


def _point(point: Point, path: Path, bad: set[Path]) -> Point:
    subs = tuple(
        sub
        for at, one in enumerate(point.points)
        if (sub := _sub_point(one, (*path, "points", at), bad)).term or sub.text
    )
    own = _sub_point(point, path, bad)
    return Point(term=own.term, text=own.text, points=subs)


def _sub_point(point: SubPoint, path: Path, bad: set[Path]) -> SubPoint:
    """With its only text, or with a bad term, the whole of it goes."""
    text = _field(point.text, (*path, "text"), bad)
    if (*path, "term") in bad or (point.text and not text):
        return SubPoint()
    return SubPoint(term=point.term, text=text)


def _says_something(point: Point) -> bool:
    return bool(point.text or point.points)


def _field(text: str, path: Path, bad: set[Path]) -> str:
    if path in bad:
        return ""
    kept = "".join(one for at, one in enumerate(sentences(text)) if (*path, at) not in bad).strip()
    return re.sub("；$", "。", kept)
