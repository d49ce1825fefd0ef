"""TeX's text mode, as arXiv's titles and abstracts have it, made readable."""

import re

from arxiv_daily.publishing.tex.accents import with_accents
from arxiv_daily.publishing.tex.symbols import with_symbols

_CONTENT = r"((?:[^{}]+|\{[^{}]*\})*+)"
_LOOKS = (
    "emph|ensuremath|underline|uline|text(?:bf|it|tt|sc|sf|rm|sl|up|md|normal|superscript|subscript)?|mbox|url|path"
)
_SWITCHES = "em|bf|it|tt|sc|sf|rm|sl|bfseries|itshape|ttfamily|scshape|sffamily|slshape|small|large|Large"
_GROUPS = (
    (re.compile(rf"\\(?:{_LOOKS})\s*\{{{_CONTENT}(?:\}}|\Z)"), r"\1"),
    (re.compile(rf"\{{\\(?:{_SWITCHES})(?![A-Za-z])\s*{_CONTENT}\}}"), r"\1"),
    (re.compile(rf"\\textcolor\s*\{{[\w!.-]+\}}\s*\{{{_CONTENT}\}}"), r"\1"),
    (re.compile(rf"\\href\s*\{{{_CONTENT}\}}\s*\{{\1\}}"), r"\1"),
    (re.compile(rf"\\href\s*\{{{_CONTENT}\}}\s*\{{{_CONTENT}\}}"), r"\2 (\1)"),
    (re.compile(rf"\\href\s*\{{{_CONTENT}\}}(?!\s*\{{)"), r"\1"),
    (re.compile(rf"\\enquote\s*\{{{_CONTENT}\}}"), r"“\1”"),
    (re.compile(rf"[\s~]?\\footnote\s*\{{{_CONTENT}(?:\}}|\Z)"), r" (\1)"),
)
_DEEPEST = 12
"""Groups within groups; what lies deeper stays as it was written."""
_ESCAPED = re.compile(r"\\(?:(?P<sign>[%&#_$])|(?P<brace>[{}])|(?P<hyphen>-)|(?P<thin>,)| |\\(?=\s|\Z)[^\S\n]*)")
_BRACES = {"{": "\ufdd2", "}": "\ufdd3"}
_WRITTEN_BRACES = str.maketrans({mark: brace for brace, mark in _BRACES.items()})
_PART_OF_WORD = re.compile(
    r"\\[A-Za-z]+\s?\{|(?<=[A-Za-z])\{([A-Za-z]+)\}|(?<![\w\\}])\{([A-Za-z]+)\}(?=[A-Za-z])|\{([^\x00-\x7f\u3000-\uffff])\}"
)
"""Braces that only kept a capital or an accent together: `f{o}cus`, `{U}nsupervised`, `{é}`; not an argument's."""
_TIE = re.compile(r"(?<=[A-Za-z.,)\ufdd1])~(?=[A-Za-z(\[\\\ufdd0])|(?<=[A-Za-z.])~(?=\d)|(?<=\d)~(?=[A-Za-z(\ufdd0])")
"""Not `~` for about, as in `(~5%)` or `22%~36%`."""
_DASHES = re.compile(r"(?<=[\w)\]}\"'’”.,%\ufdd1])(\s?)(?<!-)(---?)(?!-)\1(?=[\w(\[{\"'‘“`\\\ufdd0])")
"""Between words, with a space on both sides or on none: not an option, not an arrow, not a rule."""
_DOUBLE = re.compile(r"``([^`]{1,400}?)(?:''|\")")
_SINGLE = re.compile(r"(?<![^\s(\[])`(?=[^\s`])([^`'\n]{1,200})(?<=\S)'(?![A-Za-z'])")


def readable(text: str) -> str:
    """Accents, symbols, escapes, ties, dashes and quotation marks as Unicode has them; commands that only set the
    look, and their braces, gone. A command that is not known stays as it is."""
    if not any(sign in text for sign in ("\\", "{", "~", "--", "`")):
        return text
    text = _without_groups(with_accents(_ESCAPED.sub(_unescaped, text)))
    text = _PART_OF_WORD.sub(lambda part: part[1] or part[2] or part[3] or part[0], with_symbols(text))
    text = _DASHES.sub(_dash, _TIE.sub("\u00a0", text))
    text = _SINGLE.sub(r"‘\1’", _DOUBLE.sub(r"“\1”", text))
    return text.translate(_WRITTEN_BRACES)


def _unescaped(found: re.Match[str]) -> str:
    if found["brace"]:
        return _BRACES[found["brace"]]
    return found["sign"] or found["hyphen"] or ("\u2009" if found["thin"] else " ")


def _without_groups(text: str) -> str:
    for _ in range(_DEEPEST):
        before = text
        for pattern, content in _GROUPS:
            text = pattern.sub(content, text)
        if text == before:
            break
    return text


def _dash(found: re.Match[str]) -> str:
    return f"{found[1]}{'—' if len(found[2]) == len('---') else '–'}{found[1]}"
