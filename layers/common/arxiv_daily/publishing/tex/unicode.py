"""Simple formulas in plain Unicode."""

import unicodedata
from xml.etree.ElementTree import Element

from arxiv_daily.publishing.tex.alphabets import without_alphabet
from arxiv_daily.publishing.tex.errors import NotPlain

_RAISED = str.maketrans("0123456789+-−=()nijaoxk*′″∘°", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱʲᵃᵒˣᵏ*′″°°")
_LOWERED = str.maketrans("0123456789+-−=()aeioruvxjhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢₒᵣᵤᵥₓⱼₕₖₗₘₙₚₛₜ")
_COMBINING = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "˙": "\u0307", "¨": "\u0308", "→": "\u20d7", "―": "\u0305"}
_SPACED = frozenset("=≠<>≤≥⩽⩾≈≃≡∝∈∉⊂⊆→←↔⇒↦∣")


def in_unicode(math: Element) -> str:
    """The formula on one line. Raises NotPlain where that would need fractions, roots, tables or scripts that
    Unicode does not have."""
    return unicodedata.normalize("NFC", without_alphabet(_row(math)).strip())


def _row(element: Element) -> str:
    shown = ""
    for child in element:
        text = _shown(child)
        relation = child.tag == "mo" and text in _SPACED and shown and child is not element[-1]
        shown += f" {text} " if relation else text
    return shown


def _shown(element: Element) -> str:
    match element.tag:
        case "mi" | "mn" | "mo" | "mtext":
            return element.text or ""
        case "mrow" | "mstyle":
            return _row(element)
        case "mspace":
            return " "
        case "msup" | "msub":
            return _shown(element[0]) + _script(element[1], _RAISED if element.tag == "msup" else _LOWERED)
        case "msubsup":
            return _shown(element[0]) + _script(element[1], _LOWERED) + _script(element[2], _RAISED)
        case "mover":
            return _accented(_shown(element[0]), element[1].text or "")
    raise NotPlain(element.tag)


def _script(element: Element, signs: dict[int, int]) -> str:
    text = without_alphabet(_shown(element))
    if not text or any(ord(char) not in signs for char in text):
        raise NotPlain(text)
    return text.translate(signs)


def _accented(base: str, accent: str) -> str:
    if len(base) != 1 or accent not in _COMBINING:
        raise NotPlain(accent)
    return base + _COMBINING[accent]
