import pytest

from arxiv_daily.sources.user_agent import user_agent


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("ada@example.org", "(mailto:ada@example.org)"),
        ("mailto:ada@example.org", "(mailto:ada@example.org)"),
        ("https://example.org/digest", "(+https://example.org/digest)"),
    ],
)
def test_the_contact_is_said_as_a_link(contact: str, said: str) -> None:
    assert user_agent(contact).split(" ", 1)[1] == said


def test_without_a_contact_only_the_name_is_given() -> None:
    assert user_agent("").startswith("arXiv-Daily/")
    assert "(" not in user_agent("")


def test_a_contact_cannot_add_a_header() -> None:
    assert "\n" not in user_agent("ada@example.org\r\nX-Evil: 1")
