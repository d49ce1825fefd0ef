"""The first sentence or so of a text, for lists of papers."""

import re

from markupsafe import Markup

_ENOUGH = 24
"""Characters below which a sentence says too little to stand alone."""
_MOST = 120
_END = re.compile(r"[。！？]|(?<=[a-z0-9)\]]{2})[.!?](?=\s+[A-Z0-9])")
_PAUSE = re.compile(r"[，；、：,;\s]")
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$]+\$|\\\(.+?\\\)|\\\[.+?\\\]")
_DIGITS = re.compile(r"(\d+)")


def opening(text: str) -> str:
    """The first sentence, and more where it is very short; cut at a pause where it is very long.

    A formula is kept whole or left out.
    """
    line = " ".join(text.split())
    outside = _FORMULA.sub(lambda formula: "$" * len(formula[0]), line)
    ends = (match.end() for match in _END.finditer(outside))
    end = next((end for end in ends if end >= _ENOUGH), len(line))
    most = _MOST if _is_chinese(line) else 2 * _MOST
    return line[:end] if end <= most else line[: _last_pause(outside[: most + 1])].rstrip() + "…"


def numerals(text: str) -> Markup:
    """Its numbers in `<b>`, so that they can be set larger than the words between them."""
    parts = _DIGITS.split(text)
    return Markup().join(Markup("<b>{}</b>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _last_pause(outside: str) -> int:
    """Where a text is best cut before its last character: at a pause in its second half, else before a formula."""
    pauses = (match.start() for match in _PAUSE.finditer(outside))
    last = len(outside) - 1
    return max((at for at in pauses if at > last // 2), default=len(outside[:last].rstrip("$")))


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text[:_ENOUGH])
