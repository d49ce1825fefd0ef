"""`arxiv-daily local run` with nothing but the checkout: the first thing that anybody does."""

import json
import re
from pathlib import Path

import pytest

from tests.e2e.conftest import Json, run_command

DAY = "2026-03-05"
IDS = [f"2699.0000{number}" for number in range(1, 9)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample-day") / "site"


@pytest.fixture(scope="module")
def report(site: Path) -> Json:
    done = run_command("local", "run", "--sample", "--json", "--out", site)
    assert done.returncode == 0, done.stderr
    found: Json = json.loads(done.stdout)
    return found


def test_the_command_names_the_post_and_the_page_that_it_made(report: Json, site: Path) -> None:
    assert report["post"] == str(site / "_posts" / f"{DAY}-arxiv.md")
    assert Path(report["post"]).is_file()
    assert Path(report["page"]).is_file()


def test_the_site_holds_every_page_with_its_data(report: Json, site: Path) -> None:
    pages = {"404", "index", "archive", "archive/2026", "search", "about", "categories/cs.SD", "categories/eess.AS"}
    read = {f"editions/{DAY}", *(f"papers/{paper_id}" for paper_id in IDS)}
    files = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}
    assert report["files"] == len(files)
    assert {name for name in files if name.endswith(".html")} == {f"{name}.html" for name in pages | read}
    assert {f"{name}.json" for name in read} < files
    assert {f"_posts/{DAY}-arxiv.md", "feed.xml", "feed.json", "sitemap.xml", f"search/days/{DAY}.json"} < files


def test_all_eight_papers_of_the_day_are_read_from_the_best_text_there_is(report: Json) -> None:
    edition = report["edition"]
    assert (edition["status"], edition["counts"]["announced"], edition["counts"]["ready"]) == ("complete", 8, 8)
    sources = {paper["paper_id"]: paper["source"] for paper in edition["papers"]}
    assert sources == dict.fromkeys(IDS, "html") | {"2699.00004": "pdf", "2699.00005": "abstract"}


def test_the_cross_list_and_the_second_version_are_shown_as_such(report: Json) -> None:
    papers = {paper["paper_id"]: paper for paper in report["edition"]["papers"]}
    assert papers["2699.00002"]["kind"] == "cross"
    assert papers["2699.00003"]["version"] == 2
    assert report["edition"]["counts"]["cross_listed"] == 1


def test_every_page_and_the_post_say_that_they_are_a_sample(report: Json, site: Path) -> None:
    pages = [*site.rglob("*.html"), Path(report["post"])]
    assert len(pages) == 18
    for page in pages:
        assert "样例（sample）" in page.read_text(encoding="utf-8"), page


def test_no_link_within_the_site_leads_nowhere(report: Json, site: Path) -> None:
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]  # that one knows no folder
    assert len(pages) == 16
    for page in pages:
        links = re.findall(r'(?:href|src)="([^"#]+)', page.read_text(encoding="utf-8"))
        inside = [link for link in links if not link.startswith(("https://", "http://"))]
        assert inside
        for link in inside:
            assert (page.parent / link).resolve().is_file(), f"{page}: {link}"


def test_progress_is_told_in_plain_lines_where_there_is_no_terminal(tmp_path: Path) -> None:
    done = run_command("local", "run", "--sample", "--now", "2026-03-06T00:50:00Z", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Edition 2026-03-06: 0 papers" in done.stderr
    assert "arXiv 尚未公布" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    edition = json.loads((tmp_path / "editions" / "2026-03-06.json").read_text(encoding="utf-8"))
    assert (edition["status"], edition["counts"]["announced"]) == ("waiting", 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--now", "yesterday"), "is no time"),
        (("--now", "2026-03-05T08:50:00"), "has no time zone"),
        (("--live",), "set ANTHROPIC_API_KEY"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_in_a_sentence(arguments: tuple[str, ...], said: str) -> None:
    done = run_command("local", "run", *arguments)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_arxiv_that_cannot_be_reached_ends_the_run_with_its_address(tmp_path: Path) -> None:
    done = run_command(
        *("local", "run", "--sample", "--out", tmp_path),
        ARXIV_API_URL="http://127.0.0.1:9/api/query",
        ARXIV_SITE_URL="http://127.0.0.1:9",
        ARXIV_REQUEST_INTERVAL_SECONDS="0",
    )
    assert done.returncode == 1
    assert "fetch failed: " in done.stderr
    assert "http://127.0.0.1:9/api/query" in done.stderr
    assert "Traceback" not in done.stderr
