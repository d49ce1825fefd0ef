"""Accents of TeX's text mode."""

import re
import unicodedata

_MARKS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTER = r"\\?[ij](?![A-Za-z])|[^\W\d_]"
_ACCENT = re.compile(
    rf"\\(?:([`'^~=.\"])|([uvHrkcdb])(?=\{{|\s[^\W\d_]))(?:\s?\{{\s?({_LETTER})\s?\}}|(?:(?<=\w)\s)?({_LETTER}))"
)


def with_accents(text: str) -> str:
    """`Schr\\"odinger` and `Proven\\c{c}al` with their letters."""
    return _ACCENT.sub(_composed, text)


def _composed(found: re.Match[str]) -> str:
    sign, letter, braced, bare = found.groups()
    return unicodedata.normalize("NFC", (braced or bare).removeprefix("\\") + _MARKS[sign or letter])
