"""Numerals in words: Chinese ones and English ones."""

import re
from decimal import Decimal

from arxiv_daily.digests.checks.alternatives import one_of

_DIGITS = {"零": 0, "〇": 0, **{digit: at for at, digit in enumerate("一二三四五六七八九", 1)}, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
CHINESE_SCALES = {
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
    **{name: Decimal(size) for name, size in _TENS.items()},
}
CHINESE = re.compile(
    r"(?<![数几上成若零〇一二两三四五六七八九十百千万亿点])"
    r"[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]*(?:点[零〇一二三四五六七八九]+)?"
)

ENGLISH_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_CARDINALS = {
    **{word: Decimal(value) for value, word in enumerate(_UNITS.split())},
    **{word: Decimal(value * 10) for value, word in enumerate(_DECADES.split(), 2)},
}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_MONTHS = "january february march april - june july august september october november december"
_MULTIPLES = {
    "once single sole": "1",
    "both twice double doubles doubled doubling pair pairs paired dual couple twofold bilingual binary": "2",
    "thrice triple tripled triplet triplets trio threefold": "3",
    "quadruple quadrupled fourfold quarter": "4",
    "dozen": "12",
}
_OTHERS = {
    **{word: (Decimal(value),) for words, value in _MULTIPLES.items() for word in words.split()},
    **{word: (Decimal(value),) for value, word in enumerate(_ORDINALS.split(), 1)},
    **{word: (Decimal(value),) for value, word in enumerate(_MONTHS.split(), 1) if word != "-"},
    **dict.fromkeys(("half", "halve", "halves", "halved", "halving"), (Decimal("0.5"), Decimal(2))),
    **{word: (value,) for word, value in ENGLISH_SCALES.items()},
}


_UNIT = one_of(_UNITS.split(), any_case=True)
ENGLISH = re.compile(
    rf"(?<![A-Za-z])(?:(?:{one_of(_DECADES.split(), any_case=True)})(?:[- ](?:{_UNIT}))?"
    rf"|{_UNIT}|{one_of(_OTHERS, any_case=True)})(?=(?i:folds?\b)|(?![A-Za-z]))"
)


def chinese_value(numeral: str) -> Decimal:
    """十二 is 12, 三百万 is 3,000,000, 一点五 is 1.5."""
    whole, _, fraction = numeral.partition("点")
    value = _whole(whole)
    return value + Decimal("0." + "".join(str(_DIGITS[digit]) for digit in fraction)) if fraction else value


def _whole(numeral: str) -> Decimal:
    for name in ("亿", "万"):
        left, mark, right = numeral.rpartition(name)
        if mark:
            return (_whole(left) or Decimal(1)) * CHINESE_SCALES[name] + _whole(right)
    if len(numeral) > 1 and not any(size in numeral for size in _TENS):
        return Decimal("".join(str(_DIGITS[digit]) for digit in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in _TENS:
            total, digit = total + (digit or 1) * _TENS[sign], 0
        else:
            digit = _DIGITS[sign]
    return Decimal(total + digit)


def english_values(words: str) -> tuple[tuple[Decimal, ...], bool]:
    """What words can mean, and whether they count something: twelve and twenty-five do, second and both do not."""
    words = words.lower()
    if words in _OTHERS:
        return _OTHERS[words], False
    return (sum((_CARDINALS[word] for word in re.split("[- ]", words)), Decimal(0)),), True
