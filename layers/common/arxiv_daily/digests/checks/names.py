"""Names in a text: of data sets, models and measures, as Latin tokens."""

import re
from functools import lru_cache

from arxiv_daily.digests.checks.plain_text import FORMULA, plain, without_addresses

_NAME = re.compile(r"(?<![A-Za-z0-9.])[A-Za-z][A-Za-z0-9]*(?:[-_.+/&'][A-Za-z0-9]+)*\+*")
_TELLING = re.compile(r"[A-Z].*[A-Z0-9]|[a-z].*\d|^[A-Z][a-z]{2,}")
_SLOT = re.compile(
    r"在(?P<inside>[^在，。；：]{1,80}?)(?:数据集|语料库?|基准(?:测试)?|测试集|验证集|评测集|集合?)?(?:上|中)(?!下)"
    r"|(?P<before>[A-Za-z][A-Za-z0-9_ .+/、和与-]{1,60}?)\s?(?:数据集|语料|基准|测试集|验证集|评测集)"
)
_NO_DATA_SET = re.compile(r"(?:任务|指标|方面|模型|设备|维度|编码器|框架)\s*$")
_PHRASE = re.compile(r"[A-Za-z][A-Za-z0-9+/&'_.-]*(?: (?:[A-Z0-9][\w+/&'.-]*))*", re.ASCII)


@lru_cache(maxsize=1024)
def names(text: str) -> tuple[str, ...]:
    """Tokens that look like names: with capitals or digits, outside of formulas and addresses."""
    text = FORMULA.sub(" ", plain(without_addresses(text)))
    return tuple(match[0] for match in _NAME.finditer(text) if _TELLING.search(match[0]))


def data_set_slots(clause: str) -> tuple[str, ...]:
    """What stands where Chinese names a data set: 在 A、B 上, A 数据集."""
    found: list[str] = []
    for match in _SLOT.finditer(clause):
        inside = match["inside"] or match["before"] or ""
        if not _NO_DATA_SET.search(inside):
            found += [name[0].strip(" .") for name in _PHRASE.finditer(inside) if _TELLING.search(name[0])]
    return tuple(dict.fromkeys(found))
