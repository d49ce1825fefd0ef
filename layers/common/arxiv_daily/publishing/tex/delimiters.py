"""Dollars: which closes a formula, and which is money."""

import re

_TOKEN = re.compile(r"\\.|[{}$]", re.DOTALL)
_NESTED = 8
"""Dollars within braces of a formula, at most."""
_TEXT = re.compile(r"\\(?:text|mbox|hbox|emph)")
_TEX = re.compile(r"[\\^_{}=<>]")
_WORD = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")
_QUANTITY = re.compile(r"\s*[\d.,]+\s*[A-Za-z]{0,4}\s*")
_PRICE = re.compile(r"\s?\d[\d.,]*\s?(?:[kKMBT]|bn)?(?:\s+[A-Za-z]{2,}|\s*[\u3000-\u9fff\uff00-\uff65]|\s+$)")
"""An amount and a word after it, or nothing more."""


def closing_dollar(text: str, start: int, longest: int) -> int:
    """Where the formula that begins at `start` ends; -1 where none does.

    A dollar within the braces of a text command, as in `$\\textit{63$\\times$}$`, does not close it.
    """
    depth, dollars = 0, []
    for token in _TOKEN.finditer(text, start, start + longest):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if token[0] == "$":
            dollars.append(token.start())
            if depth <= 0 or len(dollars) > _NESTED:
                break
    if not dollars:
        return -1
    whole = depth == 0 and _TEXT.search(text, start, dollars[0]) is not None
    return dollars[-1] if whole else dollars[0]


def is_formula(latex: str, after: str) -> bool:
    """Whether what stands between two dollars is one; `after` is the character behind the second."""
    lopsided = latex[0].isspace() != latex[-1].isspace()
    words = len(_WORD.findall(latex))
    quantity = _QUANTITY.fullmatch(latex) is not None
    if _PRICE.match(latex) and (lopsided or after.isdigit() or not (quantity or _TEX.search(latex))):
        return False
    if latex[0].isdigit() and after.isdigit() and not _TEX.search(latex) and not quantity:
        return False
    return bool(_TEX.search(latex)) or not (lopsided or words > 2)  # noqa: PLR2004  # three words are prose
