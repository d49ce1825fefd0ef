"""A text that is too long for a request, made to fit: what a reading is about stays."""

import re

from arxiv_daily.digests.sections import Section, sections_of

CUT = "[…]"
"""Stands where something was left out."""

_GAP = "\n\n"
_STAYS = re.compile(r"introduction|method|approach|experiment|evaluation|result|conclusion|abstract", re.IGNORECASE)
_GOES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"acknowledge?ment|funding|author contribution|ethic|broader impact|declaration|conflict|availability",
        r"limitation|future (?:work|direction)",
        r"related|prior work|previous work|literature",
        r"^(?:technical |theoretical )?background(?: and .*)?$|preliminar",
        r"^discussion",
    )
)
"""Headings of what is left out, in this order, for as long as the text is too long."""
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|(?<=[.!?:])\n")
_LEAST_SECTIONS = 3
_BEGINNING = 0.6
"""Share of what fits, where no headings are recognised."""


def fitted(text: str, limit: int) -> tuple[str, bool]:
    """The text in at most `limit` characters, and whether something was left out.

    Introduction, method, results and conclusion stay: first related work and the like go, then the longest sections
    are trimmed. Where no headings are recognised, beginning and end stay.
    """
    if len(text) <= limit:
        return text, False
    sections = sections_of(text)
    if len(sections) < _LEAST_SECTIONS:
        return _beginning_and_end(text, limit)[:limit], True
    for pattern in _GOES:
        if _length(sections) > limit:
            sections = _without(sections, pattern)
    return _joined(_trimmed(sections, limit))[:limit], True


def _without(sections: list[Section], pattern: re.Pattern[str]) -> list[Section]:
    """The heading of what goes stays, with a mark; what is below it goes too."""
    kept: list[Section] = []
    level = 0
    for section in sections:
        if level and section.level > level:
            continue
        goes = pattern.search(section.title) and not _STAYS.search(section.title)
        level = section.level if goes else 0
        kept.append(section._replace(body=CUT) if goes else section)
    return kept


def _trimmed(sections: list[Section], limit: int) -> list[Section]:
    """The longest are cut to one length, so that all together fit."""
    room = limit - sum(len(section.heading) + 2 * len(_GAP) for section in sections)
    longest = _longest([len(section.body) for section in sections], max(0, room))
    return [section._replace(body=_beginning(section.body, longest)) for section in sections]


def _longest(lengths: list[int], room: int) -> int:
    """The largest length to which all can be cut for their sum to find room."""
    for number, length in enumerate(sorted(lengths)):
        share = room // (len(lengths) - number)
        if length > share:
            return share
        room -= length
    return max(lengths)


def _beginning(text: str, limit: int) -> str:
    """Cut at the end of a paragraph where one is near, else between words."""
    if len(text) <= limit:
        return text
    room = max(0, limit - len(_GAP + CUT))
    ends = [end.start() for end in _PARAGRAPH_END.finditer(text, room // 2, room)]
    end = ends[-1] if ends else max(text.rfind(" ", 0, room), 0) or room
    return f"{text[:end].rstrip()}{_GAP}{CUT}"


def _beginning_and_end(text: str, limit: int) -> str:
    beginning = _beginning(text, round(limit * _BEGINNING))
    room = limit - len(beginning) - len(_GAP)
    start = max(0, len(text) - room)
    paragraph = _PARAGRAPH_END.search(text, start, start + room // 2)
    return f"{beginning}{_GAP}{text[paragraph.end() if paragraph else start :].lstrip()}"


def _length(sections: list[Section]) -> int:
    return len(_joined(sections))


def _joined(sections: list[Section]) -> str:
    return _GAP.join(part for section in sections for part in (section.heading, section.body) if part)
