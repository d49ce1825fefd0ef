import pytest

from arxiv_daily.models import InvalidPaperId, PaperRef


@pytest.mark.parametrize(
    ("text", "paper_id", "version"),
    [
        ("2602.10934", "2602.10934", None),
        ("arXiv:2602.10934v1", "2602.10934", 1),
        ("https://arxiv.org/abs/2602.10934v12", "2602.10934", 12),
        ("http://arxiv.org/pdf/2602.10934v2.pdf", "2602.10934", 2),
        ("https://export.arxiv.org/html/2602.10934v1/", "2602.10934", 1),
        ("0704.0001", "0704.0001", None),
        ("hep-th/9901001", "hep-th/9901001", None),
        ("https://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001", 3),
        ("math.GT/0309136", "math/0309136", None),
        ("  arXiv: 2602.10934 ", "2602.10934", None),
    ],
)
def test_every_way_to_write_an_arxiv_id_is_understood(text: str, paper_id: str, version: int | None) -> None:
    assert PaperRef.parse(text) == PaperRef(paper_id=paper_id, version=version)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "2602.109",
        "2602.1093412",
        "2602.10934v0",
        "2602.10934 2602.10935",
        "https://evil.example/abs/2602.10934",
        "https://arxiv.org/abs/",
        "../../etc/passwd",
        "٢٦٠٢.١٠٩٣٤",
    ],
)
def test_what_is_no_id_is_refused_with_the_text_and_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(InvalidPaperId, match=r"write it like 2602\.10934") as refusal:
        PaperRef.parse(text)
    assert repr(text) in str(refusal.value)
