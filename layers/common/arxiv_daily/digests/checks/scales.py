"""What stands between a number and its unit: million, 亿, k."""

import math
import re
from decimal import Decimal

from arxiv_daily.digests.checks.numerals import CHINESE_SCALES, ENGLISH_SCALES
from arxiv_daily.digests.checks.units import COUNT, Unit, unit_ahead, unit_at

_SCALE = re.compile(
    r"(?:[ -]?(?P<english>(?i:hundred|thousand|million|billion|trillion))s?(?![A-Za-z])"
    r"|(?P<letter>bn|[kKMBT])(?![A-Za-z])|\s(?P<apart>[MB])(?![A-Za-z\d])"
    r"|\s?(?P<chinese>万亿|千万|百万|十万|十亿|百亿|千亿|万|亿|千(?![赫克米瓦卡比字])|百(?!分))(?:多|余)?)",
)
_LETTERS = {"k": Decimal(1000), "M": Decimal(10**6), "B": Decimal(10**9), "bn": Decimal(10**9), "T": Decimal(10**12)}
_LETTERS["K"] = _LETTERS["k"]


def scaled_units(text: str, position: int) -> tuple[tuple[Unit, ...], int]:
    """How the scale and the unit after a number can be read together, and where they end."""
    units, end = unit_at(text, position)
    if units != (COUNT,):
        return units, end
    scale, position = _scale(text, position)
    units, end = unit_at(text, position)
    if units == (COUNT,):
        units += unit_ahead(text, position)
    return tuple((dimension, size * scale) for dimension, size in units), end


def _scale(text: str, position: int) -> tuple[Decimal, int]:
    match = _SCALE.match(text, position)
    if match is None:
        return Decimal(1), position
    if match["english"]:
        return ENGLISH_SCALES[match["english"].lower()], match.end()
    letter = match["letter"] or match["apart"]
    signs = (CHINESE_SCALES[sign] for sign in match["chinese"] or "")
    return _LETTERS[letter] if letter else math.prod(signs, start=Decimal(1)), match.end()
