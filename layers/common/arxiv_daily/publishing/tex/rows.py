"""Rows of MathML with no more elements than they need."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

_FUNCTIONS = {
    "arg", "argmax", "argmin", "cos", "cosh", "deg", "det", "dim", "exp", "gcd", "inf", "ker", "lim", "ln", "log",
    "max", "min", "sin", "sinh", "sup", "tan", "tanh",
}  # fmt: skip
_THOUSAND = 3
"""Digits behind the comma of a large number."""


def unwrapped(element: Element) -> Element:
    """Without a row around a single element."""
    plain = element.tag in ("mrow", "mstyle") and not element.attrib
    return element[0] if plain and len(element) == 1 else element


def merged(children: Iterable[Element]) -> list[Element]:
    """Upright letters joined to words, numbers over their commas; spaces without width left out."""
    row: list[Element] = []
    for child in children:
        if child.tag == "mspace" and not child.attrib:
            continue
        row += [_thin_space(), child] if row and _stand_apart(row[-1], child) else [child]
        if len(row) > 1 and _is_word(row[-2]) and _is_word(child):
            row[-2:] = [_leaf("mi", row[-2:])]
        elif [part.tag for part in row[-3:]] == ["mn", "mo", "mn"] and _is_thousands(row[-2], child):
            row[-3:] = [_leaf("mn", row[-3:])]
    for child in row:
        if len(child.text or "") > 1:
            child.attrib.pop("mathvariant", None)
    return row


def _stand_apart(one: Element, other: Element) -> bool:
    """Whether the name of a function stands beside a letter or number: `log p`, but `log(p)`."""
    pair = _base(one), _base(other)
    return any(base.text in _FUNCTIONS for base in pair) and not any(base.tag in ("mo", "mspace") for base in pair)


def _base(element: Element) -> Element:
    scripted = element.tag in ("msub", "msup", "msubsup", "munder", "mover", "munderover")
    return _base(element[0]) if scripted and len(element) else element


def _thin_space() -> Element:
    return Element("mspace", {"width": "0.167em"})


def _is_word(element: Element) -> bool:
    """Upright letters: one by its attribute, several by MathML's rule."""
    return element.tag == "mi" and element.get("mathvariant") == "normal" and (element.text or "").isalpha()


def _is_thousands(comma: Element, digits: Element) -> bool:
    return comma.text == "," and len(digits.text or "") == _THOUSAND


def _leaf(tag: str, parts: list[Element]) -> Element:
    leaf = Element(tag, dict(parts[0].attrib))
    leaf.text = "".join(part.text or "" for part in parts)
    return leaf
