import pytest

from arxiv_daily.publishing.search.terms import terms
from tests.unit.publishing.search.cases import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.text[:20]))
def test_a_text_is_found_by_its_terms(case: Case) -> None:
    assert terms(case.text) == set(case.terms.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.text[:20]))
def test_a_paper_is_found_by_its_own_words(case: Case) -> None:
    assert set(case.query.split()) <= terms(case.text)


def test_no_term_holds_a_space_or_a_colon() -> None:
    text = "".join(f"a{chr(code)}b " for code in range(0xD800))
    assert not [term for term in terms(text) if ":" in term or term.split() != [term]]
