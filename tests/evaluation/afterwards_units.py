"""Planters of later: sizes and units that were taken over wrongly, and numbers in words."""

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.evaluation.afterwards_numbers import texts
from tests.evaluation.case import Case
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

Rewriting = Callable[[re.Match[str]], str | None]

_NUMBER = r"(?<![A-Za-z\d.,])(\d[\d,]*(?:\.\d+)?)"
_SIZED = re.compile(_NUMBER + r"\s?(亿|万)(?![亿万])")
_COUNTED = re.compile(
    r"(?<![A-Za-z\d.,])(?<![表图第] )(?<![A-Za-z] )(\d{1,3},\d{3}|\d{4,6})(?=\s?[次段名个步条组句道])"
)
_LETTERED = re.compile(_NUMBER + r"([KMB])(?=\s?(?:个)?(?:参数|词元|样本|步|小时))")
_UNITS = {
    "毫秒": ("微秒", "s"), "秒": ("ms", "分"), "小时": ("天", "s"), "天": ("分钟", "个月"), "周": ("小时", "年"),
    "个月": ("天", "年"), "BLEU": ("METEOR",), "dB": ("dBm", "kHz"), "kbps": ("kHz", "Gbps"), "mW": ("kW", "mA"),
    "eV": ("keV", "MeV"), "FLOPs": ("TFLOPs", "参数"), "Hz": ("dB", "GHz"), "分": ("倍",), "块 GPU": ("块 CPU",),
    "days": ("weeks", "minutes"), "hours": ("seconds", "weeks"), "months": ("days", "weeks"), "points": ("dB", "times"),
    "s": ("ms", "h"),
}  # fmt: skip
_LONGEST_FIRST = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_MEASURED = re.compile(rf"(\d\$?\s?)({_LONGEST_FIRST})(?![A-Za-z分之数钟])")
_DIGITS, _PLACES = "零一二三四五六七八九", ("", "十", "百", "千")
_WORDS = {
    "三分之一": "四分之一", "一半": "三分之一", "两倍": "四倍", "平方": "立方", "两方": "三方", "四十": "十四",
    "十二": "二十", "十个": "十二个", "七位": "十七位", "第一、第二": "第二、第三", "两种": "三种",
}  # fmt: skip
_WORD = re.compile("|".join(_WORDS))


def _short_by_thousand(match: re.Match[str]) -> str | None:
    """16 亿 becomes 16 千万, 4 万 becomes 4 千."""
    return f"{match[1]} {'千万' if match[2] == '亿' else '千'}"


def _spelt_short(match: re.Match[str]) -> str | None:
    """300 万 becomes 三十万."""
    number = Decimal(match[1].replace(",", "")) * (10**8 if match[2] == "亿" else 10**4) / 10
    return _spelt(int(number)) if number == int(number) else None


def _thousands_as_myriads(match: re.Match[str]) -> str | None:
    """9,360 段 becomes 9.36 万段, the comma taken for the mark of 万."""
    return f"{Decimal(match[1].replace(',', '')) / 1000:f} 万"


def _million_as_ten_myriads(match: re.Match[str]) -> str | None:
    """28.4M becomes 284 万, and 2B becomes 2 亿."""
    number = Decimal(match[1].replace(",", ""))
    return {"K": f"{number:f} 万", "M": f"{number * 10:f} 万", "B": f"{number:f} 亿"}[match[2]]


def _spelt(number: int) -> str:
    """In Chinese numerals, such as 一亿六千万."""
    for size, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            rest = number % size
            gap = "零" if 0 < rest < size // 10 else ""
            return _spelt(number // size) + sign + gap + (_spelt(rest) if rest else "")
    pieces = [(_DIGITS[int(d)] + _PLACES[n]) if d != "0" else "零" for n, d in enumerate(reversed(str(number)))]
    return re.sub("零+", "零", "".join(reversed(pieces))).rstrip("零")


def _slipping(rewrite: Rewriting, pattern: re.Pattern[str], field: str) -> Planter:
    def plant(case: Case, random: Random) -> Planted | None:
        found = [(path, m) for path, text in texts(case, field) for m in pattern.finditer(text)]
        one = drawn(random, [(path, m, other) for path, m in found if (other := rewrite(m))])
        if one is None:
            return None
        path, match, other = one
        text = match.string[: match.start()] + other + match.string[match.end() :]
        return spoiled(PlantedKind.MAGNITUDE, case, path, text, f"{match[0]} -> {other}: {text}")

    plant.__name__ = f"later_{field}{rewrite.__name__}"
    return plant


def _measuring(field: str) -> Planter:
    """The number under a unit that no paper would use for it, or of another size."""

    def plant(case: Case, random: Random) -> Planted | None:
        one = drawn(random, [(path, m) for path, text in texts(case, field) for m in _MEASURED.finditer(text)])
        if one is None:
            return None
        path, match = one
        other = random.choice(_UNITS[match[2]])
        text = match.string[: match.start(2)] + other + match.string[match.end() :]
        return spoiled(PlantedKind.UNIT, case, path, text, f"{match[0]} -> {match[1]}{other}: {text}")

    plant.__name__ = f"later_{field}_unit"
    return plant


def number_word(case: Case, random: Random) -> Planted | None:
    """四十名 becomes 十四名, 平方 becomes 立方."""
    one = drawn(random, list(_WORD.finditer(case.reply.translation)))
    if one is None:
        return None
    text = one.string[: one.start()] + _WORDS[one[0]] + one.string[one.end() :]
    return spoiled(PlantedKind.WORD, case, ("translation",), text, f"{one[0]} -> {_WORDS[one[0]]}")


_BOTH = ("translation", "results")
PLANTERS: tuple[Planter, ...] = (
    *(_slipping(_short_by_thousand, _SIZED, field) for field in _BOTH),
    *(_slipping(_spelt_short, _SIZED, field) for field in _BOTH),
    *(_slipping(_thousands_as_myriads, _COUNTED, field) for field in _BOTH),
    *(_slipping(_million_as_ten_myriads, _LETTERED, field) for field in _BOTH),
    *(_measuring(field) for field in (*_BOTH, "claims")),
    number_word,
)
