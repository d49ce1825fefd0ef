"""The seed's day under Jekyll: what it was and what the product makes of it look the same to readers."""

import re
from datetime import timedelta

import pytest

from arxiv_daily.models import Digest, PaperVersion, Reading
from tests.e2e import seed_post
from tests.examples import NOW, a_paper, a_ready, a_view, an_entry, some_facts
from tests.shared_data import shared
from tests.site.jekyll import Blog, Page, build
from tests.site.posts import post_of

_HEAD = re.compile(r"^## (.+)\n- \*\*Authors\*\*: (.+)\n- \*\*Categories\*\*: (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def blogs(tmp_path_factory: pytest.TempPathFactory) -> list[Blog]:
    """With GitHub's kramdown, and with plain kramdown."""
    seed = shared("seed/2026-02-12-arxiv.md").read_text(encoding="utf-8")
    posts = {"theirs": seed, "ours": _made_again(seed)}
    return [build(tmp_path_factory.mktemp("seed"), posts, plain=plain) for plain in (False, True)]


def _made_again(seed: str) -> str:
    heads, papers = _HEAD.findall(seed), seed_post.papers(seed)
    stood = [
        _version(place, head, paper.paper_id, paper.reply)
        for place, (head, paper) in enumerate(zip(heads, papers, strict=True))
    ]
    return post_of(a_view(some_facts(), [(version, an_entry(version.paper)) for version in stood]))


def _version(place: int, head: tuple[str, str, str], paper_id: str, reply: dict[str, object]) -> PaperVersion:
    title, authors, categories = head
    paper = a_paper(
        paper_id,
        title=title,
        authors=tuple(authors.split(", ")),
        categories=tuple(categories.split(", ")),
        published=NOW - timedelta(hours=place),
    )
    parts = {name: reply[name] for name in ("background", "method", "results")}
    version = a_ready(paper)
    assert version.digest is not None
    read = {"translation": reply["translation"], "reading": Reading.model_validate(parts)}
    digest = Digest.model_validate(version.digest.model_dump() | read)
    return version.model_copy(update={"digest": digest})


@pytest.mark.parametrize(
    "selector", [".post-content > p:first-child", "td", "h2", "h2 + ul > li", "a", "h2 + ul + p", "summary"]
)
def test_heads_and_folds_read_alike(blogs: list[Blog], selector: str) -> None:
    for blog in blogs:
        ours, theirs = blog.page("ours"), blog.page("theirs")
        assert theirs.texts(selector) or (selector == "td" and blog.is_plain)
        assert ours.texts(selector) == theirs.texts(selector)


@pytest.mark.parametrize("selector", ["details > div > ul > li", "details > div > ul > li > ul > li"])
def test_readings_have_the_points_that_the_seeds_have_on_github(blogs: list[Blog], selector: str) -> None:
    """Plain kramdown sees no list in the seed, for want of an empty line before it; in ours it does."""
    theirs = _words(blogs[0].page("theirs"), selector)
    assert theirs
    assert [_words(blog.page("ours"), selector) for blog in blogs] == [theirs, theirs]


def _words(page: Page, selector: str) -> list[str]:
    """Without white space, and without bold marks that kramdown left standing in the seed."""
    return ["".join(text.replace("**", "").split()) for text in page.texts(selector)]
