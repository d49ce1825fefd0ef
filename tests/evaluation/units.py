"""Planters: the right digits with a wrong size or unit."""

import re
from random import Random

from tests.evaluation.case import Case, Path
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

_NUMBER = r"(?<![A-Za-z\d.,])(\d[\d,]*(?:\.\d+)?)"
_SIZES = {"亿": ("万", ""), "万": ("亿", ""), "billion": ("million",), "million": ("billion",)} | {
    "B": ("M",), "M": ("B", "K"), "K": ("M", "")
}  # fmt: skip
_SIZED = re.compile(_NUMBER + r"(\s?-?)(亿|万|billion|million|[BMK](?![A-Za-z]))")
_UNITS = {
    "kHz": ("Hz", "MHz"), "Hz": ("kHz",), "GB": ("MB", "TB"), "kbps": ("bps", "Mbps"), "mW": ("W",), "dB": ("%",),
    "毫秒": ("秒", "微秒"), "秒": ("毫秒", "分钟"), "小时": ("分钟", "天"), "分钟": ("秒", "小时"),
    "天": ("小时", "周"), "周": ("天", "个月"), "个月": ("年", "周"), "%": ("", "个百分点", "倍"), "倍": ("%",),
    "hours": ("minutes", "days"), "days": ("hours",), "months": ("years",), "times": ("%",),
}  # fmt: skip
_LONGEST_FIRST = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_MEASURED = re.compile(rf"{_NUMBER}(\s?)({_LONGEST_FIRST})(?!\s?[-–~至到]\s?\d)")
"""Not the 4% of 4% - 6%, which may do without its unit."""


def _swapping(kind: PlantedKind, field: str, pattern: re.Pattern[str], others: dict[str, tuple[str, ...]]) -> Planter:
    def plant(case: Case, random: Random) -> Planted | None:
        found = [(path, match) for path, text in _texts(case, field) for match in pattern.finditer(text)]
        drawn_one = drawn(random, found)
        if drawn_one is None:
            return None
        path, match = drawn_one
        other = f"{match[1]}{match[2]}{random.choice(others[match[3]])}".rstrip(" -")
        text = match.string[: match.start()] + other + match.string[match.end() :]
        return spoiled(kind, case, path, text, f"{match[0]} -> {other}")

    plant.__name__ = f"{field}_{'size' if kind is PlantedKind.MAGNITUDE else 'unit'}"
    return plant


def _texts(case: Case, field: str) -> list[tuple[Path, str]]:
    if field == "translation":
        return case.texts("translation")
    if not case.has_full_text:
        return []
    return [(path, text) for path, text in case.texts(field) if field != "claims" or path[-1] == "value"]


def _tenfold(field: str) -> Planter:
    """A billion is 十亿: the usual slip is a factor of ten."""

    def plant(case: Case, random: Random) -> Planted | None:
        texts = _texts(case, field)
        found = [(path, m) for path, text in texts for m in _SIZED.finditer(text) if m[3] in "亿万"]
        drawn_one = drawn(random, found)
        if drawn_one is None:
            return None
        path, match = drawn_one
        number = float(match[1].replace(",", "")) * random.choice((10, 0.1, 100))
        other = f"{number:.10g}{match[2]}{match[3]}"
        text = match.string[: match.start()] + other + match.string[match.end() :]
        return spoiled(PlantedKind.MAGNITUDE, case, path, text, f"{match[0]} -> {other}")

    plant.__name__ = f"{field}_tenfold"
    return plant


_FIELDS = ("translation", "results", "claims")
PLANTERS: tuple[Planter, ...] = (
    *(_swapping(PlantedKind.MAGNITUDE, field, _SIZED, _SIZES) for field in _FIELDS),
    *(_tenfold(field) for field in _FIELDS[:2]),
    *(_swapping(PlantedKind.UNIT, field, _MEASURED, _UNITS) for field in _FIELDS),
)
