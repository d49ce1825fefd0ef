"""Text of a PDF that no reader sees: white, covered, transparent, tiny, off the page, or only said to be there."""

import ctypes
import time
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from arxiv_daily.sources.extracted import LABEL
from arxiv_daily.sources.pdf_objects import Drawn, drawn, font_size, page_box
from arxiv_daily.sources.pdf_raster import Raster, raster_of
from arxiv_daily.sources.pdf_replaced import remove_replacements

TINIEST = 1.5
"""Font size in points below which nobody reads; labels in the figures of real papers begin at 2."""
_LIGHT = 224
_IS_LIGHT = bytes(int(shade >= _LIGHT) for shade in range(256))
_OPAQUE = 25
_UNIFORM = 24
"""Shades of grey, of 256, that differ no more than that are one."""
_ON_ITS_OWN_COLOUR = 0.6
"""Share of light pixels around light text; letters of it on a dark ground leave some 30 %."""
_SCANNED = 0.5
"""Share of the page that images cover."""
_RECOGNISED = 0.8
"""Share of invisible text, by area, that makes it the layer of recognised text over a scan."""
_UNSEEN_MODE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


class HiddenText:
    """Takes hidden text out of pages, in memory, and counts the passages; draws them for `seconds` in all."""

    def __init__(self, seconds: float) -> None:
        self.passages = 0
        self._until = time.monotonic() + seconds

    def remove_from(self, page: pypdfium2.PdfPage) -> None:
        things = drawn(page)
        texts = [thing for thing in things if thing.is_text]
        raster = raster_of(page, self._until)
        is_scan = _is_scan(page, things)
        suspects = {
            number
            for number, text in enumerate(texts)
            if not (is_scan and _mode(text) == _UNSEEN_MODE) and _is_hidden(page, text, raster)
        }
        words = _words(page, texts, suspects)
        for number in words:
            pdfium.FPDFPageObj_SetIsActive(texts[number].raw, False)
        rest = [number for number in range(len(texts)) if number in words or number not in suspects]
        self.passages += _passages([words.get(number, "") for number in rest])
        self.passages += remove_replacements(texts)


def _is_scan(page: pypdfium2.PdfPage, things: list[Drawn]) -> bool:
    """Whether the page is a picture with invisible text over it, which is what a program recognised."""
    images = sum(thing.box.area for thing in things if not thing.is_text)
    if images < _SCANNED * page_box(page).area:
        return False
    areas = [(thing.box.area, _mode(thing)) for thing in things if thing.is_text]
    unseen = sum(area for area, mode in areas if mode == _UNSEEN_MODE)
    return unseen > _RECOGNISED * sum(area for area, _ in areas)


def _is_hidden(page: pypdfium2.PdfPage, text: Drawn, raster: Raster | None) -> bool:
    if _mode(text) == _UNSEEN_MODE or font_size(text) < TINIEST or not text.box.meets(page_box(page)):
        return True
    shade, opacity = _colour(text)
    if opacity < _OPAQUE:
        return True
    if raster is None:
        return shade >= _LIGHT
    pixels = raster.pixels(text.box)
    if not pixels or max(pixels) - min(pixels) <= _UNIFORM:
        return True
    return shade >= _LIGHT and pixels.translate(_IS_LIGHT).count(1) > _ON_ITS_OWN_COLOUR * len(pixels)


def _mode(text: Drawn) -> int:
    return int(pdfium.FPDFTextObj_GetTextRenderMode(text.raw))


def _colour(text: Drawn) -> tuple[int, int]:
    """The darker of red, green and blue, and the opacity, of what its letters are painted with."""
    is_outline = _mode(text) in (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
    get = pdfium.FPDFPageObj_GetStrokeColor if is_outline else pdfium.FPDFPageObj_GetFillColor
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not get(text.raw, red, green, blue, opacity):
        return 0, 255
    return min(red.value, green.value, blue.value), opacity.value


def _words(page: pypdfium2.PdfPage, texts: list[Drawn], suspects: set[int]) -> dict[int, str]:
    """What they say, of those that say something: spaces and marks may be hidden as they like."""
    if not suspects:
        return {}
    textpage = page.get_textpage()
    said = {number: _said(texts[number], textpage) for number in suspects}
    textpage.close()
    return {number: words for number, words in said.items() if any(map(str.isalnum, words))}


def _passages(hidden: list[str]) -> int:
    """How many there are among the page's texts, of which those that are seen are empty here."""
    runs = ("".join(run) for is_hidden, run in groupby(hidden, bool) if is_hidden)
    return sum(len(run) > LABEL for run in runs)


def _said(text: Drawn, textpage: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(text.raw, textpage, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFTextObj_GetText(text.raw, textpage, buffer, length)
    return bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "ignore")
