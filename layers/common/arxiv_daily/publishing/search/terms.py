"""Terms: what a text can be found by. `queryTerms` in `assets/search.js` follows the same rules."""

import operator
import re
import unicodedata
from collections.abc import Iterator, KeysView
from functools import lru_cache
from itertools import chain

LONGEST_TERM = 40
"""In characters; a longer word is cut."""

_CJK = (
    r"\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
)
_WORD = rf"[^\W_{_CJK}]+"
_HYPHEN = r"[-\u2010-\u2013\u2212]"
_RUN = rf"[{_CJK}]+"
_TOKEN = re.compile(rf"{_RUN}|{_WORD}(?:(?:\.|{_HYPHEN}){_WORD})*")
_MATCHES_RUN = re.compile(_RUN).match
_SPLIT = re.compile(_HYPHEN).split


class _Visible(dict[int, int | None]):
    """A table for str.translate that drops accents and format characters such as a zero-width space."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) in {"Mn", "Mc", "Me", "Cf"} else code
        return self[code]


_VISIBLE = _Visible()
_OTHERS = re.compile(r"[^\x00-\x7f\u4e00-\u9fff]+")
"""Where an accent or a format character may stand."""


def terms(text: str) -> KeysView[str]:
    """Words in lower case, without accents and plural s; Chinese, Japanese and Korean as overlapping pairs.

    A hyphenated word gives its parts and the whole without hyphens, a dotted one (2602.10934, cs.SD) its parts and the
    whole with its dots. No term holds a space or a colon. They stand as in the text, each once.
    """
    tokens: dict[str, None] = dict.fromkeys(_TOKEN.findall(_folded(text)))
    found = chain.from_iterable(_pairs(token) if _MATCHES_RUN(token) else _forms(token) for token in tokens)
    return dict.fromkeys(found).keys()


def _folded(text: str) -> str:
    if not text.isascii():
        text = _OTHERS.sub(lambda others: others[0].translate(_VISIBLE), unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFKC", text)
    return text.upper().lower().replace("'", "").replace("’", "")


def _pairs(run: str) -> Iterator[str]:
    return map(operator.add, run, run[1:])


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[str, ...]:
    return tuple(_all_forms(word))


def _all_forms(word: str) -> Iterator[str]:
    pieces = _SPLIT(word)
    for piece in pieces:
        yield _term(piece)
        if "." in piece:
            yield from map(_term, piece.split("."))
    if len(pieces) > 1:
        yield _term("".join(pieces))


def _term(word: str) -> str:
    """The word in the singular, more or less: what matters is that both numbers give the same."""
    word = word[:LONGEST_TERM]
    if word[-1] not in "se" or not (word.isascii() and word.isalpha()):
        return word
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "isu":  # noqa: PLR2004 - gas, has and was stay
        word = word[:-1]
    if word.endswith("ie"):
        return word[:-2] + "y"
    return word[:-1] if word.endswith(("che", "she", "xe", "sse", "zze")) else word
