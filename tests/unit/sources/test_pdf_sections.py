import pytest

from arxiv_daily.sources.pdf_sections import without_end_matter

BODY = "word " * 200
ENTRIES = "[1] Someone. A paper. 2019.\n[2] Another. 2020.\n[3] A third. 2021.\n"


@pytest.mark.parametrize(
    "heading", ["References", "REFERENCES", "7. References", "Bibliography:", "VI References", "R EFERENCES"]
)
def test_the_text_ends_at_the_reference_list(heading: str) -> None:
    assert without_end_matter(f"References\n{BODY}\n{heading}\n{ENTRIES}") == f"References\n{BODY}\n"


def test_what_follows_the_references_goes_with_them() -> None:
    text = f"{BODY}\nReferences\n{ENTRIES}\nA Proofs\n{BODY}\nReferences\n{ENTRIES}"
    assert without_end_matter(text) == f"{BODY}\n"


def test_a_column_called_references_is_no_reference_list() -> None:
    text = f"{BODY}\nReferences\n{BODY * 2}\nReferences\n{ENTRIES}"
    assert without_end_matter(text) == f"{BODY}\nReferences\n{BODY * 2}\n"


def test_a_reference_list_without_years_is_one_where_there_is_no_other() -> None:
    assert without_end_matter(f"{BODY}\nReferences\n[1] Someone\n") == f"{BODY}\n"


def test_a_heading_early_in_the_text_is_no_reference_list() -> None:
    assert without_end_matter(f"Contents\nReferences\n{BODY}") == f"Contents\nReferences\n{BODY}"


@pytest.mark.parametrize(
    "heading",
    ["Appendix", "APPENDIX", "Appendix A", "A Appendix", "Appendix A. Proof of the theorem", "Supplementary Material"],
)
def test_an_appendix_before_the_references_goes_too(heading: str) -> None:
    assert without_end_matter(f"{BODY}\n{heading}\n{BODY}\nReferences\n{ENTRIES}") == f"{BODY}\n"


@pytest.mark.parametrize("line", ["Appendix A shows that it holds", "appendix", "Appendix A. We show this there."])
def test_a_sentence_about_the_appendix_stays(line: str) -> None:
    assert without_end_matter(f"{BODY}\n{line}\n{BODY}") == f"{BODY}\n{line}\n{BODY}"


def test_methods_printed_behind_the_references_stay() -> None:
    text = f"{BODY}\nReferences\n{ENTRIES}Methods\nWe did it.\nReferences\n{ENTRIES}"
    assert without_end_matter(text) == f"{BODY}\nMethods\nWe did it.\n"
