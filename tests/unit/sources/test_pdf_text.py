import pytest

from arxiv_daily.sources import pdf
from arxiv_daily.sources.extracted import Unreadable
from arxiv_daily.sources.pdf import MAX_PAGES, text_of_pdf
from tests.shared_data import shared_data
from tests.unit.sources.made_pdf import made_pdf


@pytest.mark.parametrize("data", [b"", b"<html>no PDF here</html>", b"%PDF-1.7\nbroken"])
def test_bytes_that_are_no_pdf_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="文件无法读取"):
        text_of_pdf(data)


def test_a_file_of_too_many_pages_is_refused() -> None:
    with pytest.raises(Unreadable, match=f"共 5000 页，超过 {MAX_PAGES} 页"):
        text_of_pdf(made_pdf("", pages=5000))


def test_a_file_with_a_password_is_refused() -> None:
    lock = b"trailer << /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [<00> <00>]" % (
        b"o" * 32,
        b"u" * 32,
    )
    with pytest.raises(Unreadable, match="文件有密码"):
        text_of_pdf(made_pdf("").replace(b"trailer <<", lock))


def test_a_word_broken_at_a_lines_end_is_joined() -> None:
    assert pdf._cleaned("an im\ufffe\r\nportant, di\ufb03cult 10⁻³") == "an important, difficult 10⁻³"


@pytest.mark.parametrize("name", ["1708.05894v1_futoma.pdf", "2203.00274v2_tableformer.pdf"])
def test_a_real_pdf_loses_its_references(name: str) -> None:
    text = text_of_pdf(shared_data(f"fulltext/pdf/{name}").read_bytes()).text

    assert len(text) > 30_000
    assert "\nReferences\n" not in text
    assert not set("\ufffe\r\ufb01\ufb02") & set(text)


@pytest.mark.parametrize("name", ["0908.0054.pdf", "1708.05894v1_futoma.pdf", "2203.00274v2_tableformer.pdf"])
def test_a_real_pdf_gives_no_notice_and_loses_no_text(name: str) -> None:
    data = shared_data(f"fulltext/pdf/{name}").read_bytes()
    drawn, undrawn = text_of_pdf(data), text_of_pdf(data, draws=False)

    assert (drawn.hidden, undrawn.hidden) == (0, 0)
    assert len(undrawn.text) - len(drawn.text) < 20


def test_a_label_cut_off_from_a_real_figure_is_left_out() -> None:
    assert "Model Example" not in text_of_pdf(shared_data("fulltext/pdf/1708.05894v1_futoma.pdf").read_bytes()).text


def test_a_real_pdf_keeps_the_rows_of_its_tables() -> None:
    text = text_of_pdf(shared_data("fulltext/pdf/2203.00274v2_tableformer.pdf").read_bytes()).text
    assert "TABLEFORMERLARGE 77.2 77.0 90.2 70.5 80.3 77.0 90.2 70.5 80.3" in text


def test_a_scan_has_no_text() -> None:
    assert text_of_pdf(shared_data("fulltext/pdf/scanned_small_ocr.pdf").read_bytes()) == ("", 0, 8, False)
