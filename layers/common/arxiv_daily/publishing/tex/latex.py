"""A formula's LaTeX as the converter understands it."""

import re

from arxiv_daily.publishing.tex.commands import COMMANDS, ENVIRONMENTS, REFUSED
from arxiv_daily.publishing.tex.errors import Unconvertible
from arxiv_daily.publishing.tex.texts import with_texts_taken

_LONGEST = 2_000
"""Characters; what is longer stands as its source."""
_DEEPEST = 24
"""Groups within groups."""
_UNSEEN = re.compile(r"\\(?:textcolor|color|label)\s*(?:\[\w*\])?\s*\{[^{}]*\}")
_NOT_EQUAL = re.compile(r"\\not\s*=")
_UNICODE = re.compile(r"\\unicode\s*\{\s*(?:[x\"]([0-9A-Fa-f]{1,6})|(\d{1,7}))\s*\}")
_LAST = 0x10FFFF
_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}%$]", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{(\w+)\*?\}")
_OPERATOR = re.compile(r"\\operatorname\s*\*?\s*\{((?:[^{}]|\{[^{}]*\})*+)\}")
_ONE_UPRIGHT = re.compile(r"\\(mathrm|rm)\s*\{([A-Za-z])\}")


def prepared(latex: str) -> tuple[str, list[str]]:
    """The LaTeX to convert, in which `\\text{T0}` stands for the first of the texts. Raises Unconvertible."""
    if len(latex) > _LONGEST:
        raise Unconvertible("too long")
    latex = _UNICODE.sub(_character, _UNSEEN.sub("", _NOT_EQUAL.sub(r"\\neq ", latex)))
    latex, texts = with_texts_taken(_TOKEN.sub(_known, latex))
    latex = _OPERATOR.sub(_operator, _ENVIRONMENT.sub(_environment, latex))
    latex = _ONE_UPRIGHT.sub(r"\\\1{ \2}", latex)  # without the space it would be an italic letter
    _check_groups(latex)
    return " ".join(latex.split()), texts


def _known(token: re.Match[str]) -> str:
    """A percent sign is one: arXiv's abstracts were written for people, not for TeX, where it opens a comment."""
    if token[0] == "%":
        return r"\%"
    if token[0][1:] in REFUSED:
        raise Unconvertible(token[0])
    return COMMANDS.get(token[0][1:], token[0])


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    if code > _LAST or not chr(code).isprintable() or chr(code) in r"\{}$":
        raise Unconvertible(found[0])
    return rf"\text{{{chr(code)}}}"


def _environment(found: re.Match[str]) -> str:
    name = ENVIRONMENTS.get(found[2])
    if name is None:
        raise Unconvertible(found[0])
    return rf"\{found[1]}{{{name}}}" if name else " "


def _operator(found: re.Match[str]) -> str:
    """latex2mathml knows operators of letters alone, and no stars on others."""
    return rf"\operatorname{{{found[1]}}}" if found[1].isalpha() else rf"\mathrm{{{found[1]}}}"


def _check_groups(latex: str) -> None:
    """Groups are balanced and not too deep, and no dollar is left."""
    depth = 0
    for token in _TOKEN.finditer(latex):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if token[0] == "$" or not 0 <= depth <= _DEEPEST:
            raise Unconvertible(token[0])
    if depth:
        raise Unconvertible("a group without end")
