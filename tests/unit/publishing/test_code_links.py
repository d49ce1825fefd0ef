"""Addresses of code: what papers really write, and what only looks like it."""

from urllib.parse import urlsplit

import pytest

from arxiv_daily.publishing.code_links import code_links
from tests.examples import a_paper
from tests.hostile import ATTACKS


def links(abstract: str, comment: str | None = None) -> tuple[str, ...]:
    return code_links(a_paper(abstract=abstract, comment=comment))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Code: https://github.com/a/b.", "https://github.com/a/b"),
        ("Code: http://www.github.com/a/b/", "https://github.com/a/b"),
        ("code at github.com/a-b/c_d, and more", "https://github.com/a-b/c_d"),
        ("available at:https://github.com/a/b", "https://github.com/a/b"),
        ("a slash short: https:/github.com/a/b", "https://github.com/a/b"),
        ("(see https://github.com/a/b)", "https://github.com/a/b"),
        ("[https://github.com/a/b](https://github.com/a/b)", "https://github.com/a/b"),
        ("https://github.com/a/b.git}{https://github.com/a/b.git.", "https://github.com/a/b"),
        (r"\url{https://github.com/a/b\_c}", "https://github.com/a/b_c"),
        (r"\href{https://gitlab.com/a/b}{here}", "https://gitlab.com/a/b"),
        (r"code~\footnote{https://codeberg.org/a/b}.", "https://codeberg.org/a/b"),
        ("https://github.com/a/b/tree/main/x?tab=readme#top!", "https://github.com/a/b/tree/main/x?tab=readme#top"),
        ("models: https://huggingface.co/a/b;", "https://huggingface.co/a/b"),
        ("data: https://zenodo.org/records/123...", "https://zenodo.org/records/123"),
        ("data: https://doi.org/10.5281/zenodo.123.", "https://doi.org/10.5281/zenodo.123"),
        ("https://anonymous.4open.science/r/a-1/", "https://anonymous.4open.science/r/a-1"),
        ("GitHub.com/A/B", "https://github.com/A/B"),
        ("https://sourceforge.net/projects/a", "https://sourceforge.net/projects/a"),
        ("https://bitbucket.org/a/b 。", "https://bitbucket.org/a/b"),
    ],
)
def test_an_address_is_cut_out_of_its_sentence(text: str, link: str) -> None:
    assert links(text) == (link,)


@pytest.mark.parametrize(
    "text",
    [
        "The code is on GitHub.",
        "https://github.com/",
        "https://github.com/.",
        "https://github.com/ a/b",
        "https://a.github.io/demo",
        "https://github.com.evil.example/a/b",
        "https://github.com@evil.example/a/b",
        "https://github.com:80/a/b",
        "https://notgithub.com/a/b",
        "https://not-github.com/a/b",
        "https://evil.example/github.com/a/b",
        "https://evil.example/?q=https://github.com/a/b",
        "https://github.com\\@evil.example/a",
        "https://gitһub.com/a/b",
        "ftp://github.com/a/b",
        "javascript://github.com/%0aalert(1)",
        "git@github.com:a/b",
        "https://doi.org/10.1000/182",
    ],
)
def test_what_only_looks_like_an_address_of_code_is_none(text: str) -> None:
    assert links(text) == ()


def test_an_address_stands_once_whoever_names_it() -> None:
    assert links("https://github.com/a/b. GITHUB.com/A/B", "Code: http://github.com/a/b/") == (
        "https://github.com/a/b",
    )


def test_addresses_keep_the_order_in_which_they_are_named() -> None:
    text = "doi.org/10.5281/zenodo.1 and https://huggingface.co/a/b and https://github.com/a/b"
    assert [urlsplit(link).hostname for link in links(text, "gitlab.com/a/b")] == [
        "doi.org",
        "huggingface.co",
        "github.com",
        "gitlab.com",
    ]


def test_a_paper_without_comment_may_name_none() -> None:
    assert links("We hear 93% of all words.") == ()


def test_hostile_texts_name_none_that_leads_elsewhere() -> None:
    found = [link for attack in ATTACKS for link in links(attack.stored, f"https://github.com/a/{attack.stored}")]
    assert found
    assert {(urlsplit(link).scheme, urlsplit(link).netloc) for link in found} == {("https", "github.com")}
    assert all(link.isascii() and not set(link) & set("<>\"'`{}()\\ ") for link in found)
