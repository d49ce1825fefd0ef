"""What Claude costs for a paper, by the product's own prices."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from arxiv_daily.digests.cost import USUAL_CHARACTERS, USUAL_CHARACTERS_PER_TOKEN, USUAL_OUTPUT_TOKENS, cost
from arxiv_daily.digests.prompt import MAX_TEXT_CHARACTERS
from arxiv_daily.models import Usage as Tokens
from tests.costing.files import TextUse, assumed

FIRST, SECOND = "claude-haiku-5-5", "claude-sonnet-5-5"
"""The template's defaults, which a test holds."""

_MICRO = 1_000_000


@dataclass(frozen=True)
class Reading:
    """How a paper is read: tokens of the first question and of an answer, and what share is asked again by whom."""

    name: str
    prompt: int
    answer: int
    again: float
    second: float

    def dollars(self, first: str = FIRST, second: str = SECOND) -> float:
        """On average; `second` may be the same model."""
        asked = cost(first, Tokens(input_tokens=self.prompt, output_tokens=self.answer))
        corrected = cost(first, Tokens(input_tokens=self.prompt + self.answer, output_tokens=self.answer))
        by_second = cost(second, Tokens(input_tokens=self.prompt, output_tokens=self.answer))
        return (asked + self.again * corrected + self.second * by_second) / _MICRO


def readings(texts: Iterable[TextUse]) -> tuple[Reading, Reading, Reading]:
    """The least, the usual and the most that a paper takes."""
    known = list(texts)
    return (
        Reading("least", min(map(prompt_tokens, known)), min(map(answer_tokens, known)), 0, 0),
        Reading(
            "usual",
            _tokens(USUAL_CHARACTERS),
            USUAL_OUTPUT_TOKENS,
            assumed("corrected_by_first"),
            assumed("corrected_by_second"),
        ),
        Reading("most", _tokens(MAX_TEXT_CHARACTERS), 2 * USUAL_OUTPUT_TOKENS, 1, 0.1),
    )


def prompt_tokens(text: TextUse) -> int:
    return _tokens(text.prompt)


def answer_tokens(text: TextUse) -> int:
    """A Chinese character is taken as a token, the rest as English."""
    return text.answer_beyond_ascii + _tokens(text.answer - text.answer_beyond_ascii)


def _tokens(characters: int) -> int:
    return math.ceil(characters / USUAL_CHARACTERS_PER_TOKEN)
