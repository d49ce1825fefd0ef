"""The text of a paper's PDF."""

import re

import pypdfium2

_LINE_END_HYPHEN = re.compile("\ufffe\\s*")
"""PDFium writes U+FFFE for a hyphen that only broke a line."""

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
)
"""As in NFKC, which as a whole would also turn 10⁻³ into 10-3."""

_REFERENCES = re.compile(
    r"^[ \t]*(?:(?:\d+|[IVX]+|[A-Z])\.?[ \t]+)?(?:references|bibliography)(?: and notes)?[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)

_REFERENCES_AFTER = 0.35
"""Share of the text before which such a heading is no reference list; right on 4 of 4 measured papers."""


class UnreadablePdf(ValueError):
    """The bytes are no PDF that can be opened."""


def text_of_pdf(data: bytes) -> str:
    """The text page by page, without the reference list and what follows it; empty for a scan.

    Raises UnreadablePdf.
    """
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = [_page_text(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(f"no PDF that can be opened: {error}") from error
    return _without_references(_cleaned("\n\n".join(pages))).strip()


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text: str = page.get_textpage().get_text_range()
    page.close()
    return text


def _cleaned(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return _LINE_END_HYPHEN.sub("", text).translate(_LIGATURES)


def _without_references(text: str) -> str:
    starts = [match.start() for match in _REFERENCES.finditer(text)]
    if starts and starts[-1] > _REFERENCES_AFTER * len(text):
        return text[: starts[-1]]
    return text
