"""Text as the checks read it: LaTeX, Unicode's variants and line breaks told in one way."""

import re
import unicodedata
from functools import lru_cache

from arxiv_daily.digests.checks.alternatives import one_of

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_CIRCLED = re.compile(r"[①-⑳❶-❿➀-➉]")
_COMMANDS = {
    r"\\times(?![A-Za-z])|\\cdot(?![A-Za-z])": "×",
    r"\\pm(?![A-Za-z])|\+/-|\+-": "±",
    r"\\approx(?![A-Za-z])|\\simeq(?![A-Za-z])": "≈",
    r"\\sim(?![A-Za-z])": "~",
    r"\\(?:rightarrow|to)(?![A-Za-z])": "→",
    r"\\leq?(?![A-Za-z])|\\leqslant(?![A-Za-z])": "≤",
    r"\\geq?(?![A-Za-z])|\\geqslant(?![A-Za-z])": "≥",
    r"\\(?:l?dots|cdots)(?![A-Za-z])": "...",
    r"\\(?:mathrm|mathbf|mathit|mathsf|mathtt|mathcal|mathbb|text|textbf|textit|texttt|operatorname|rm|bf|it)"
    r"(?![A-Za-z])\*?": "",
    r"\\(?:left|right|bigl?|bigr|Bigl?|Bigr|quad|qquad|displaystyle)(?![A-Za-z])": " ",
    r"\\[,;:! ]|~(?=[A-Za-z])|~(?=\d)(?<=[A-Za-z.]~)": " ",
    r"\\([%$&#_{}])": r"\1",
}
_RULES = tuple((re.compile(pattern), told) for pattern, told in _COMMANDS.items())
_PARTED = re.compile(r", (?=0\d\d(?!\d))(?<=\d, )")
"""118, 000 out of a PDF."""
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]{2,}|[\t\r\f\v\u00a0]")
"""But for a single one, which is as it should be."""
_DASHES = re.compile(r"[\u2010\u2011\u2212\ufe63\uff0d]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_ADDRESS = re.compile(
    rf"(?:{one_of(('http://', 'https://', 'www.'), any_case=True)})[^\s，。；、）（<>\"']+"
    rf"|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+|(?:{one_of(('arxiv:',), any_case=True)})\S+"
)

FORMULA = re.compile(r"\$\$(?P<display>[^$]+)\$\$|(?<!\\)\$(?=\S)(?P<inline>[^$]*?(?<=[^\s\\]))\$(?!\d)")
"""A formula between dollars; an amount of money opens none."""


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """LaTeX as the signs it stands for, full-width and ligatures as plain characters, one kind of hyphen."""
    text = _RAISED.sub(lambda raised: "^" + raised[0].translate(_SUPERSCRIPTS), _CIRCLED.sub(" ", text))
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", text.replace("，", ", ").replace("\u00b5", "μ")))
    text = _INVISIBLE.sub("", text)
    for pattern, told in _RULES:
        text = pattern.sub(told, text)
    text = _PARTED.sub(",", text)
    return _SPACES.sub(" ", text)


def without_formula_marks(text: str) -> str:
    """The same text with the dollars of its formulas and all braces gone; an amount keeps its dollar."""
    text = FORMULA.sub(lambda formula: formula["display"] or formula["inline"], text)
    return re.sub(r"(?<!\\)[{}]", "", text)


def without_addresses(text: str) -> str:
    return _ADDRESS.sub(" ", text)
