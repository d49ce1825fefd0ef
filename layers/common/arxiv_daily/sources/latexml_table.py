"""A table of a LaTeXML page as lines of text."""

from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

_MAX_SPAN = 100


def table_lines(table: LexborNode, text_of: Callable[[LexborNode, str], str]) -> Iterator[str]:
    """`a | b | c` for each row that is not empty; the places that a wide or tall cell covers stay empty.

    `text_of(cell, separator)` is the text of a cell, its blocks joined by the separator.
    """
    covered: dict[int, int] = {}
    for row in _rows(table):
        cells = [row] if row.tag == "caption" else list(row.iter())
        if len(cells) == 1 and not covered:  # a table that only lays out other tables
            line = text_of(cells[0], "\n")
        else:
            line = " | ".join(_texts(cells, covered, text_of))
        if line.strip(" |"):
            yield line


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in table.iter():
        if child.tag in ("tr", "caption") or "ltx_tr" in (child.attributes.get("class") or "").split():
            yield child
        else:
            yield from _rows(child)


def _texts(cells: list[LexborNode], covered: dict[int, int], text_of: Callable[[LexborNode, str], str]) -> list[str]:
    """`covered` says for how many more rows a column is taken by a cell further up; it is kept up to date."""
    texts: list[str] = []
    for cell in cells:
        _skip_covered(texts, covered)
        rows, width = _span(cell, "rowspan"), _span(cell, "colspan")
        if rows > 1:
            covered.update({len(texts) + column: rows - 1 for column in range(width)})
        texts += [text_of(cell, " ").replace("\n", " / "), *[""] * (width - 1)]
    _skip_covered(texts, covered)
    return texts


def _skip_covered(texts: list[str], covered: dict[int, int]) -> None:
    while (column := len(texts)) in covered:
        covered[column] -= 1
        if covered[column] == 0:
            del covered[column]
        texts.append("")


def _span(cell: LexborNode, name: str) -> int:
    number = cell.attributes.get(name) or ""
    return max(1, min(int(number[:4]), _MAX_SPAN)) if number.isdecimal() else 1
