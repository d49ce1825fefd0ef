"""The elements and attributes of MathML Core that reach a page; nothing else that a converter made does."""

import re
from xml.etree.ElementTree import Element

from arxiv_daily.publishing.tex.errors import Unconvertible
from arxiv_daily.publishing.tex.rows import merged, unwrapped
from arxiv_daily.publishing.tex.tokens import TOKENS, token_kind, token_text

_CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3, "mspace": 0,
}  # fmt: skip
_ROWS = {"math": None, "mrow": None, "mstyle": None, "msqrt": None, "mtd": None, "mtr": "mtd", "mtable": "mtr"}
"""What takes any number of children, and of which kind alone."""
_FLAG = re.compile("true|false")
_LENGTH = re.compile(r"[0-3](?:\.\d+)?em|\.\d+em")
_ATTRIBUTES = {
    "mi": {"mathvariant": re.compile("normal")},
    "mo": dict.fromkeys(("stretchy", "separator", "symmetric", "largeop", "movablelimits"), _FLAG)
    | dict.fromkeys(("lspace", "rspace", "minsize", "maxsize"), _LENGTH)
    | {"form": re.compile("prefix|infix|postfix")},
    "mfrac": {"linethickness": re.compile("0")},
    "mspace": {"width": _LENGTH},
    "mstyle": {"displaystyle": _FLAG, "scriptlevel": re.compile("[0-2]")},
    "mtable": {"displaystyle": _FLAG},
    "mtd": {"columnalign": re.compile("left|center|right")},
}
_SPACES = {"thinmathspace": "0.167em", "mediummathspace": "0.222em", "thickmathspace": "0.278em"}
"""Core has no named spaces; negative ones, which would draw over other text, are dropped."""
_ACCENTS = frozenset("´¯˘ˇ˙¨^`~˚―→⃛⃜")
_DEEPEST = 60


def checked(element: Element, texts: list[str], depth: int = 0) -> Element:
    """A copy of what is allowed of it, with the texts for `T0`, `T1`, …. Raises Unconvertible."""
    tag = _tag(element)
    if depth > _DEEPEST:
        raise Unconvertible("too deep")
    if tag in TOKENS:
        return _leaf(element, texts)
    children = [unwrapped(checked(child, texts, depth + 1)) for child in _children(element)]
    copy = Element(tag, _attributes(element))
    copy.extend(merged(children) if tag in _ROWS else children)
    _check_children(element, copy)
    _mark_accent(copy)
    return copy


def _children(element: Element) -> list[Element]:
    """Of `<math>`, which is a row itself, those of the row in it."""
    inner = element[0] if element.tag == "math" and len(element) == 1 else element
    return list(inner if inner.tag == "mrow" else element)


def _leaf(element: Element, texts: list[str]) -> Element:
    shown = token_text(element, texts)
    tag, needed = token_kind(str(element.tag), shown)
    leaf = Element(tag, (_attributes(element) if tag == element.tag else {}) | needed)
    leaf.text = shown
    return leaf


def _tag(element: Element) -> str:
    """What it is on a page. What is set on top of something else, or hidden, would say something else."""
    tag = str(element.tag)
    if tag == "mpadded" and element.get("width") not in ("0", "0px"):
        return "mrow"
    if tag == "menclose" and element.get("notation") == "box":
        return "mrow"
    if tag not in TOKENS | _ROWS.keys() | _CHILDREN.keys() or "linebreak" in element.attrib:
        raise Unconvertible(tag)
    return tag


def _attributes(element: Element) -> dict[str, str]:
    allowed = _ATTRIBUTES.get(str(element.tag), {})
    given = {name: _SPACES.get(value, value) for name, value in element.items()}
    return {name: value for name, value in given.items() if name in allowed and allowed[name].fullmatch(value)}


def _check_children(element: Element, copy: Element) -> None:
    wanted = _CHILDREN.get(copy.tag, len(copy))
    kind = _ROWS.get(copy.tag)
    wrong = [child.tag for child in copy if (kind and child.tag != kind) or (child.tag in ("mtr", "mtd") and not kind)]
    if len(copy) != wanted or wrong or (element.text or "").strip():
        raise Unconvertible(f"{copy.tag} with {len(copy)} children")


def _mark_accent(copy: Element) -> None:
    if copy.tag in ("mover", "munder") and copy[1].tag == "mo" and (copy[1].text or "") in _ACCENTS:
        copy.set("accent" if copy.tag == "mover" else "accentunder", "true")
