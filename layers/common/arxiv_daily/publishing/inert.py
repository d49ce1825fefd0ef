"""Foreign text in a Jekyll post: shown as text, never taken for Markdown, HTML, kramdown or Liquid."""

import re

from markupsafe import Markup

_BREAK = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile("[^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
"""Controls, what XML cannot hold (the blog's feed is XML), and what turns the direction of the text after it."""

_EDGES = re.compile(r"(?<=\n)[^\S\n]+|(?<![^\S\n])[^\S\n]+(?=\n)")
_INDENT = re.compile(r"\A[^\S\n]+")

_AS_ENTITIES = "&<>{}\\~^"
"""Liquid knows no escape, plain kramdown none for ~ and ^, and a line that ends with a backslash is broken there."""
_ESCAPED = "`*_[]|$#\"'"  # $: a formula stands as its source; kramdown's `$$` needs MathJax, which minima has not
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_INERT = {char: _NAMES.get(char, f"&#{ord(char)};") for char in _AS_ENTITIES} | {char: f"\\{char}" for char in _ESCAPED}
_SPECIAL = re.compile(f"[{re.escape(''.join(_INERT))}]")
_TYPOGRAPHY = re.compile(r"-(?=-)|\.(?=\.\.)")
"""What kramdown would set as a dash or an ellipsis."""
_BLOCK_MARK = re.compile(
    r"^(?P<blank> ?)(?:(?P<mark>[-+:](?=\s|$)|[-=](?=(?:[-=]|[^\S\n])*$))|(?P<digit>\d)(?=\d*[.)](?:\s|$)))",
    re.MULTILINE,
)
"""A list item, a definition, a line under a heading or across the page, an item of a numbered list."""


def inert_markdown(value: object) -> object:
    """Escape text for GitHub's Markdown and for kramdown under Liquid; Markup and numbers pass as they are.

    What readers see is the text itself, to the last quote and dash. Left out are the characters of _DROPPED;
    every kind of line break is one, and no line keeps blanks at an end where they mean code or a break.
    """
    if isinstance(value, Markup | int | float):
        return value
    text = str(value)
    if not text.isprintable():  # with line breaks, or something to drop
        text = _EDGES.sub("", _shown(_BREAK.sub("\n", text)))
    text = _SPECIAL.sub(lambda special: _INERT[special[0]], _INDENT.sub(" ", text))
    return _BLOCK_MARK.sub(_defused, _TYPOGRAPHY.sub(r"\\\g<0>", text))


def _shown(text: str) -> str:
    """Where something is dropped, no blank beside it may be left at an end: what is bold has none there."""
    kept = _DROPPED.sub("", text)
    return text if kept == text else kept.strip()


def _defused(match: re.Match[str]) -> str:
    if match["digit"]:
        return f"{match['blank']}&#{ord(match['digit'])};"
    return f"{match['blank']}\\{match['mark']}"
