"""What requests to Claude cost, in micro-dollars (a dollar per million tokens is one of them per token)."""

import base64
import math
import re
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from arxiv_daily.digests.prompt import Request
from arxiv_daily.models import Usage, Value
from arxiv_daily.observability import logger

USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS = 75_000, 3_000
"""What a request for a full paper usually takes, the prompt's own words included."""

_ASCII_PER_TOKEN = 2
"""At least: prose has four, tables and formulas two to three."""
_TOKENS_PER_OTHER = 1.5
USUAL_CHARACTERS_PER_TOKEN = 4
"""Of English prose."""
_TOKENS_AROUND = 2_000
"""What the API adds to a request: the output format, and the frame of each turn."""
_TOKENS_PER_PAGE = 5_000
"""Of a PDF: its text, and the page as a picture."""
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_BYTES_PER_PAGE, _TOKENS_PER_BYTES = 25_000, 3_000
"""For pages that cannot be counted without unpacking the file."""
_MOST_PAGES = 30
"""Longer ones are not sent (sources/fulltext.py)."""


class Tier(Value):
    """Dollars per million tokens."""

    input: Decimal
    output: Decimal

    def cost(self, usage: Usage) -> int:
        return math.ceil(usage.input_tokens * self.input + usage.output_tokens * self.output)


class HighTier(Tier):
    """The price of a whole request whose prompt is longer than `prompt_tokens`."""

    prompt_tokens: int


class Price(Tier):
    name: str
    above: HighTier | None = None

    def tier(self, prompt_tokens: int) -> Tier:
        return self.above if self.above and prompt_tokens > self.above.prompt_tokens else self


class _PriceList(Value):
    date: date
    models: tuple[Price, ...]


def _read() -> _PriceList:
    text = files("arxiv_daily.digests").joinpath("prices.toml").read_text(encoding="utf-8")
    return _PriceList.model_validate(tomllib.loads(text, parse_float=Decimal))


_LIST = _read()
PRICES_DATE = _LIST.date
"""When the prices were read."""


def cost(model: str, usage: Usage) -> int:
    """What an answer cost, rounded up. A model without a known price costs as much as the dearest one."""
    return price(model).tier(usage.input_tokens).cost(usage)


def ceiling(request: Request) -> int:
    """What a request may cost at most: its input is over-estimated, and its output as long as it may be."""
    texts = (request.system, *(message.content for message in request.messages))
    tokens = _TOKENS_AROUND + sum(map(_most_tokens, texts)) + _pdf_tokens(request.pdf)
    return cost(request.model, Usage(input_tokens=tokens, output_tokens=request.max_tokens))


def expected(model: str, characters: int, output_tokens: int) -> int:
    """What a request with so many characters of English usually costs."""
    tokens = math.ceil(characters / USUAL_CHARACTERS_PER_TOKEN)
    return cost(model, Usage(input_tokens=tokens, output_tokens=output_tokens))


@cache
def price(model: str) -> Price:
    """By the longest name that the model's id contains; for an unknown model the dearest, said once in the log."""
    known = [listed for listed in _LIST.models if listed.name in model.lower()]
    if known:
        return max(known, key=lambda listed: len(listed.name))
    dearest = max(_LIST.models, key=lambda listed: listed.output)
    logger.warning("a model has no price; it is priced as the dearest", model=model, priced_as=dearest.name)
    return dearest


def _most_tokens(text: str) -> int:
    ascii_characters = len(text.encode("ascii", "ignore"))
    return math.ceil(ascii_characters / _ASCII_PER_TOKEN + (len(text) - ascii_characters) * _TOKENS_PER_OTHER)


def _pdf_tokens(pdf: str) -> int:
    """By its pages or by its size, whichever is more: some pages may lie packed away."""
    content = base64.b64decode(pdf)
    by_size = math.ceil(len(content) / _BYTES_PER_PAGE) * _TOKENS_PER_BYTES
    return max(len(_PAGE.findall(content)) * _TOKENS_PER_PAGE, min(by_size, _MOST_PAGES * _TOKENS_PER_PAGE))
