"""FORMULA: every formula of the abstract stands in the translation, and no other does."""

import re
from collections.abc import Iterator

from arxiv_daily.digests.checks.plain_text import FORMULA, plain, without_formula_marks
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.models import Paper

_GREEK = "alpha beta gamma delta epsilon eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega"
_LETTERS = dict(zip(_GREEK.split(), "αβγδεηθκλμνξπρστφχψω", strict=True))
_COMMAND = re.compile(rf"\\(?:var)?({'|'.join(_LETTERS)})(?![A-Za-z])")
_NUMBERS = re.compile(r"[\d.,%×±≈~→≤≥<>=+\-/^k MBKxdGHsmz]*")
"""Numbers, units and relations."""


def formula_faults(paper: Paper, translation: str) -> Iterator[Fault]:
    for formula in _lost(paper.abstract, translation):
        yield _fault(
            f"the abstract's formula {formula!r} is missing or changed", f"译文缺少或改变了公式「{formula}」。"
        )
    for formula in _lost(translation, paper.abstract):
        yield _fault(f"the formula {formula!r} is not in the abstract", f"译文中的公式「{formula}」不见于摘要。")


def _lost(source: str, target: str) -> Iterator[str]:
    whole, single = without_looks(target), {without_looks(formula) for formula in formulas(target)}
    prose = FORMULA.sub(" ", target)
    for formula in formulas(source):
        sought = without_looks(formula)
        is_letter = re.fullmatch(r"[A-Za-zα-ω]{1,2}", sought)
        stands = re.search(rf"(?<![A-Za-z]){sought}(?![A-Za-z])", prose) if is_letter else sought in whole
        if not (stands or sought in single or says_no_more_than_numbers(formula)):
            yield formula


def says_no_more_than_numbers(formula: str) -> bool:
    """Then the checks of numbers look after it, and words may stand for the rest."""
    return bool(_NUMBERS.fullmatch(without_looks(formula)))


def formulas(text: str) -> Iterator[str]:
    for match in FORMULA.finditer(text):
        yield (match["display"] or match["inline"]).strip()


def without_looks(text: str) -> str:
    """Without what only sets its look: spaces, braces, fonts, backslashes."""
    text = without_formula_marks(_COMMAND.sub(lambda letter: _LETTERS[letter[1]], plain(text)))
    return re.sub(r"[\s{}\\$]|_(?=\()", "", text)


def _fault(problem: str, remark: str) -> Fault:
    return Fault(kind=FaultKind.FORMULA, where=("translation",), message=f"translation: {problem}", remark=remark)
