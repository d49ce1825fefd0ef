"""Where readers report an error."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from arxiv_daily.publishing.corrections import correction_address
from arxiv_daily.publishing.site import Site
from tests.examples import DAY, a_paper, a_ready, a_view, an_entry, some_facts


@pytest.mark.parametrize("page", ["https://example.org/issues/new?labels=a&b=c", "http://example.org/"])
def test_a_page_is_linked_as_it_is(page: str) -> None:
    assert correction_address(page, "2602.10934v1") == page


@pytest.mark.parametrize("mail", ["errors@example.org", "mailto:errors@example.org"])
def test_a_mail_says_what_it_is_about(mail: str) -> None:
    made = correction_address(mail, "2602.10934v1")
    assert made == "mailto:errors@example.org?subject=arXiv%20Daily%3A%202602.10934v1"


@pytest.mark.parametrize("corrections", ["", "javascript:alert(1)", "errors"])
def test_what_is_neither_is_no_link(corrections: str) -> None:
    assert correction_address(corrections, "x") == ""


def test_what_a_mail_is_about_adds_no_field() -> None:
    assert correction_address("e@example.org", "a&cc=x?b c").endswith("a%26cc%3Dx%3Fb%20c")


def linked(site: Site) -> list[str | None]:
    version = a_ready(a_paper())
    pages = [
        site.edition_pages(a_view(some_facts(), [(version, an_entry(version.paper))]))[1],
        site.paper_objects(version, DAY, None)[0],
    ]
    links = [LexborHTMLParser(page.body).css('a[href^="mailto:"]') for page in pages]
    return [link.attributes["href"] for on_page in links for link in on_page]


def test_every_edition_and_every_paper_links_to_it() -> None:
    assert linked(Site(categories=("cs.SD",), corrections="e@example.org")) == [
        "mailto:e@example.org?subject=arXiv%20Daily%3A%20editions/2026-02-12",
        "mailto:e@example.org?subject=arXiv%20Daily%3A%202602.10934v1",
    ]
    assert linked(Site(categories=("cs.SD",))) == []
