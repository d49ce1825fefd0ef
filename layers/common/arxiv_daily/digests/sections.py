"""The sections of a paper's text, by its headings."""

import re
from typing import NamedTuple

_PLAIN = (
    "abstract|introduction|background|preliminaries|related works?|prior work|(?:proposed )?methods?|methodology"
    "|(?:proposed |our )?approach|(?:proposed )?model|materials and methods|experiments?|experimental (?:setup|results)"
    "|evaluation|results|results and discussion|discussion|limitations?|ethics statement|broader impacts?"
    "|(?:discussion and )?conclusions?(?: and future work)?|future work|acknowledge?ments?|funding|author contributions"
)
_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)"
_HEADING = re.compile(
    rf"^(?:(?P<marks>#{{1,6}}) (?P<marked>[^\n]+)|(?P<number>{_NUMBER})[ \t]+(?P<numbered>[A-Z][^.!?|=\n]{{2,80}})"
    rf"|(?P<plain>(?i:{_PLAIN})))[ \t]*$",
    re.MULTILINE,
)
"""As a page of HTML gives it (see sources/latexml.py), with its number as in a PDF, or alone on its line."""
_TITLES_NUMBER = re.compile(rf"^(?:{_NUMBER}|[A-Z]\.?)\s+(?=\S)")
_TOP = 2
"""Level of a section; 1 is the paper's title."""


class Section(NamedTuple):
    """`heading` is the whole line, `title` what it says; both are empty for the text before the first heading."""

    heading: str
    title: str
    level: int
    body: str


def sections_of(text: str) -> list[Section]:
    """In their order, each without those below it, which follow it with a greater level."""
    headings = list(_HEADING.finditer(text))
    starts = [heading.start() for heading in headings]
    bodies = zip(headings, [*starts[1:], len(text)], strict=True) if headings else []
    first = text[: starts[0]].strip() if starts else text
    sections = [_section(heading, text[heading.end() : end]) for heading, end in bodies]
    return [Section("", "", _TOP, first), *sections] if first else sections


def _section(heading: re.Match[str], body: str) -> Section:
    marks, number = heading["marks"], heading["number"]
    title = heading["marked"] or heading["numbered"] or heading["plain"]
    level = len(marks) if marks else _TOP + (number or "").rstrip(".").count(".")
    return Section(heading[0].strip(), _TITLES_NUMBER.sub("", title).strip(), level, body.strip())
