"""Numbers in texts, as far as planting needs them; written apart from the checks, and meant to stay so."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.evaluation.case import Case, Path

_NUMBER = re.compile(r"(?<![A-Za-z\d.,_])(?<![A-Za-z]-)\d+(?:,\s?\d{3})*(?:\.\d+)?")
_ENUMERATOR = re.compile(r"[(（]\d[)）]")
_FORMULA = re.compile(r"\$[^$]*\$")
_SIGNS = re.compile(r"\\(?:pm|times|cdot|%|sim)")
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {word: Decimal(number) for number, word in enumerate(_SMALL, 1)}
_LATIN_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Figure:
    """A number where it stands."""

    path: Path
    text: str
    start: int
    end: int

    @property
    def digits(self) -> str:
        return self.text[self.start : self.end]

    @property
    def after(self) -> str:
        return self.text[self.end :]

    def written(self, other: str) -> str:
        """The text with another number in its place."""
        return self.text[: self.start] + other + self.text[self.end :]


def value(digits: str) -> Decimal:
    return Decimal(re.sub(r"[,\s]", "", digits)).normalize()


def figures(texts: Iterable[tuple[Path, str]]) -> list[Figure]:
    """Numbers that say something: not those of names like F0 or XTTS-v2, of formulas with letters, or of (1)."""
    return [
        Figure(path, text, match.start(), match.end())
        for path, text in texts
        for match in _NUMBER.finditer(_masked(text))
    ]


def values(*texts: str) -> set[Decimal]:
    """Every number in them, in digits or as an English word, with whatever size follows left aside."""
    words = (word for text in texts for word in _LATIN_WORD.findall(text.lower()))
    return set(_all_digits(texts)) | {_WORDS[word] for word in words if word in _WORDS}


def evidence(case: Case, path: Path) -> set[Decimal]:
    """The numbers that the field's own source holds: a number changed into one of them is another kind of fault."""
    if path[0] == "translation":
        return values(case.paper.abstract)
    if path[0] == "claims":
        return values(case.reply.claims[int(path[1])].quote)
    return values(case.paper.abstract, *(f"{claim.value} {claim.quote}" for claim in case.reply.claims))


def _all_digits(texts: Iterable[str]) -> Iterator[Decimal]:
    for text in texts:
        for digits in re.findall(r"\d+(?:,\s?\d{3})*(?:\.\d+)?", text):
            yield value(digits)


def _masked(text: str) -> str:
    """With what holds no number of its own blanked out, in the same length."""
    for pattern in (_ENUMERATOR, _FORMULA):
        text = pattern.sub(lambda match: match[0] if _is_numeric(match[0]) else " " * len(match[0]), text)
    return text


def _is_numeric(piece: str) -> bool:
    return piece.startswith("$") and not re.search("[A-Za-z]", _SIGNS.sub("", piece))
