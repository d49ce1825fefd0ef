"""Files from arXiv, over a loopback server, that lie, hang, crash, or ask for all memory: no paper is lost to them."""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zlib import compressobj

import pytest
from pytest_httpserver import HTTPServer

from arxiv_daily.models import FullText, TextSource
from arxiv_daily.sources import fence
from arxiv_daily.sources.errors import ArxivUnavailable
from arxiv_daily.sources.reader import Reader
from tests.integration import reading_apart
from tests.integration.odd_child import WORDS_OF_A_TEXT
from tests.shared_data import shared_data
from tests.unit.sources.made_pdf import form, line, made_pdf, prose, stream

HTML_PATH, PDF_PATH = "/html/2602.00001v1", "/pdf/2602.00001v1"
PAGE = f'<article class="ltx_document"><p>{"word " * 1000}</p></article>'.encode()
ROOT = Path(__file__).parents[2]
MOST_SECONDS, MOST_BYTES = 60, 512 * 1024 * 1024
BYTES_OF_THE_REST = 50 * 1024 * 1024
"""What Claude's client takes of a function's memory."""
REAL = {
    "html/latexml_1706.03762.html": TextSource.HTML,
    "html/latexml_2310.06825.html": TextSource.HTML,
    "html/latexml_cs9802040.html": TextSource.HTML,
    "pdf/0908.0054.pdf": TextSource.PDF,
    "pdf/1708.05894v1_futoma.pdf": TextSource.PDF,
    "pdf/2103.15348_first2pages.pdf": TextSource.PDF,
    "pdf/2203.00274v2_tableformer.pdf": TextSource.PDF,
    "pdf/scanned_small_ocr.pdf": TextSource.PDF_NATIVE,
}


def read(server: HTTPServer) -> FullText:
    return reading_apart.read(server.url_for("/"))


def read_measured(server: HTTPServer) -> FullText:
    """In a process of its own, which shows what a function needs for this paper."""
    command = [sys.executable, "-m", "tests.integration.reading_apart", server.url_for("/")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=MOST_SECONDS)
    took = json.loads(done.stdout.splitlines()[-1])
    assert took["seconds"] < MOST_SECONDS
    assert took["bytes"] + BYTES_OF_THE_REST < MOST_BYTES
    return FullText.model_validate(took["full"])


def serve(server: HTTPServer, path: str, body: bytes, kind: str, **more: Any) -> None:
    server.expect_request(path).respond_with_data(body, content_type=kind, **more)


def serve_html(server: HTTPServer, body: bytes = PAGE, kind: str = "text/html; charset=utf-8", **more: Any) -> None:
    serve(server, HTML_PATH, body, kind, **more)


def serve_pdf(server: HTTPServer, body: bytes, kind: str = "application/pdf", **more: Any) -> None:
    serve(server, PDF_PATH, body, kind, **more)


@pytest.fixture(autouse=True)
def missing_elsewhere(httpserver: HTTPServer) -> None:
    """The server answers 404 where nothing is served, as arXiv does."""
    httpserver.no_handler_status_code = HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(("name", "source"), REAL.items())
def test_a_real_paper_is_read_from_its_best_source(httpserver: HTTPServer, name: str, source: TextSource) -> None:
    data = shared_data(f"fulltext/{name}").read_bytes()
    (serve_html if source is TextSource.HTML else serve_pdf)(httpserver, data)

    full = read_measured(httpserver)

    assert (full.source, full.notices) == (source, ())
    assert (len(full.text) > 5_000) is (source is not TextSource.PDF_NATIVE)


def compressed(chunk: bytes, times: int) -> bytes:
    packer = compressobj(1)
    return b"".join([*(packer.compress(chunk) for _ in range(times)), packer.flush()])


def unpacking_to_half_a_gigabyte() -> bytes:
    packed = compressed(b"BT (x) Tj ET " * 80_000, 500)
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return made_pdf("", content, page="/Contents 5 0 R").replace(b"/Contents 4 0 R ", b"")


def forms_within_forms() -> bytes:
    """Each draws the next ten times: ten thousand million texts in two kilobytes."""
    nested = (form("/X Do " * 10, resources=f"/XObject << /X {number + 1} 0 R >>") for number in range(5, 14))
    return made_pdf("/X Do", *nested, form(line("ha")), resources="/XObject << /X 5 0 R >>")


def huge_picture() -> bytes:
    packed = compressed(bytes(10**6), 900)
    entries = b"/Type /XObject /Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    picture = b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (entries, len(packed), packed)
    return made_pdf("q 9 0 0 9 0 0 cm /I Do Q 0 g " + prose(), picture, resources="/XObject << /I 5 0 R >>")


def a_billion_tiles() -> bytes:
    """PDFium paints each of them, and hears no call to stop."""
    tile = stream(
        "0 0 1 1 re f",
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0005 /YStep 0.0005"
        " /Resources << >>",
    )
    return made_pdf("/Pattern cs /P scn 0 0 612 1 re f 0 g " + prose(), tile, resources="/Pattern << /P 5 0 R >>")


@pytest.mark.parametrize("made", [unpacking_to_half_a_gigabyte, forms_within_forms])
def test_a_pdf_that_asks_for_all_memory_costs_the_paper_no_more_than_its_full_text(
    httpserver: HTTPServer, made: Callable[[], bytes]
) -> None:
    serve_pdf(httpserver, made())
    full = read_measured(httpserver)
    assert (full.source, full.text) == (TextSource.ABSTRACT, "The abstract.")
    assert "PDF：解析程序中止" in full.note


def test_the_page_is_read_although_its_picture_is_a_bomb(httpserver: HTTPServer) -> None:
    serve_pdf(httpserver, huge_picture())
    assert read_measured(httpserver).source is TextSource.PDF


def test_a_pdf_that_cannot_be_drawn_in_time_is_read_without_drawing(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fence.SECONDS, "pdf", 2)
    serve_pdf(httpserver, a_billion_tiles())
    full = read(httpserver)
    assert (full.source, full.text.count("word error rate")) == (TextSource.PDF, 40)


def test_a_file_of_5000_pages_is_not_read(httpserver: HTTPServer) -> None:
    serve_pdf(httpserver, made_pdf(prose(), pages=5_000))
    assert "PDF：共 5000 页，超过 500 页" in read_measured(httpserver).note


@pytest.mark.parametrize(
    "page",
    [
        b'<article class="ltx_document">' + b"<b>a</b>" * 3_500_000,
        b'<article class="ltx_document"><p>' + b"word " * 5_900_000,
    ],
    ids=["millions of nodes", "one long text"],
)
def test_a_page_that_asks_for_all_memory_leaves_the_pdf_to_be_read(httpserver: HTTPServer, page: bytes) -> None:
    serve_html(httpserver, page)
    serve_pdf(httpserver, made_pdf(prose()))
    assert read_measured(httpserver).source is TextSource.PDF


def test_a_page_that_never_ends_to_be_parsed_leaves_the_pdf_to_be_read(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fence.SECONDS, "html", 2)
    serve_html(httpserver, b'<article class="ltx_document">' + b"<div>" * 3_000_000)
    serve_pdf(httpserver, made_pdf(prose()))
    assert read(httpserver).source is TextSource.PDF


@pytest.fixture
def odd_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    reader = Reader("tests.integration.odd_child")
    monkeypatch.setattr(fence, "READER", reader)
    yield reader
    reader.stop()


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("hang", "读取超过 1 秒"),
        ("spin", "读取超过 1 秒"),
        ("crash", "解析程序中止"),
        ("avenge", "解析程序中止"),
        ("bomb", "解析程序中止"),
        ("flood", "解析程序中止"),
        ("nonsense", "解析程序没有给出结果"),
    ],
)
def test_whatever_becomes_of_the_reader_of_a_file_the_paper_keeps_its_abstract(
    httpserver: HTTPServer, odd_reader: Reader, monkeypatch: pytest.MonkeyPatch, deed: str, reason: str
) -> None:
    monkeypatch.setattr(fence, "SECONDS", dict.fromkeys(fence.SECONDS, 1))
    serve_pdf(httpserver, f"%PDF-1.7 {deed}".encode())
    full = read(httpserver)
    assert (full.source, f"PDF：{reason}" in full.note) == (TextSource.ABSTRACT, True)
    assert_reads()


def assert_reads() -> tuple[int, int]:
    """The next file is read; by which process, and by which one that was forked."""
    own, parent, *words = fence.extracted("pdf", b"any read").text.split()
    assert len(words) == WORDS_OF_A_TEXT
    return int(own), int(parent)


@pytest.mark.usefixtures("odd_reader")
def test_each_file_has_a_reader_of_its_own_forked_by_one_process() -> None:
    (first, parent), (second, same) = assert_reads(), assert_reads()
    assert (first != second, parent) == (True, same)


@pytest.mark.usefixtures("odd_reader")
def test_what_is_killed_between_two_files_is_started_again() -> None:
    _, parent = assert_reads()
    os.kill(parent, signal.SIGKILL)
    wait_until_ended(parent)
    assert assert_reads()[1] != parent


@pytest.mark.usefixtures("odd_reader")
def test_a_reader_that_is_too_slow_is_ended_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _, parent = assert_reads()
    monkeypatch.setattr(fence, "SECONDS", dict.fromkeys(fence.SECONDS, 1))
    slow = tmp_path / "slow"
    with pytest.raises(fence.Aborted, match="1 秒"):
        fence.extracted("pdf", f"{slow} linger".encode())
    assert not Path(f"/proc/{slow.read_text(encoding='ascii')}").exists()
    assert assert_reads()[1] == parent


@pytest.mark.usefixtures("odd_reader")
@pytest.mark.parametrize("remaining", [0.5, 0.0, -1.0])
def test_a_file_has_no_more_time_than_the_run(remaining: float) -> None:
    with pytest.raises(fence.OutOfTime):
        fence.extracted("pdf", b"any hang", remaining)


def test_readers_end_with_the_process_that_reads() -> None:
    code = (
        "from arxiv_daily.sources import fence; from arxiv_daily.sources.reader import Reader\n"
        "fence.READER = Reader('tests.integration.odd_child')\n"
        "print(fence.extracted('pdf', b'any read').text[:40], flush=True); import os; os._exit(0)"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=30).stdout
    parent = int(told.split()[1])
    wait_until_ended(parent)


def wait_until_ended(process: int) -> None:
    """Whether its parent knows it already or not."""
    status = Path(f"/proc/{process}/stat")
    pause, patience = threading.Event(), 100
    while status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z":
        patience -= 1
        assert patience, f"process {process} is still there"
        pause.wait(0.05)


@pytest.mark.usefixtures("odd_reader")
def test_the_reader_of_a_file_knows_no_credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "ANTHROPIC_API_KEY", "TABLE_NAME"):
        monkeypatch.setenv(name, "testing")
    with pytest.raises(fence.Aborted):  # it answers nothing
        fence.extracted("pdf", f"{tmp_path / 'names'} tell".encode())
    known = set((tmp_path / "names").read_text().split())
    assert known <= {"LANG", "LC_CTYPE", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "TMPDIR"}


def test_a_compressed_bomb_is_not_unpacked(httpserver: HTTPServer) -> None:
    bomb = gzip.compress(bytes(2 * 10**8), 1)
    serve_html(httpserver, bomb, headers={"Content-Encoding": "gzip"})
    serve_pdf(httpserver, bomb, headers={"Content-Encoding": "gzip"})
    note = read_measured(httpserver).note
    assert "HTML：超过 30 MB" in note
    assert "PDF：超过 30 MB" in note


def test_a_compressed_page_is_read(httpserver: HTTPServer) -> None:
    serve_html(httpserver, gzip.compress(PAGE), headers={"Content-Encoding": "gzip"})
    assert read(httpserver).source is TextSource.HTML


@pytest.mark.parametrize(
    ("path", "body", "kind", "reason"),
    [
        (PDF_PATH, PAGE, "application/pdf", "PDF：标为 application/pdf，内容却不是"),
        (HTML_PATH, made_pdf(prose()), "text/html", "HTML：标为 text/html，内容却不是"),
        (HTML_PATH, b"", "text/html", "HTML：返回的内容为空"),
        (PDF_PATH, made_pdf("")[:300], "application/pdf", "PDF：文件无法读取"),
        (HTML_PATH, b"<p>No HTML for this paper.</p>", "text/html", "HTML：页面没有正文"),
    ],
)
def test_a_file_that_is_not_what_it_is_said_to_be_is_no_text(
    httpserver: HTTPServer, path: str, body: bytes, kind: str, reason: str
) -> None:
    serve(httpserver, path, body, kind)
    assert reason in read(httpserver).note


def test_a_redirect_within_arxiv_is_followed(httpserver: HTTPServer) -> None:
    moved = {"Location": httpserver.url_for("/html/2602.00001")}
    serve_html(httpserver, b"", status=301, headers=moved)
    serve(httpserver, "/html/2602.00001", PAGE, "text/html")
    assert read(httpserver).source is TextSource.HTML


@pytest.mark.parametrize("path", [HTML_PATH, PDF_PATH])
def test_a_redirect_elsewhere_is_not_followed(httpserver: HTTPServer, path: str) -> None:
    elsewhere = {"Location": f"http://127.0.0.1:{httpserver.port}/elsewhere"}
    serve(httpserver, path, b"", "text/html", status=302, headers=elsewhere)
    serve(httpserver, "/elsewhere", PAGE, "text/html")
    with pytest.raises(ArxivUnavailable, match="not its own"):
        read(httpserver)
    assert "/elsewhere" not in [request.path for request, _ in httpserver.log]
