"""The day that the product was asked to match: arXiv's own answer in, the agreed post out."""

import json
from html import escape
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from arxiv_daily_cli.standins.process import stand_in
from tests.e2e import seed_post
from tests.e2e.conftest import run_command
from tests.shared_data import shared, shared_data

PAGE = """<!doctype html><html><body><article class="ltx_document">
<h1 class="ltx_title">A page that stands for {paper_id}</h1>
<section class="ltx_section"><h2 class="ltx_title">1 Text</h2>
{paragraphs}</section></article></body></html>"""
PARAGRAPH = '<p class="ltx_p">Written for this test: it takes the place of the full text of the paper.</p>\n'


@pytest.fixture(scope="module")
def post() -> str:
    return shared("seed/2026-02-12-arxiv.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(post: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The post that `arxiv-daily local run` makes of the recorded answer."""
    folder = tmp_path_factory.mktemp("seed-day")
    (folder / "replies").mkdir()
    for paper in seed_post.papers(post):
        reply = json.dumps({"reply": paper.reply}, ensure_ascii=False)
        (folder / "replies" / f"{paper.paper_id}.json").write_text(reply, encoding="utf-8")
    with stand_in("claude", folder) as claude, HTTPServer(host="127.0.0.1") as arxiv:
        _serve(arxiv, seed_post.papers(post))
        done = run_command(
            *("local", "run", "--now", "2026-02-12T02:45:00Z", "--out", folder / "site"),
            ARXIV_API_URL=arxiv.url_for("/api/query"),
            ARXIV_SITE_URL=arxiv.url_for("").rstrip("/"),
            ARXIV_REQUEST_INTERVAL_SECONDS="0",
            ANTHROPIC_BASE_URL=claude,
        )
    assert done.returncode == 0, done.stderr
    return Path(folder / "site" / "_posts" / "2026-02-12-arxiv.md").read_text(encoding="utf-8")


def _serve(arxiv: HTTPServer, papers: list[seed_post.SeedPaper]) -> None:
    """The recorded answer whatever is asked: choosing the day's papers is the product's work.

    A page holds what its reading says, in the reading's own words, since the real text is not at hand.
    """
    feed = shared_data("atom/seed_day_2026-02-12.xml").read_bytes()
    arxiv.expect_request("/api/query").respond_with_data(feed, content_type="application/atom+xml")
    for paper in papers:
        said = "".join(f'<p class="ltx_p">{escape(line)}</p>\n' for line in paper.evidence)
        page = PAGE.format(paper_id=paper.paper_id, paragraphs=PARAGRAPH * 30 + said)
        arxiv.expect_request(f"/html/{paper.paper_id}v1").respond_with_data(
            page, content_type="text/html; charset=utf-8"
        )


def test_every_line_outside_translations_and_readings_is_the_seeds(post: str, made: str) -> None:
    assert seed_post.frame(made) == seed_post.frame(post)


def test_the_seven_papers_stand_in_the_seeds_order(post: str, made: str) -> None:
    ids = [paper.paper_id for paper in seed_post.papers(post)]
    assert len(ids) == 7
    assert [paper.paper_id for paper in seed_post.papers(made)] == ids


def test_a_reader_sees_the_seeds_translations_and_readings(post: str, made: str) -> None:
    for ours, theirs in zip(seed_post.papers(made), seed_post.papers(post), strict=True):
        assert seed_post.visible(ours.translation) == seed_post.visible(theirs.translation)
        assert seed_post.visible(ours.reading) == seed_post.visible(theirs.reading)
