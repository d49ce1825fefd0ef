"""Passages of text within formulas, which the converter would read as LaTeX."""

import re

from arxiv_daily.publishing.tex.errors import Unconvertible
from arxiv_daily.publishing.tex.text import readable

_OPENING = re.compile(
    r"\\(?P<name>text(?:rm|bf|it|tt|sf|sc|sl|up|md|normal|superscript|subscript)?|emph|mbox|hbox)\s*\{"
)
_SWITCH = re.compile(
    r"\\(?:it|bf|tt|sc|sf|rm|sl|em|small|tiny|\w+size|(?:it|sc|sl)shape|\w{2}family|bfseries)(?![A-Za-z])\s*|\\/"
)
_RAISED = {"textsuperscript": "^", "textsubscript": "_"}
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def with_texts_taken(latex: str) -> tuple[str, list[str]]:
    """The same with each passage of text replaced by its number, as in `\\text{T0}`, and the passages, readable;
    formulas within a passage stand between its parts. Raises Unconvertible."""
    parts: list[str] = []
    texts: list[str] = []
    place = 0
    while (opening := _OPENING.search(latex, place)) is not None:
        end = _end_of_group(latex, opening.end())
        content = _numbered(latex[opening.end() : end], texts)
        parts += [latex[place : opening.start()], _RAISED.get(opening["name"], ""), content]
        place = end + 1
    return "".join([*parts, latex[place:]]), texts


def _numbered(content: str, texts: list[str]) -> str:
    """A group of texts and formulas, which alternate at each dollar."""
    parts = re.split(r"(?<!\\)\$", content)
    for place, part in enumerate(parts):
        if place % 2 == 0 and part:
            texts.append(_read(part))
            parts[place] = rf"\text{{T{len(texts) - 1}}}"
        elif part:
            parts[place] = f"{{{part}}}"
    return "{" + "".join(parts) + "}" if len(parts) > 1 else parts[0] or "{}"


def _read(text: str) -> str:
    text = readable(_SWITCH.sub("", text))
    if re.search(r"[\\{}]", text):
        raise Unconvertible("text with commands")
    return text


def _end_of_group(latex: str, start: int) -> int:
    """Where the group that was opened before `start` is closed."""
    depth = 1
    for brace in _BRACE.finditer(latex, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.start()
    raise Unconvertible("a group without end")
