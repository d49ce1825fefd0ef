"""Characters that no page may carry, whatever was written."""

import re

_LINE_END = re.compile(r"\r\n?")
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
"""Controls other than tab and line feed, embeddings, overrides and isolates of direction, lone surrogates and
noncharacters. Marks that turn nothing but themselves (U+200E, U+200F, U+061C) stay."""


def fit_for_pages(text: str) -> str:
    """The text with such characters dropped and its lines ended by a line feed."""
    if text.replace("\n", "").isprintable():  # most texts are, and all that is unfit is not
        return text
    return _UNFIT.sub("", _LINE_END.sub("\n", text))


def is_fit(char: str) -> bool:
    return not _UNFIT.match(char)
