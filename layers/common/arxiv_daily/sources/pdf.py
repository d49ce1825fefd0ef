"""The text of a paper's PDF. Read foreign files through fence.py: PDFium is a large program in C++."""

import re

import pypdfium2
import pypdfium2.raw as pdfium

from arxiv_daily.sources.characters import without_invisible
from arxiv_daily.sources.extracted import Extracted, Unreadable
from arxiv_daily.sources.pdf_hidden import HiddenText
from arxiv_daily.sources.pdf_sections import without_end_matter

MAX_PAGES = 500
"""A paper has 10, a long thesis 300; a file of more is a book or an attack."""

RASTER_SECONDS = 6.0
"""To draw all pages (0.02 for one of a paper); those after that are judged by their colours alone."""

_LINE_END_HYPHEN = re.compile("\ufffe\\s*")
"""PDFium writes U+FFFE for a hyphen that only broke a line."""

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
)
"""As in NFKC, which as a whole would also turn 10⁻³ into 10-3."""


def text_of_pdf(data: bytes, *, draws: bool = True) -> Extracted:
    """The visible text page by page, without reference list and appendix; empty for a scan.

    `draws` says whether pages are drawn to see what is visible; otherwise it is judged by colours alone.
    Raises Unreadable.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            return _extracted(document, HiddenText(RASTER_SECONDS if draws else 0.0))
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_reason(error)) from error


def _extracted(document: pypdfium2.PdfDocument, hidden: HiddenText) -> Extracted:
    count = len(document)
    if count > MAX_PAGES:
        raise Unreadable(f"共 {count} 页，超过 {MAX_PAGES} 页")
    pages = [_page_text(document, number, hidden) for number in range(count)]
    text, spelled = without_invisible(_cleaned("\n\n".join(pages)))
    return Extracted(
        text=without_end_matter(text).strip(),
        hidden=hidden.passages + spelled,
        pages=count,
        is_encrypted=pdfium.FPDF_GetSecurityHandlerRevision(document) != -1,
    )


def _page_text(document: pypdfium2.PdfDocument, number: int, hidden: HiddenText) -> str:
    page = document[number]
    hidden.remove_from(page)
    text: str = page.get_textpage().get_text_range()
    page.close()
    return text


def _cleaned(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _LINE_END_HYPHEN.sub("", text).translate(_LIGATURES)


def _reason(error: pypdfium2.PdfiumError) -> str:
    return "文件有密码" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "文件无法读取"
