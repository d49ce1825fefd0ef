"""Characters that nobody sees, which can carry words to a model or break up the words of a text."""

import re

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Of no width, of another direction, variation selectors, and Unicode's tags, which spell out ASCII."""

_HIDDEN_WORDS = re.compile("[\ufe00-\ufe0f\U000e0000-\U000e01ef]{4,}|[\u200b-\u200f\u2060-\u206f\ufeff]{16,}")
"""So many in a row stand for letters (a tag or a selector is one, a character without width is a bit)."""


_TURNED = re.compile("\u202e[^\u202c\n]{17,}\u202c?")
"""A passage that is set against the direction of its letters: either readers or models see it in reverse."""


def without_invisible(text: str) -> tuple[str, int]:
    """The text without them, and how many passages were spelled in them."""
    text, turned = _TURNED.subn("", text)
    return _INVISIBLE.sub("", text), turned + len(_HIDDEN_WORDS.findall(text))
