"""One of many words, as a regular expression that looks at a word's first letter before it looks at any other."""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter


def one_of(words: Iterable[str], *, any_case: bool = False) -> str:
    """The longest that fits; `re` tries one word of an alternation after the other at every place of a text."""
    groups = groupby(sorted(words, key=lambda word: (word[0], -len(word))), itemgetter(0))
    return "|".join(_group(letter, [word[1:] for word in group], any_case=any_case) for letter, group in groups)


def _group(letter: str, ends: list[str], *, any_case: bool) -> str:
    rest = "|".join(map(re.escape, ends))
    return f"[{letter}{letter.upper()}](?i:{rest})" if any_case else f"{re.escape(letter)}(?:{rest})"
