"""Taking the text out of HTML and PDF, against the bare text that the same libraries give."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from tests.bench.lines import Line, Options, Part
from tests.bench.long_pages import lengthened
from tests.bench.processes import Interpreter, Script, Time, medians
from tests.bench.reading import PAGE_BYTES
from tests.costing.copied_days import SAMPLE
from tests.costing.tables import table
from tests.shared_data import shared_data

_ROUNDS = 5
_LIMITS = {"html": 16.0, "pdf": 13.0}
_COPIES = 5
"""Of the sample's PDF of two pages, in the PDF that is made up."""
_IMPORTS = """
import pathlib, pypdfium2
from selectolax.lexbor import LexborHTMLParser
from arxiv_daily.sources.latexml import text_of_latexml
from arxiv_daily.sources.pdf import text_of_pdf

def bare_html(data):
    return LexborHTMLParser(data).body.text()

def bare_pdf(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts

product, peer = {{"html": (text_of_latexml, bare_html), "pdf": (text_of_pdf, bare_pdf)}}[{kind!r}]
data = pathlib.Path({path!r}).read_bytes()
product(data), peer(data)
"""
_ABOUT = """\
Milliseconds of one core for a page, in a process that has read the file once; medians of {rounds} rounds. The
product's text (`sources/latexml.py`, `sources/pdf.py`) keeps sections, tables and formulas as TeX, drops references,
and leaves out what no reader sees, for which it draws every page of a PDF; the peer is every character that selectolax
or pypdfium2 finds, in the same process. The child process around it is part of a paper's processor time, not of this.
The first file of a kind is made up{real}.

{files}"""
_REAL, _NO_REAL = ", the others are real papers", "; real papers are absent here (`../shared/data/fulltext`)"


@dataclass(frozen=True)
class File:
    """`pages` are those of a PDF, and one for HTML."""

    name: str
    path: Path
    kind: str
    pages: int = 1


@dataclass(frozen=True)
class Found:
    """Milliseconds of processor for a page."""

    file: File
    product: float
    peer: float


def measured(options: Options) -> Part:
    with tempfile.TemporaryDirectory() as scratch:
        files = [*_made_up(Path(scratch)), *_real()]
        scripts = {file.name: _script(file) for file in files}
        times = medians(Interpreter(options.python), scripts, _ROUNDS)
        return part([_found(file, times[file.name]) for file in files])


def part(found: Sequence[Found]) -> Part:
    """The first of each kind is made up, and there everywhere; the others count together."""
    lines = []
    for kind, limit in _LIMITS.items():
        made_up, *real = [one for one in found if one.file.kind == kind]
        lines.append(_line(f"text of a page, {made_up.file.name}", [made_up], limit))
        if real:
            lines.append(_line(f"text of a page, {len(real)} real {kind.upper()}", real, limit))
    rows = [
        (one.file.name, one.file.pages, f"{one.product:.1f}", f"{one.peer:.1f}", f"{one.product / one.peer:.1f}")
        for one in found
    ]
    real_note = _REAL if len(found) > len(_LIMITS) else _NO_REAL
    files = table(("file", "pages", "product, ms a page", "peer, ms a page", "ratio"), rows)
    return Part("Extraction", tuple(lines), _ABOUT.format(rounds=_ROUNDS, real=real_note, files=files))


def _line(what: str, found: Sequence[Found], limit: float) -> Line:
    """The mean page, each file counting once."""
    product, peer = (
        sum(figures) / len(found) for figures in zip(*((one.product, one.peer) for one in found), strict=True)
    )
    return Line(what, "bare text of the same", product, peer, limit)


def _script(file: File) -> Script:
    load = _IMPORTS.format(kind=file.kind, path=str(file.path))
    return Script({"load": load, "product": "product(data)", "peer": "peer(data)"})


def _found(file: File, times: Mapping[str, Time]) -> Found:
    return Found(file, times["product"].processor / file.pages, times["peer"].processor / file.pages)


def _made_up(folder: Path) -> Iterable[File]:
    page, document = folder / "page.html", folder / "document.pdf"
    text = (SAMPLE / "html" / "2699.00001v1.html").read_text(encoding="utf-8")
    page.write_text(lengthened(text, PAGE_BYTES), encoding="utf-8")
    yield File(f"HTML of {PAGE_BYTES // 1000} kB", page, "html")
    whole = pypdfium2.PdfDocument.new()
    for _ in range(_COPIES):
        whole.import_pages(pypdfium2.PdfDocument(SAMPLE / "pdf" / "2699.00004v1.pdf"))
    whole.save(document)
    yield File(f"PDF of {len(whole)} pages", document, "pdf", len(whole))


def _real() -> Iterable[File]:
    """None where they are absent; a scan has no text."""
    try:
        folder = shared_data("fulltext")
    except pytest.skip.Exception:
        return
    for path in sorted(folder.glob("html/*.html")):
        yield File(path.name, path, "html")
    for path in sorted(folder.glob("pdf/*.pdf")):
        if "scanned" not in path.name:
            yield File(path.name, path, "pdf", len(pypdfium2.PdfDocument(path)))
