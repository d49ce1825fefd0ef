"""Planters of later: numbers misread or mistyped."""

import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from random import Random

from tests.evaluation.case import Case, Path
from tests.evaluation.figures import Figure, evidence, figures, value
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

Spoiling = Callable[[Figure, Random], str | None]
"""Other digits for a figure, or None where this slip cannot happen to it."""

_NAMED = re.compile(r"(?:[A-Za-z]\s?|[表图第]\s?|v\d\.)$")
"""What stands before the 2 of Llama 2 or 表 2."""
_BOUNDED = re.compile(r"(?:至少|至多|逾|超过|不到|低于|高达|最高|约|近|大于|小于)(?:[为有需要]*)\s?\$?$")
_STATED = re.compile(r"(?:为|是|达|达到|升至|降至|得到)\s?$")
_SCALES = {"毫秒": "0.001", "秒": "1000", "小时": "60", "天": "24", "周": "7", "%": "0.01", "kbps": "1000"} | {
    "mW": "0.001", "kHz": "1000", "Hz": "0.001", "分钟": "60", "个月": "12"
}  # fmt: skip
_UNIT = re.compile("|".join(rf"\s?({re.escape(unit)})" for unit in _SCALES))
_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")


def texts(case: Case, field: str) -> list[tuple[Path, str]]:
    """The texts of a field whose numbers can be held against a source; of claims their values."""
    if field == "translation":
        return case.texts("translation")
    found = case.texts(field) if case.has_full_text else []
    return [(path, text) for path, text in found if field != "claims" or path[-1] == "value"]


def _digit_lost(figure: Figure, random: Random) -> str | None:
    place = random.randrange(len(figure.digits))
    rest = figure.digits[:place] + figure.digits[place + 1 :]
    return rest if figure.digits[place].isdecimal() and _PLAIN.fullmatch(rest) else None


def _digit_doubled(figure: Figure, random: Random) -> str | None:
    place = random.randrange(len(figure.digits))
    twice = figure.digits[: place + 1] + figure.digits[place:]
    return twice if figure.digits[place].isdecimal() and _PLAIN.fullmatch(twice) else None


def _wrongly_rounded(figure: Figure, _: Random) -> str | None:
    """28.4 becomes 29, 41.86 becomes 41.8."""
    if not re.fullmatch(r"\d+\.\d*[1-9]", figure.digits) or _BOUNDED.search(figure.text[: figure.start]):
        return None
    step = Decimal(1).scaleb(-len(figure.digits.split(".")[1]) + 1)
    way = ROUND_CEILING if figure.digits[-1] < "5" else ROUND_FLOOR
    return str(Decimal(figure.digits).quantize(step, way))


def _comma_become_point(figure: Figure, _: Random) -> str | None:
    return re.sub(r",\s?", ".", figure.digits) if figure.digits.count(",") == 1 else None


def _sign_turned(figure: Figure, _: Random) -> str | None:
    is_stated = _STATED.search(figure.text[: figure.start]) and value(figure.digits)
    return f"-{figure.digits}" if is_stated else None


def _converted_without_its_unit(figure: Figure, _: Random) -> str | None:
    """40 毫秒 becomes 0.04 毫秒."""
    unit = _UNIT.match(figure.after)
    return f"{(value(figure.digits) * Decimal(_SCALES[unit[0].strip()])).normalize():f}" if unit else None


def _slipping(spoil: Spoiling, field: str) -> Planter:
    def plant(case: Case, random: Random) -> Planted | None:
        found = [figure for figure in figures(texts(case, field)) if not _NAMED.search(figure.text[: figure.start])]
        changed = [(figure, spoil(figure, random)) for figure in found]
        one = drawn(random, [(f, other) for f, other in changed if other and _is_foreign(case, f, other)])
        if one is None:
            return None
        figure, other = one
        what = f"{figure.digits} -> {other}: {figure.written(other)}"
        return spoiled(PlantedKind.NUMBER, case, figure.path, figure.written(other), what)

    plant.__name__ = f"later_{field}{spoil.__name__}"
    return plant


def _is_foreign(case: Case, figure: Figure, other: str) -> bool:
    return value(other) != value(figure.digits) and value(other) not in evidence(case, figure.path)


def year_shifted(case: Case, random: Random) -> Planted | None:
    """WMT 2014 becomes WMT 2016."""
    found = [f for f in figures(case.texts("translation")) if re.fullmatch(r"(?:19|20)\d\d", f.digits)]
    figure = drawn(random, [f for f in found if re.search(r"[A-Za-z年月于在] ?$", f.text[: f.start])])
    if figure is None:
        return None
    other = str(int(figure.digits) + random.choice((-2, -1, 1, 2)))
    if not _is_foreign(case, figure, other):
        return None
    return spoiled(PlantedKind.NUMBER, case, figure.path, figure.written(other), f"{figure.digits} -> {other}")


def _rewriting(kind: PlantedKind, name: str, field: str, pattern: str, other: str) -> Planter:
    """One match of the pattern, in a text drawn from those that have it, becomes the other."""
    compiled = re.compile(pattern)

    def plant(case: Case, random: Random) -> Planted | None:
        one = drawn(random, [(path, m) for path, text in texts(case, field) for m in compiled.finditer(text)])
        if one is None:
            return None
        path, match = one
        text = match.string[: match.start()] + match.expand(other) + match.string[match.end() :]
        return spoiled(kind, case, path, text, f"{match[0]} -> {match.expand(other)}")

    plant.__name__ = f"later_{field}_{name}"
    return plant


_NUMBER = r"(?<![\d.A-Za-z])\d+(?:\.\d+)?"
_PM = r"\s?(?:±|\$\\pm\$|\+/-)\s?"
_TO = r"\s?(?:升至|降至|升到|降到|提高到|提升至|降为)\s?"
_SPREAD = rf"({_NUMBER})({_PM})({_NUMBER})"
_FROM_TO = rf"从\s?(\$?{_NUMBER}\$?)((?:%|\s?毫秒|\s?秒)?{_TO})(\$?{_NUMBER}\$?)"
_RANGE = rf"{_NUMBER}%?\s?[-–~至到]\s?({_NUMBER}%?)"


_BOTH = ("translation", "results")
PLANTERS: tuple[Planter, ...] = (
    *(_slipping(spoil, field) for spoil in (_digit_lost, _digit_doubled) for field in (*_BOTH, "claims")),
    *(_slipping(spoil, field) for spoil in (_wrongly_rounded, _comma_become_point, _sign_turned) for field in _BOTH),
    *(_slipping(_converted_without_its_unit, field) for field in _BOTH),
    year_shifted,
    *(_rewriting(PlantedKind.NUMBER, "mean_and_spread", f, _SPREAD, r"\3\2\1") for f in (*_BOTH, "claims")),
    _rewriting(PlantedKind.NUMBER, "end_of_range_alone", "translation", _RANGE, r"\1"),
    *(_rewriting(PlantedKind.NUMBER, "sign_of_exponent", f, r"10\^\{-(\d+)\}", r"10^{\1}") for f in _BOTH),
    *(_rewriting(PlantedKind.SWAPPED, "from_and_to", f, _FROM_TO, r"从 \3\2\1") for f in _BOTH),
)
