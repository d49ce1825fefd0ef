"""What is drawn on a page of a PDF, in the order in which it is drawn."""

import ctypes
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_MAX_DEPTH = 10
"""Of forms within forms; PDFium itself draws no more than 12."""


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top


class Drawn(NamedTuple):
    """A text or an image; the box is in the page's own units (1/72 inch)."""

    raw: object
    box: Box
    is_text: bool
    scale: float
    """Of the forms around it, in the vertical."""


def drawn(page: pypdfium2.PdfPage) -> list[Drawn]:
    """Every text and image of the page, those in forms included."""
    count = pdfium.FPDFPage_CountObjects(page)
    return list(_drawn(count, lambda index: pdfium.FPDFPage_GetObject(page, index), pypdfium2.PdfMatrix(), 0))


def page_box(page: pypdfium2.PdfPage) -> Box:
    """What is seen of the page."""
    return Box(*page.get_cropbox())


def font_size(text: Drawn) -> float:
    """As it is seen, in points."""
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(text.raw, size)
    pdfium.FPDFPageObj_GetMatrix(text.raw, matrix)
    return float(size.value * max(_height(matrix.c, matrix.d), _height(matrix.a, matrix.b)) * text.scale)


def _drawn(count: int, get: Callable[[int], object], around: pypdfium2.PdfMatrix, depth: int) -> Iterator[Drawn]:
    for raw in map(get, range(count)):
        kind = pdfium.FPDFPageObj_GetType(raw)
        if kind in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield Drawn(raw, _box(raw, around), kind == pdfium.FPDF_PAGEOBJ_TEXT, _height(around.c, around.d))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            yield from _within(raw, around, depth)


def _within(form: object, around: pypdfium2.PdfMatrix, depth: int) -> Iterator[Drawn]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(form, matrix)
    inner = pypdfium2.PdfMatrix.from_raw(matrix).multiply(around)
    count = pdfium.FPDFFormObj_CountObjects(form)
    yield from _drawn(count, lambda index: pdfium.FPDFFormObj_GetObject(form, index), inner, depth + 1)


def _box(raw: object, around: pypdfium2.PdfMatrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(raw, left, bottom, right, top)
    return Box(*around.on_rect(left.value, bottom.value, right.value, top.value))


def _height(skew: float, scale: float) -> float:
    return float((skew * skew + scale * scale) ** 0.5)
