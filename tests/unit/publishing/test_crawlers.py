"""robots.txt and llms.txt: read as their formats say, and true of the site."""

import re
from urllib.robotparser import RobotFileParser

from arxiv_daily.publishing.crawlers import text_objects
from arxiv_daily.publishing.feeds import feed_objects
from arxiv_daily.publishing.overview import constant_objects
from arxiv_daily.publishing.schemas import schema_objects
from arxiv_daily.publishing.site import Site
from tests.examples import NOW

SITE = Site(categories=("cs.SD", "eess.AS"), notice='"Sample" & more.', url="https://papers.example")


def texts() -> dict[str, str]:
    return {item.key: item.body.decode() for item in text_objects(SITE)}


def test_both_are_text() -> None:
    assert {item.key: item.content_type for item in text_objects(SITE)} == {
        "robots.txt": "text/plain; charset=utf-8",
        "llms.txt": "text/markdown; charset=utf-8",
    }


def test_robots_may_read_everything_and_find_the_sitemap() -> None:
    robots = RobotFileParser()
    robots.parse(texts()["robots.txt"].splitlines())
    assert robots.can_fetch("Anybot", "https://papers.example/papers/2602.10934.html")
    assert robots.site_maps() == ["https://papers.example/sitemap.xml"]


def test_llms_txt_has_the_shape_of_its_proposal() -> None:
    lines = texts()["llms.txt"].splitlines()
    assert lines[0] == "# arXiv Daily"
    assert lines[2].startswith("> A daily edition of the new arXiv papers in cs.SD, eess.AS")
    assert [line for line in lines if line.startswith("## ")][-1] == "## Optional"
    items = [line for line in lines if line.startswith("- ")]
    assert all(re.fullmatch(r"- \[[^\]]+\]\(https://[^)]+\): .+", line) for line in items)


def test_llms_txt_says_what_the_site_says_of_itself_unescaped() -> None:
    assert '\n"Sample" & more.\n' in texts()["llms.txt"]


def test_what_llms_txt_links_exists() -> None:
    linked = re.findall(r"\(https://papers\.example/([\w./-]*)\)", texts()["llms.txt"])
    objects = [*constant_objects(SITE), *feed_objects(SITE, [], NOW, 0), *schema_objects(SITE)]
    made = {item.key for item in objects} | {"", "archive.html", "sitemap.xml"}
    assert [key for key in linked if key not in made] == []
    assert len(linked) > 8
