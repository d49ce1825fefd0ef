"""The text of a paper's HTML page, which arXiv makes with LaTeXML.

See info.arxiv.org/about/accessible_HTML.html.
"""

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from arxiv_daily.sources.characters import without_invisible
from arxiv_daily.sources.extracted import Extracted, Unreadable
from arxiv_daily.sources.html_hidden import remove_hidden
from arxiv_daily.sources.latexml_table import table_lines
from arxiv_daily.sources.tex import visible_tex

_DROPPED_TAGS = frozenset(
    {"script", "style", "nav", "header", "footer", "button", "template", "noscript", "svg", "form"}
)
_DROPPED_CLASSES = frozenset(
    {
        "ltx_ERROR",
        "ltx_TOC",
        "ltx_appendix",
        "ltx_authors",
        "ltx_bibliography",
        "ltx_listing_data",
        "ltx_note_mark",
        "ltx_note_type",
        "ltx_page_footer",
        "ltx_page_header",
        "ltx_role_newpage",
        "ltx_tag_note",
    }
)
_BLOCK_TAGS = frozenset(
    {"article", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "main", "ol", "p", "pre"}
    | {"section", "table", "tr", "ul"}
)
_BLOCK_CLASSES = frozenset({"ltx_p", "ltx_para", "ltx_listingline", "ltx_caption"})
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HEADING_MARKS = {
    "ltx_title_document": "# ",
    "ltx_title_subsection": "### ",
    "ltx_title_subsubsection": "#### ",
    "ltx_title_paragraph": "##### ",
    "ltx_title_subparagraph": "##### ",
    "ltx_title_theorem": "##### ",
    "ltx_title_proof": "##### ",
}
_EQUATIONS = frozenset({"ltx_eqn_table", "ltx_equation", "ltx_equationgroup"})
_END_MATTER = re.compile(
    r"\s*(?:(?:[\d.]+|[IVX]+\.?|[A-Z]\.?)\s+)?"
    r"(?:(?:references|bibliography)(?: and notes)?[.:\s]*|(?:appendi(?:x|ces)|supplementary materials?)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_BULLETS = frozenset("•◦∙·*-–—‣▪■")
_BROKEN_OFF = b"had a Fatal error and exited abruptly"
"""What LaTeXML writes on a page of which the rest is missing."""


def text_of_latexml(page: bytes) -> Extracted:
    """The visible text without authors, references and appendices.

    Headings begin with #, list items with -, a table's row is `a | b`, a formula is `$TeX$`.
    Raises Unreadable when the page holds no article, or no whole one.
    """
    if _BROKEN_OFF in page:
        raise Unreadable("网页转换中断，内容不完整")
    tree = LexborHTMLParser(page)
    article = tree.css_first(".ltx_document, article")
    if article is None:
        raise Unreadable("页面没有正文")
    hidden = remove_hidden(article, tree, _dropped)
    writer = _Writer()
    _write(article, writer)
    text, spelled = without_invisible(writer.text())
    return Extracted(text, hidden + spelled)


class _Writer:
    """Collects blocks of text; within one, whitespace is folded."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._current: list[str] = []
        self._mark = ""

    def add(self, text: str) -> None:
        self._current.append(text)

    def start_block(self, mark: str = "") -> None:
        """End the block being written; the next text begins with the mark."""
        text = " ".join("".join(self._current).split())
        self._current.clear()
        if text:
            self._blocks.append(self._mark + text)
            self._mark = ""
        self._mark = mark or self._mark

    def end_block(self) -> None:
        self.start_block()
        self._mark = ""

    def add_block(self, text: str) -> None:
        self.start_block()
        if text:
            self._blocks.append(text)

    def text(self, separator: str = "\n\n") -> str:
        self.start_block()
        return separator.join(self._blocks)


def _write(node: LexborNode, out: _Writer) -> None:
    for child in node.iter(include_text=True):
        if child.is_text_node:
            out.add(child.text_content or "")
        elif child.is_element_node and not _dropped(child):
            _write_element(child, out)


def _write_element(node: LexborNode, out: _Writer) -> None:
    tag, classes = node.tag or "", _classes(node)
    if tag == "math" or (tag == "img" and "ltx_Math" in classes):
        out.add(_formula(node))
    elif "ltx_tabular" in classes or (tag == "table" and not classes & _EQUATIONS):
        out.add_block("\n".join(table_lines(node, _own_text)))
    elif tag in _HEADING_TAGS:
        _write_block(node, out, _heading_mark(classes))
    elif tag == "li":
        _write_block(node, out, "- ")
    elif "ltx_note" in classes:
        _write_note(node, out)
    elif "ltx_tag_item" in classes:
        out.add(_item_tag(node))
    elif tag in _BLOCK_TAGS or classes & _BLOCK_CLASSES:
        out.start_block()
        _write(node, out)
        out.start_block()
    else:
        out.add(" " if tag in ("td", "th", "br") else "")
        _write(node, out)


def _write_block(node: LexborNode, out: _Writer, mark: str) -> None:
    out.start_block(mark)
    _write(node, out)
    out.end_block()


def _write_note(node: LexborNode, out: _Writer) -> None:
    if note := _inline(node):
        out.add(f" (note: {note})")


def _inline(node: LexborNode) -> str:
    return _own_text(node, " ")


def _own_text(node: LexborNode, separator: str) -> str:
    writer = _Writer()
    _write(node, writer)
    return writer.text(separator)


def _formula(node: LexborNode) -> str:
    tex = node.attributes.get("alttext") or node.attributes.get("alt") or _source(node)
    tex = " ".join(tex.split())
    return f"${tex}$" if tex else ""


def _source(formula: LexborNode) -> str:
    """Of a formula that does not state it as an attribute."""
    annotation = formula.css_first("annotation")
    return visible_tex(annotation.text())[0] if annotation else formula.text()


def _item_tag(node: LexborNode) -> str:
    text = _inline(node)
    return "" if text in _BULLETS else f"{text} "


def _heading_mark(classes: frozenset[str]) -> str:
    return next((mark for name, mark in _HEADING_MARKS.items() if name in classes), "## ")


def _dropped(node: LexborNode) -> bool:
    if node.tag in _DROPPED_TAGS or _classes(node) & _DROPPED_CLASSES:
        return True
    return node.tag == "section" and _is_end_matter(node)


def _is_end_matter(section: LexborNode) -> bool:
    """Papers that do not use BibTeX have their references in an ordinary section, some have their appendix there."""
    heading = next((child for child in section.iter() if child.tag in _HEADING_TAGS), None)
    return heading is not None and _END_MATTER.fullmatch(heading.text()) is not None


def _classes(node: LexborNode) -> frozenset[str]:
    return _names(node.attributes.get("class") or "")


@lru_cache(maxsize=512)
def _names(attribute: str) -> frozenset[str]:
    """A page has thousands of elements, and some dozens of different lists of classes."""
    return frozenset(attribute.split())
