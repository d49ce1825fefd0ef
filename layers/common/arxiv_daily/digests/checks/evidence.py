"""A paper as what can be found in it: quotes word for word, names, numbers."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from arxiv_daily.digests.checks.formulas import without_looks
from arxiv_daily.digests.checks.plain_text import FORMULA, plain, without_formula_marks
from arxiv_daily.digests.checks.quantities import quantities
from arxiv_daily.digests.checks.quantity import Quantity
from arxiv_daily.digests.instructions import without_instructions
from arxiv_daily.models import FullText, Paper

_SENTENCE_MARK = re.compile(r"[.,](?!\d)|(?<!\d),")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w.,%‰±×≈≤≥<>=+]+(?=\d)")
_LAYOUT = re.compile(r"[^\w.,%‰±×≈≤≥<>=+]+")
_DATA_SET = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][\w+-]*[A-Z0-9][\w+-]*|[A-Z][a-z]{3,}[\w-]*) "
    r"(?:data ?sets?|corpus|corpora|benchmarks?|test sets?|test[- ]?set|challenge)\b"
)
_NEAR = 1_500
_TABLE_HEAD = 3_000


@lru_cache(maxsize=2048)
def folded(text: str) -> str:
    """Letters, digits and signs of quantities alone, so that layout makes no difference; digits never run together."""
    text = without_formula_marks(plain(text)).casefold().replace("\\", "").replace("_", " ")
    text = _BETWEEN_DIGITS.sub("_", _SENTENCE_MARK.sub("", text))
    return _LAYOUT.sub("", "".join(text.split()))


@lru_cache(maxsize=1024)
def is_row(quote: str) -> bool:
    """Whether it is a table's row: `a | b | c`, or, out of a PDF, more numbers than words."""
    numbers = len(re.findall(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?", quote))
    return "|" in quote or (numbers > 1 and numbers >= len(re.findall(r"[^\W\d_]{2,}", quote)))


def is_garbled(number: Quantity, text: str) -> bool:
    """Whether a number stands there as PDFs garble it: 10^-22 as 10-22, 18,400 as "18, 400"."""
    if not re.search(r"\^|\d,\d", number.text):
        return False
    written = re.escape(number.text.replace("^", "")).replace(",", r",\s?").replace(r"\ ", r"\s?")
    return bool(re.search(rf"(?<![\d.]){written}(?![\d.])", plain(text)))


class Evidence:
    """What a paper's text, abstract and title hold, without the instructions to language models in them.

    Where the model reads the PDF itself, the text is not at hand.
    """

    def __init__(self, paper: Paper, text: FullText) -> None:
        self.has_text = bool(text.text)
        self.told = (text.text, paper.abstract, paper.title, paper.comment or "", "\n".join(paper.authors))
        """The texts as they came."""
        self._texts = tuple(without_instructions(one) for one in self.told)

    @property
    def abstract(self) -> str:
        return self._texts[1]

    @property
    def title_and_abstract(self) -> str:
        return f"{self._texts[2]}\n{self._texts[1]}"

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(folded(text) for text in self._texts)

    @cached_property
    def raw(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def numbers(self) -> tuple[Quantity, ...]:
        return quantities(self.raw)

    def holds_formula(self, formula: str) -> bool:
        """Whether it stands in the paper, but for its looks; true where the text has no formulas to compare with."""
        return not FORMULA.search(self.raw) or without_looks(formula) in self._without_looks

    @cached_property
    def _without_looks(self) -> str:
        return without_looks(self.raw)

    def states(self, number: Quantity) -> bool:
        """Whether the paper has it; the unit may be told elsewhere, as in the head of a table."""
        told = any(number.agrees(one) or (number.bare, "") in one.readings for one in self.numbers)
        return told or is_garbled(number, self.raw)

    def has_in_another_unit(self, number: Quantity) -> bool:
        """Whether the same figures stand in the paper with a unit, and never with this one."""
        same = [one for one in self.numbers if one.bare == number.bare]
        return any("" not in one.dimensions for one in same) and not any(number.agrees(one) for one in same)

    @cached_property
    def data_sets(self) -> frozenset[str]:
        """Names that the paper itself calls a data set, folded."""
        return frozenset(folded(match["name"]) for match in _DATA_SET.finditer(self.raw))

    def holds(self, name: str) -> bool:
        """Whether a name stands in the paper, however it is spaced and hyphenated."""
        return bool(name) and any(_stands(folded(name), text) for text in self._folded)

    def holds_in_full(self, name: str) -> bool:
        """Whether it stands in the paper, or the words that it is short for: EER for equal error rate."""
        if self.holds(name) or not re.fullmatch("[A-Z]{2,6}", name):
            return self.holds(name)
        words = r"[\s-]+".join(rf"{letter}[a-z]*" for letter in name)
        return bool(re.search(rf"\b{words}", self.raw, re.IGNORECASE))

    def holds_quote(self, quote: str) -> bool:
        """Whether it stands in the text or the abstract, word for word."""
        return next(self._places(quote), None) is not None

    def near(self, quote: str, name: str) -> bool:
        """Whether a name stands in the quote, or in the text around it."""
        back = _TABLE_HEAD if is_row(quote) else _NEAR
        length = len(folded(quote))
        return any(
            _stands(folded(name), text[max(0, at - back) : at + length + _NEAR]) for text, at in self._places(quote)
        )

    def _places(self, quote: str) -> Iterator[tuple[str, int]]:
        sought = folded(quote)
        for text in self._folded[:2]:
            at = text.find(sought) if sought else -1
            while at >= 0:
                if _is_whole(text, at, at + len(sought)):
                    yield text, at
                at = text.find(sought, at + 1)


def _stands(name: str, text: str) -> bool:
    at = text.find(name) if name else -1
    while at >= 0:
        if _is_whole(text, at, at + len(name)):
            return True
        at = text.find(name, at + 1)
    return False


def _is_whole(text: str, start: int, end: int) -> bool:
    """No number is cut in two at either end."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    cut_before = text[start : start + 1].isdigit() and re.search(r"\d$|\d[.,]$|\.$", before)
    cut_after = text[end - 1 : end].isdigit() and re.match(r"\d|[.,]\d", after)
    return not (cut_before or cut_after)
