"""Numbers in words: three tasks, 三个任务, 四周, a million, both."""

import re
from collections.abc import Iterator
from decimal import Decimal

from arxiv_daily.digests.checks import numerals
from arxiv_daily.digests.checks.quantity import Quantity, Weight, loose, measured
from arxiv_daily.digests.checks.scales import scaled_units
from arxiv_daily.digests.checks.units import unit_at

_MEASURE = re.compile(
    r"\s?(?:个|种|类|名|位|项|条|段|层|步|次|轮|篇|组|套|款|家(?!庭)|人|台|所|处|块|张|份|首|对(?!比|齐|应|抗)|帧|阶段|者|倍|门|维"
    r"|大(?!量|型|规)|部分|方面|模块|任务|数据集|语言|模型|基准)"
)
_LARGE = re.compile(r"[二两三四五六七八九](?:[百千]|[十百千]?[二三四五六七八九]?[万亿])")
"""七亿, 三十万 and 四千; 百万 and 千万 may be said of what was never counted."""
_IDIOM = re.compile(r"十分|三元组|四元数|三角|四舍五入|一二|三方|两者|七零八|五花|一般|八度")
_SINGLES = {"单": Decimal(1), "首": Decimal(1), "双": Decimal(2), "半": Decimal("0.5"), "翻倍": Decimal(2)}
_SINGLE = re.compile("|".join(_SINGLES))


def in_chinese(text: str) -> Iterator[Quantity]:
    for match in _SINGLE.finditer(text):
        yield loose(match[0], (_SINGLES[match[0]],), *match.span())
    for match in numerals.CHINESE.finditer(text):
        if not re.search(r"分之$|\d$", text[max(0, match.start() - 2) : match.start()]):
            yield _chinese(text, match)


def _chinese(text: str, match: re.Match[str]) -> Quantity:
    """With a measure word or a unit it counts something; a large one is a figure, and a share is (四成)."""
    value, (start, end) = numerals.chinese_value(match[0]), match.span()
    units, after = unit_at(text, end)
    is_figure = bool(_LARGE.fullmatch(match[0])) or any(dimension == "%" for dimension, _ in units)
    is_measured = is_figure or bool(_MEASURE.match(text, end)) or any(dimension for dimension, _ in units)
    if not is_measured or text.endswith("第", 0, start) or _IDIOM.match(text, start):
        return loose(match[0], (value,), start, end)
    return measured(text, (start, after), (value,), units, Weight.FIGURE if is_figure else Weight.COUNT)


def in_english(text: str) -> Iterator[Quantity]:
    for match in numerals.ENGLISH.finditer(text):
        values, is_count = numerals.english_values(match[0])
        units, after = scaled_units(text, match.end())
        if not is_count:
            units += tuple(("times", size) for dimension, size in units if not dimension)
        yield measured(text, (match.start(), after), values, units, Weight.COUNT if is_count else Weight.LOOSE)
