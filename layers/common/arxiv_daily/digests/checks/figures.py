"""Numbers in figures: 1,240 and .5, 10^{-3} and 1.5×10^{-4}, 1/8, 百分之93; and those that are part of a name.

The marks of a list, such as (2), are none.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from arxiv_daily.digests.checks.numerals import chinese_value
from arxiv_daily.digests.checks.quantity import Quantity, Weight, loose, measured, told
from arxiv_daily.digests.checks.scales import scaled_units

_FIGURES = r"(?:(?<![\d,.])\d{1,3}(?:,\d{3})+(?!\d)|(?<![\d.])\d+)(?:\.\d+)?|(?<![\w.])\.\d+"
_NUMBER = re.compile(
    r"(?=[\d.百负-])(?:(?<![\d.])(?P<version>\d+(?:\.\d+){2,})|(?<![\d./])1/(?P<part>[2-9]|[1-9]\d+)(?![\d/]|\.\d)"
    r"|百分之(?P<hundredths>\d+(?:\.\d+)?|[零一二两三四五六七八九十百点]+)"
    rf"|(?P<sign>(?<![A-Za-z0-9_.)\]}}%°])-|负)?(?P<figures>{_FIGURES})"
    r"(?:\s?×\s?10\^\s?(?P<power>-?\d+)|e(?P<e>-?\d{1,2})(?![\w.])|(?<=10)\^(?P<tenth>-?\d+))?)"
)
_NAME_BEFORE = re.compile(r"(?:[A-Za-zΑ-ω_^]|(?<=[A-Za-zΑ-ω])[-.]|\\[A-Za-z]+\s?)$")
_LIST_MARK = re.compile(r"\(\d{1,2}\)")
_LETTER = re.compile("[A-Za-z]")
_DECADE = re.compile(r"(?:19|20)\d0s")
_FALLING = re.compile(r"[降减少低负]")
_MONEY = (("USD", Decimal(1)),)


def in_figures(text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        if _LIST_MARK.match(text, max(0, match.start() - 1)):
            continue
        if match["version"] or _is_in_a_name(text, match):
            values = [Decimal(part) for part in re.findall(r"\d+(?:\.\d+)?", match[0])]
            yield loose(match[0], values, match.start(), match.end())
        elif match["hundredths"]:
            yield _hundredths(match)
        elif match["part"]:
            yield _part(match)
        else:
            yield _figure(text, match)


def _is_in_a_name(text: str, match: re.Match[str]) -> bool:
    start = match.start("figures")
    return start >= 0 and bool(_NAME_BEFORE.search(text[max(0, start - 20) : start]))


def _hundredths(match: re.Match[str]) -> Quantity:
    parts = match["hundredths"]
    value = told(Decimal(parts) if parts[0].isdecimal() else chinese_value(parts))
    return Quantity(match[0], frozenset({(value, "%")}), Weight.FIGURE, *match.span(), value)


def _part(match: re.Match[str]) -> Quantity:
    """1/8 is what is left of an eightfold reduction."""
    times = told(Decimal(match["part"]))
    readings = frozenset({(times, ""), (times, "times"), (told(1 / times), "")})
    return Quantity(match[0], readings, Weight.FIGURE, *match.span(), times)


def _figure(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    value = _value(match)
    if _DECADE.match(text, start):
        return loose(match[0], (value,), start, end)
    units, after = scaled_units(text, end)
    if after == end and _LETTER.match(text, end):
        return loose(match[0], (value,), start, end)
    if text.endswith("$", 0, start):
        units += _MONEY
    return measured(text, (start, after), _signed(text, match, value), units, Weight.FIGURE)


def _value(match: re.Match[str]) -> Decimal:
    if match["tenth"]:
        return Decimal(10) ** int(match["tenth"])
    value, power = Decimal(match["figures"].replace(",", "")), match["power"] or match["e"]
    return value * Decimal(10) ** int(power) if power else value


def _signed(text: str, match: re.Match[str], value: Decimal) -> tuple[Decimal, ...]:
    """Below zero is also told as a fall."""
    if match["sign"]:
        return (-value,)
    falls = _FALLING.search(text[max(0, match.start() - 8) : match.start()])
    return (value, -value) if falls else (value,)
