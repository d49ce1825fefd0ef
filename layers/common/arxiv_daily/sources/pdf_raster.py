"""A page of a PDF as a reader sees it, in grey: what is hidden how ever cleverly leaves no trace there."""

import ctypes
import time

import pypdfium2
import pypdfium2.raw as pdfium

from arxiv_daily.sources.pdf_objects import Box

_SCALE = 1.5
"""Pixels to a point, so that a letter of 5 points is 7 pixels high."""
_LONGEST_SIDE = 2_000
"""In pixels: a poster is drawn smaller."""
_MARGIN = 1


def raster_of(page: pypdfium2.PdfPage, until: float) -> "Raster | None":
    """The page, drawn before `until` (time.monotonic), or not at all."""
    if time.monotonic() >= until:
        return None
    raster = Raster(page, until)
    return raster if raster.is_complete else None


class Raster:
    """As far as it could be drawn by then."""

    def __init__(self, page: pypdfium2.PdfPage, until: float) -> None:
        width, height = page.get_size()
        scale = min(_SCALE, _LONGEST_SIDE / max(width, height, 1))
        self._page = page
        self._width, self._height = max(1, round(width * scale)), max(1, round(height * scale))
        self._bitmap = pypdfium2.PdfBitmap.new_native(self._width, self._height, pdfium.FPDFBitmap_Gray)
        self._bitmap.fill_rect((255, 255, 255, 255), 0, 0, self._width, self._height)
        self.is_complete = self._draw(until)
        self._pixels = bytes(self._bitmap.buffer)

    def pixels(self, box: Box) -> bytes:
        """Of the box and a little around it: 0 is black, 255 white. Empty when it lies outside of the page."""
        (x1, y1), (x2, y2) = self._place(box.left, box.top), self._place(box.right, box.bottom)
        left, right = max(0, min(x1, x2) - _MARGIN), min(self._width, max(x1, x2) + _MARGIN)
        top, bottom = max(0, min(y1, y2) - _MARGIN), min(self._height, max(y1, y2) + _MARGIN)
        rows = (row * self._bitmap.stride for row in range(top, bottom))
        return b"".join(self._pixels[row + left : row + right] for row in rows)

    def _place(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, self._width, self._height, 0, x, y, across, down)
        return across.value, down.value

    def _draw(self, until: float) -> bool:
        pause = pdfium.IFSDK_PAUSE(version=1)
        pypdfium2.internal.set_callback(pause, "NeedToPauseNow", lambda _: time.monotonic() > until)
        area = (0, 0, self._width, self._height, 0)
        status = pdfium.FPDF_RenderPageBitmap_Start(self._bitmap, self._page, *area, pdfium.FPDF_GRAYSCALE, pause)
        pdfium.FPDF_RenderPage_Close(self._page)
        return bool(status == pdfium.FPDF_RENDER_DONE)
