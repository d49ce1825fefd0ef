"""The leaves of a formula: letters, numbers, operators and text."""

import re
import unicodedata
from xml.etree.ElementTree import Element

from arxiv_daily.publishing.tex.alphabets import in_alphabet
from arxiv_daily.publishing.tex.characters import fit_for_pages
from arxiv_daily.publishing.tex.errors import Unconvertible

TOKENS = {"mi", "mn", "mo", "mtext"}
_LETTERS = frozenset("∞∅∂∇∆")
"""Mathematical symbols that stand for a value, not for a relation or an operation."""
_REFERENCE = re.compile("&#x([0-9A-Fa-f]{1,6});")
_NUMBERED = re.compile(r"T(\d+)")
_EDGE = re.compile(r"\A\s|\s\Z")
_LAST = 0x10FFFF


def token_kind(tag: str, shown: str) -> tuple[str, dict[str, str]]:
    """The element that the leaf ought to be, and the attributes that it then needs: latex2mathml takes many a
    relation for a letter, and the name of a function for an operator."""
    category = unicodedata.category(shown) if len(shown) == 1 else ""
    if tag == "mi" and category in ("Sm", "Ps", "Pe") and shown not in _LETTERS:
        return "mo", {} if category == "Sm" else {"stretchy": "false"}
    return ("mi" if tag == "mo" and len(shown) > 1 and shown.isalpha() else tag), {}


def token_text(element: Element, texts: list[str]) -> str:
    """What the leaf shows, in the letters of its alphabet. Raises Unconvertible for a command left as it was."""
    written = element.text or ""
    numbered = _NUMBERED.fullmatch(written) if element.tag == "mtext" else None
    if numbered:
        return _EDGE.sub("\u00a0", fit_for_pages(texts[int(numbered[1])]))
    shown = fit_for_pages(_REFERENCE.sub(_character, written))
    if ("\\" in shown and len(shown) > 1) or len(element) or (element.tag != "mi" and not shown):
        raise Unconvertible(written)
    variant = element.get("mathvariant", "")
    return "".join(in_alphabet(char, variant) for char in shown) if element.tag != "mtext" else shown


def _character(reference: re.Match[str]) -> str:
    code = int(reference[1], 16)
    if code > _LAST:
        raise Unconvertible(reference[0])
    return chr(code)
