"""Foreign text in a Jekyll post: shown as text, never taken for Markdown, HTML, kramdown or Liquid."""

import re

from markupsafe import Markup

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_INDENT = re.compile(r"^[^\S\n]+", re.MULTILINE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"}
_ESCAPED = "\\`*_[]|~$#"
_SPECIAL = {ord(char): entity for char, entity in _ENTITIES.items()} | {ord(char): f"\\{char}" for char in _ESCAPED}
_BLOCK_MARK = re.compile(
    r"^(?:(?P<mark>[-+:](?=\s|$)|[-=](?=[-=\s]*$))|(?P<digit>\d)(?=\d*[.)](?:\s|$)))", re.MULTILINE
)
"""A list item, a definition, a line under a heading or across the page, an item of a numbered list."""


def inert_markdown(value: object) -> object:
    """Escape text for GitHub's Markdown and for kramdown under Liquid; Markup and numbers pass as they are.

    Braces become entities (Liquid reads a file before Markdown does and knows no escape), characters with a
    meaning inside a line get a backslash, and what would open a block at the start of a line is defused or, if
    it is indentation, dropped.
    """
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    escaped = _INDENT.sub("", _CONTROL.sub("", value)).translate(_SPECIAL)
    return _BLOCK_MARK.sub(_defused, escaped)


def _defused(match: re.Match[str]) -> str:
    if match["digit"]:
        return f"&#{ord(match['digit'])};"
    return f"\\{match['mark']}"
