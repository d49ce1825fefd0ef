import pytest

from arxiv_daily.sources import pdf
from arxiv_daily.sources.pdf import UnreadablePdf, text_of_pdf
from tests.shared_data import shared_data


@pytest.mark.parametrize("data", [b"", b"<html>no PDF here</html>", b"%PDF-1.7\nbroken"])
def test_bytes_that_are_no_pdf_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePdf):
        text_of_pdf(data)


def test_a_word_broken_at_a_lines_end_is_joined() -> None:
    assert pdf._cleaned("an im\ufffe\r\nportant, di\ufb03cult 10⁻³") == "an important, difficult 10⁻³"


@pytest.mark.parametrize("heading", ["References", "REFERENCES", "7. References", "Bibliography:", "VI References"])
def test_the_text_ends_at_the_last_reference_list(heading: str) -> None:
    text = f"References\n{'word ' * 100}\n{heading}\n[1] Someone\n"
    assert pdf._without_references(text).endswith("word \n")


def test_a_heading_early_in_the_text_is_no_reference_list() -> None:
    text = "Contents\nReferences\n" + "word " * 100
    assert pdf._without_references(text) == text


@pytest.mark.parametrize("name", ["1708.05894v1_futoma.pdf", "2203.00274v2_tableformer.pdf"])
def test_a_real_pdf_loses_its_references(name: str) -> None:
    text = text_of_pdf(shared_data(f"fulltext/pdf/{name}").read_bytes())

    assert len(text) > 30_000
    assert "\nReferences\n" not in text
    assert not set("\ufffe\r\ufb01\ufb02") & set(text)


def test_a_real_pdf_keeps_the_rows_of_its_tables() -> None:
    text = text_of_pdf(shared_data("fulltext/pdf/2203.00274v2_tableformer.pdf").read_bytes())
    assert "TABLEFORMERLARGE 77.2 77.0 90.2 70.5 80.3 77.0 90.2 70.5 80.3" in text


def test_a_scan_has_no_text() -> None:
    assert len(text_of_pdf(shared_data("fulltext/pdf/scanned_small_ocr.pdf").read_bytes())) < 100
