"""Mathematical alphabets: MathML Core knows no other way to set a letter in script or bold."""

import re
import unicodedata
from functools import cache

_STYLED = re.compile(
    r"(?:MATHEMATICAL )?((?:BOLD|ITALIC|SCRIPT|FRAKTUR|BLACK-LETTER|DOUBLE-STRUCK|SANS-SERIF|MONOSPACE)"
    r"(?: BOLD)?(?: ITALIC)?) "
)


def in_alphabet(letter: str, variant: str) -> str:
    """A letter or digit in a `mathvariant` as MathML names them; as it is where Unicode has none."""
    return _letters().get((variant, letter), letter)


def without_alphabet(text: str) -> str:
    """With plain letters for those that few fonts have."""
    return "".join(
        unicodedata.normalize("NFKC", char) if "\U0001d400" <= char <= "\U0001d7ff" else char for char in text
    )


@cache
def _letters() -> dict[tuple[str, str], str]:
    letters: dict[tuple[str, str], str] = {("italic", "h"): "ℎ"}
    for char in map(chr, [*range(0x1D400, 0x1D800), *range(0x2102, 0x214A)]):
        styled = _STYLED.match(unicodedata.name(char, ""))
        if styled and unicodedata.decomposition(char).startswith("<font>"):
            variant = styled[1].lower().replace("black-letter", "fraktur").replace(" ", "-")
            letters.setdefault((variant, unicodedata.normalize("NFKC", char)), char)
    return letters
