"""Each configuration of Jekyll builds one blog for all tests: that takes seconds."""

import pytest

from arxiv_daily.publishing.site import Site
from tests.hostile import hostile_view
from tests.site.jekyll import Blog, build
from tests.site.posts import day_view, post_of, view_of_hostile_ids

ENGLISH = Site(categories=("cs.SD", "eess.AS"), language="en")


@pytest.fixture(scope="session")
def posts() -> dict[str, str]:
    return {
        "day": post_of(day_view()),
        "english": post_of(day_view(ENGLISH.words), ENGLISH),
        "hostile": post_of(hostile_view()),
        "ids": post_of(view_of_hostile_ids()),
    }


@pytest.fixture(scope="session", params=["GFM", "kramdown"])
def blog(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, posts: dict[str, str]) -> Blog:
    return build(tmp_path_factory.mktemp("blog"), posts, plain=request.param == "kramdown")
