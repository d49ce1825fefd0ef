"""Which part of a PDF's text is the paper itself: reference lists and appendices are not."""

import re

_NUMBER = r"(?:(?:\d+|[IVX]+|[A-Z])\.?[ \t]+)?"
_REFERENCES = re.compile(
    rf"^[ \t]*{_NUMBER}(?:r ?eferences|b ?ibliography)(?: and notes)?[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Small capitals come with a gap after the first letter."""
_APPENDIX = re.compile(
    rf"^[ \t]*{_NUMBER}(?:APPENDI(?:X|CES)|Appendi(?:x|ces)|SUPPLEMENTARY MATERIALS?|Supplementary [Mm]aterials?)"
    r"(?:[ \t]+[A-Z])?[.:]?(?:(?<=[.:])[ \t]+[A-Z][^.!?\n]{2,70})?[ \t]*$",
    re.MULTILINE,
)
_METHODS = re.compile(r"^[ \t]*(?:online )?methods[ \t]*$", re.IGNORECASE | re.MULTILINE)
"""Some journals print it behind the references."""

_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_ENTRIES = 1_500
"""Characters behind the heading of a reference list, in which there are years; a column of a table may be called so."""

_AFTER = 0.35
"""Share of the text before which such a heading opens no end matter; right on 4 of 4 measured papers."""


def without_end_matter(text: str) -> str:
    """The text up to its reference list or its appendix, and a methods section that is printed behind them."""
    end = _end(text, round(_AFTER * len(text)))
    methods = _METHODS.search(text, end)
    if methods is None:
        return text[:end]
    return text[:end] + text[methods.start() : _end(text, methods.end())]


def _end(text: str, after: int) -> int:
    """Where end matter begins."""
    references = [match.start() for match in _REFERENCES.finditer(text, after)]
    lists = [start for start in references if len(_YEAR.findall(text, start, start + _ENTRIES)) > 2]  # noqa: PLR2004
    appendix = _APPENDIX.search(text, after)
    ends = [*(lists[:1] or references[-1:]), *([appendix.start()] if appendix else [])]
    return min(ends, default=len(text))
