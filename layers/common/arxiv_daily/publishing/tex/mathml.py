"""Formulas as MathML Core: what latex2mathml makes of them, as far as a list of elements and attributes allows."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from xml.etree.ElementTree import Element

from arxiv_daily.publishing.tex.allowed import checked
from arxiv_daily.publishing.tex.errors import Unconvertible
from arxiv_daily.publishing.tex.latex import prepared

_NOT_SHOWN = re.compile(r"\\begin\{array\}\s*\{[lcr| ]*\}|\\(?:begin|end)\{\w+\*?\}|\\text\{T\d+\}|\\[A-Za-z]+")
"""Commands, and texts, which come back by their number."""


@lru_cache(maxsize=4096)
def math_element(latex: str, display: bool) -> Element | None:
    """`<math>` with the LaTeX as its `alttext`; None when the formula cannot become MathML that says the same.

    What is text alone has the class `text`: a browser breaks no line within a formula unless its style says so.
    Elements are shared between callers: nobody changes them.
    """
    try:
        math = _converted(latex, display)
    except Unconvertible:
        return None
    text_alone = all(child.tag == "mtext" for child in math)
    math.attrib = {"display": "block"} if display else {"class": "text"} if text_alone else {}
    math.set("alttext", latex)
    return math


def _converted(latex: str, display: bool) -> Element:
    source, texts = prepared(latex)
    math = checked(_by_latex2mathml(source, display), texts)
    _check_that_nothing_is_lost(source, math)
    if [child.tag for child in math] == ["mo"] and not display:
        math[0].tag, math[0].attrib = "mi", {}  # as in TeX, no space around a sign that stands alone: 36$\times$
    return math


def _by_latex2mathml(source: str, display: bool) -> Element:
    from latex2mathml.converter import Converter  # noqa: PLC0415  # a tenth of a second of a cold start

    try:
        return Converter(display="block" if display else "inline").convert_to_element(source)
    except Exception as error:  # KeyError, StopIteration, RecursionError and a dozen of its own, without a family
        raise Unconvertible(str(error)) from error


def _check_that_nothing_is_lost(source: str, math: Element) -> None:
    """Each letter and digit of the source is seen, at least as often."""
    shown = Counter(unicodedata.normalize("NFKC", "".join(math.itertext())))
    asked = Counter(char for char in _NOT_SHOWN.sub(" ", source) if char.isalnum())
    if asked - shown:
        raise Unconvertible("a part is lost")
