import sys

from arxiv_daily.publishing.tex.characters import fit_for_pages, is_fit


def test_what_no_page_may_carry_is_dropped_and_lines_end_in_one_way() -> None:
    assert fit_for_pages("a\x00b\u202ec\r\nd\re\ufdd0\tf\n") == "abc\nd\ne\tf\n"


def test_a_text_of_printable_characters_alone_is_fit() -> None:
    """So it is not looked at twice."""
    assert all(is_fit(char) for char in map(chr, range(sys.maxunicode + 1)) if char.isprintable())
