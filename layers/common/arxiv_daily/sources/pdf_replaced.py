"""ActualText: what a PDF says a passage means, which may be something else than what is seen."""

import ctypes
from itertools import groupby

import pypdfium2.raw as pdfium

from arxiv_daily.sources.pdf_objects import Drawn, font_size

_LONG = 40
"""Characters up to which it is a ligature, a formula or a word broken over two lines."""
_NARROWEST_LETTER = 0.15
"""Of the font size; a formula in TeX is longer than what is seen of it."""


def remove_replacements(texts: list[Drawn]) -> int:
    """Let the letters count where the replacement would not fit in their place; how many there were."""
    removed = 0
    for replacement, group in groupby(texts, _replacement):
        replaced = list(group)
        room = sum(_letters(text) for text in replaced)
        if len(replacement) > max(_LONG, room):
            removed += 1
            for text in replaced:
                _remove(text)
    return removed


def _letters(text: Drawn) -> float:
    """How many letters at most find room where this one stands."""
    length = max(text.box.right - text.box.left, text.box.top - text.box.bottom)
    return length / (_NARROWEST_LETTER * max(font_size(text), 1.0))


def _replacement(text: Drawn) -> str:
    return next((said for mark in _marks(text) if (said := _actual_text(mark))), "")


def _marks(text: Drawn) -> list[object]:
    count = max(0, pdfium.FPDFPageObj_CountMarks(text.raw))
    return [pdfium.FPDFPageObj_GetMark(text.raw, index) for index in range(count)]


def _actual_text(mark: object) -> str:
    length = ctypes.c_ulong()
    if not pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length):
        return ""
    buffer = (ctypes.c_ushort * (length.value // 2 + 1))()
    pdfium.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", buffer, length.value, length)
    return bytes(buffer)[: max(0, length.value - 2)].decode("utf-16-le", "ignore")


def _remove(text: Drawn) -> None:
    for mark in _marks(text):
        if _actual_text(mark):
            pdfium.FPDFPageObj_RemoveMark(text.raw, mark)
