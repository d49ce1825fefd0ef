"""Units as papers write them, in English and Chinese: each a dimension and its size in that dimension's base.

A spelling may be read in several ways (分 is a point of a score, or nothing but a measure word).
"""

import re
from decimal import Decimal

from arxiv_daily.digests.checks.alternatives import one_of

Unit = tuple[str, Decimal]
"""The dimension ("" for plain counts) and what one of it is in the dimension's base unit."""

COUNT: Unit = ("", Decimal(1))


def _family(dimension: str, *sizes: tuple[str, str], also: tuple[str, ...] = ()) -> dict[str, tuple[Unit, ...]]:
    others = tuple((other, Decimal(1)) for other in also)
    return {
        spelling: ((dimension, Decimal(size)), *others) for size, spellings in sizes for spelling in spellings.split()
    }


_SYMBOLS: dict[str, tuple[Unit, ...]] = {
    **_family("%", ("1", "%")),
    **_family("‰", ("1", "‰")),
    **_family("pp", ("1", "%p pp p.p.")),
    **_family("times", ("1", "x X ×")),
    **_family("s", ("1e-9", "ns"), ("1e-6", "us μs"), ("1e-3", "ms msec"), ("1", "s sec secs")),
    **_family("s", ("60", "min mins"), ("3600", "h hr hrs")),
    **_family("Hz", ("1", "Hz"), ("1e3", "kHz KHz khz"), ("1e6", "MHz"), ("1e9", "GHz")),
    **_family("bps", ("1", "bps bit/s bits/s b/s"), ("1e3", "kbps Kbps kb/s kbit/s kbits/s")),
    **_family("bps", ("1e6", "Mbps Mb/s Mbit/s"), ("1e9", "Gbps Gb/s Gbit/s")),
    **_family("byte", ("1e3", "KB kB KiB"), ("1e6", "MB MiB"), ("1e9", "GB GiB"), ("1e12", "TB TiB")),
    **_family("dB", ("1", "dB dBFS dBA dBSPL")),
    **_family("dBm", ("1", "dBm")),
    **_family("eV", ("1", "eV"), ("1e3", "keV"), ("1e6", "MeV"), ("1e9", "GeV"), ("1e12", "TeV")),
    **_family("m", ("1e-9", "nm"), ("1e-6", "μm um"), ("1e-3", "mm"), ("1e-2", "cm"), ("1", "m"), ("1e3", "km")),
    **_family("m/s", ("1", "m/s"), also=("m",)),
    **_family("g", ("1e-3", "mg"), ("1", "g"), ("1e3", "kg")),
    **_family("W", ("1e-6", "μW uW"), ("1e-3", "mW"), ("1", "W"), ("1e3", "kW")),
    **_family("J", ("1e-3", "mJ"), ("1e-6", "μJ"), ("1", "J"), ("3.6e6", "kWh")),
    **_family("V", ("1e-3", "mV"), ("1", "V")),
    **_family("°", ("1", "°"), also=("°C",)),
    **_family("°C", ("1", "°C ℃")),
    **_family("flop", ("1e6", "MFLOPs MFLOPS MFlops"), ("1e9", "GFLOPs GFLOPS GFlops"), ("1e12", "TFLOPs TFLOPS")),
    **_family("mac", ("1e6", "MMACs MMAC M/s"), ("1e9", "GMACs GMAC")),
    **_family("fps", ("1", "fps FPS"), also=("",)),
    **_family("px", ("1", "px"), also=("",)),
    **_family("USD", ("1", "USD")),
}

_WORDS: dict[str, tuple[Unit, ...]] = {
    **_family("%", ("1", "percent pct")),
    **_family("times", ("1", "times fold folds"), also=("",)),
    **_family("point", ("1", "points point pts"), also=("",)),
    **_family("s", ("1e-9", "nanoseconds nanosecond"), ("1e-6", "microseconds microsecond")),
    **_family("s", ("1e-3", "milliseconds millisecond"), ("1", "seconds second")),
    **_family("s", ("60", "minutes minute"), ("3600", "hours hour")),
    **_family("day", ("1", "days day"), ("7", "weeks week")),
    **_family("month", ("1", "months month"), ("12", "years year")),
    **_family("Hz", ("1", "hertz"), ("1e3", "kilohertz")),
    **_family("bit", ("1", "bits bit")),
    **_family("byte", ("1", "bytes byte"), ("1e6", "megabytes"), ("1e9", "gigabytes")),
    **_family("dB", ("1", "decibels decibel")),
    **_family("m", ("1e-3", "millimeters millimetres"), ("1e-2", "centimeters centimetres"), ("1e3", "kilometers")),
    **_family("m", ("1", "meters meter metres metre")),
    **_family("W", ("1e-3", "milliwatts"), ("1", "watts")),
    **_family("°", ("1", "degrees degree deg"), also=("°C", "")),
    **_family("semitone", ("1", "semitones semitone")),
    **_family("cent", ("1", "cents cent")),
    **_family("USD", ("1", "dollars dollar")),
    **_family("px", ("1", "pixels pixel"), also=("",)),
    **_family("flop", ("1", "flops")),
}

_CHINESE: dict[str, tuple[Unit, ...]] = {
    **_family("pp", ("1", "百分点 个百分点"), also=("point",)),
    **_family("point", ("1", "分 点 个点"), also=("",)),
    **_family("times", ("1", "倍"), also=()),
    **_family("s", ("1e-9", "纳秒"), ("1e-6", "微秒"), ("1e-3", "毫秒"), ("1", "秒 秒钟"), ("60", "分钟")),
    **_family("s", ("3600", "小时 个小时")),
    **_family("day", ("1", "天"), ("7", "周 星期 个星期")),
    **_family("day", ("1", "日"), also=("",)),
    **_family("month", ("1", "个月"), ("12", "年")),
    **_family("month", ("1", "月"), also=("",)),
    **_family("Hz", ("1", "赫兹 赫"), ("1e3", "千赫兹 千赫"), ("1e6", "兆赫兹 兆赫")),
    **_family("bps", ("1", "比特每秒 比特/秒"), ("1e3", "千比特每秒 千比特/秒"), ("1e6", "兆比特每秒 兆比特/秒")),
    **_family("bit", ("1", "比特")),
    **_family("bit", ("1", "位"), also=("",)),
    **_family("byte", ("1", "字节"), ("1e6", "兆字节"), ("1e9", "吉字节")),
    **_family("dB", ("1", "分贝")),
    **_family("m", ("1e-9", "纳米"), ("1e-6", "微米"), ("1e-3", "毫米"), ("1e-2", "厘米"), ("1", "米")),
    **_family("m", ("1e3", "千米 公里")),
    **_family("m/s", ("1", "米/秒 米每秒"), also=("m",)),
    **_family("g", ("1e-3", "毫克"), ("1", "克"), ("1e3", "千克 公斤")),
    **_family("W", ("1e-6", "微瓦"), ("1e-3", "毫瓦"), ("1", "瓦"), ("1e3", "千瓦")),
    **_family("J", ("1e-3", "毫焦"), ("1", "焦耳")),
    **_family("V", ("1e-3", "毫伏"), ("1", "伏 伏特")),
    **_family("°C", ("1", "摄氏度")),
    **_family("°", ("1", "度"), also=("°C", "")),
    **_family("semitone", ("1", "半音 个半音")),
    **_family("cent", ("1", "音分 美分")),
    **_family("USD", ("1", "美元")),
    **_family("px", ("1", "像素"), also=("",)),
    **_family("fps", ("1", "帧/秒 帧每秒"), also=("",)),
    **_family("%", ("10", "成")),
}
_CHINESE["年"] = (("month", Decimal(12)), COUNT)  # a span of years, or a year's name

_OTHERWISE = (
    r"(?!分(?:类|布|析|别|辨|支|割|解|之|区|离|组|段|层|为|配|散|量|数据)|点(?:击|云|积|对|的|上|处)|位(?:置|于|移)|度量|元(?:组|素)"
    r"|日(?:志|常)|周(?:期|围)|倍频|成(?:对|员|分|功|本|果)|米兰|克服|天然|年龄|月球|秒级)"
)
"""Words that begin like a unit."""


_UNIT = re.compile(
    rf"\+?\s?-?\s?(?:(?P<points>(?:percentage[- ]points?|%[- ]points?|percent[- ]points?|percentage-point))(?![A-Za-z])"
    rf"|(?P<percent>per cent)(?![A-Za-z])|(?P<persecond>[km]?bits per second)"
    rf"|(?P<word>{one_of(_WORDS, any_case=True)})(?![A-Za-z])"
    rf"|(?P<symbol>{one_of(_SYMBOLS)})(?![A-Za-z])"
    rf"|(?:多|余|来)?{_OTHERWISE}(?P<chinese>{one_of(_CHINESE)}))"
)
_MULTIPLICATION = re.compile(r"\s?[x×X]\s?\d")
_PREPOSITION = r"(?:per|of|in|for|and|or|to|by|from|at|with|over|than|every|each|an?|the)\b"
_WORD_AHEAD = re.compile(
    rf"(?:[ -](?!{_PREPOSITION})[A-Za-z-]+){{1,2}} (?P<word>{one_of(_WORDS, any_case=True)})(?![A-Za-z])"
)


def unit_at(text: str, position: int) -> tuple[tuple[Unit, ...], int]:
    """How the unit that begins there can be read, and where it ends; no unit at all is a count."""
    match = None if _MULTIPLICATION.match(text, position) else _UNIT.match(text, position)
    if match is None:
        return (COUNT,), position
    return _readings(match), match.end()


def unit_ahead(text: str, position: int) -> tuple[Unit, ...]:
    """The unit of "960 labelled hours", which one or two words part from its number."""
    match = _WORD_AHEAD.match(text, position)
    return _WORDS[match["word"].lower()] if match else ()


def _readings(match: re.Match[str]) -> tuple[Unit, ...]:
    if match["points"]:
        return (("pp", Decimal(1)),)
    if match["percent"]:
        return _SYMBOLS["%"]
    if match["persecond"]:
        return _SYMBOLS[{"k": "kbps", "m": "Mbps"}.get(match["persecond"][0], "bps")]
    if match["word"]:
        return _WORDS[match["word"].lower()]
    return _SYMBOLS[match["symbol"]] if match["symbol"] else _CHINESE[match["chinese"]]
