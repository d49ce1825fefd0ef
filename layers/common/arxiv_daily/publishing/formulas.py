"""What arXiv or a model wrote, with LaTeX in it, for pages and for places that take plain text alone."""

from xml.etree.ElementTree import tostring

from markupsafe import Markup, escape

from arxiv_daily.publishing.tex.errors import NotPlain
from arxiv_daily.publishing.tex.mathml import math_element
from arxiv_daily.publishing.tex.pieces import Formula, pieces
from arxiv_daily.publishing.tex.unicode import in_unicode


def prose(text: str) -> Markup:
    """For an HTML page: escaped, TeX's text mode made readable, formulas as MathML Core with their LaTeX as `alttext`.

    A formula that cannot become valid MathML that says the same stands as it was written, in `<code class="tex">`.
    No links, styles, scripts or attributes that the text chooses; characters that turn the direction of others, and
    controls, are dropped.
    """
    first, *others = map(_on_page, pieces(text))
    return Markup("").join((first, *others)) if others else first


def plain(text: str) -> str:
    """For a title, a feed or a card: no markup, simple formulas in Unicode, others as they were written."""
    return "".join(map(_in_line, pieces(text))).replace("\u00a0", " ")


def line(text: str) -> str:
    """As plain, on one line."""
    return " ".join(plain(text).split())


def _on_page(piece: str | Formula) -> Markup:
    if isinstance(piece, str):
        return escape(piece)
    math = math_element(piece.latex, piece.display)
    if math is None:
        return Markup('<code class="tex">{}</code>').format(piece.written)
    return Markup(tostring(math, encoding="unicode", short_empty_elements=False))  # noqa: S704  # of allowed elements


def _in_line(piece: str | Formula) -> str:
    if isinstance(piece, str):
        return piece
    math = math_element(piece.latex, piece.display)
    try:
        return piece.written if math is None else in_unicode(math)
    except NotPlain:
        return piece.written
