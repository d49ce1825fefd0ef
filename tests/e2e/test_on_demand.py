"""Any paper by its id: what reaches Claude, what comes back, and what is said when there is none."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arxiv_daily_cli.standins.process import stand_in
from tests.e2e.conftest import Json, Stack, StandIn, run_command, wait_until
from tests.shared_data import shared_data

ENTRY = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"
  xmlns="http://www.w3.org/2005/Atom">{entries}</feed>"""
PAPER = """<entry><id>http://arxiv.org/abs/{ref}</id><title>The paper {ref}</title>
<updated>2017-06-12T17:57:34Z</updated><published>2017-06-12T17:57:34Z</published>
<summary>An abstract written for this test.</summary>
<category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/><arxiv:primary_category term="cs.CL"/>
<author><name>Somebody</name></author></entry>"""


@pytest.fixture(scope="module")
def arxiv(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two real papers: one that arXiv has as a page, one as a PDF alone."""
    folder = tmp_path_factory.mktemp("real-papers")
    for name in ("html", "pdf", "replies"):
        (folder / name).mkdir()
    shutil.copy(shared_data("fulltext/html/latexml_1706.03762.html"), folder / "html" / "1706.03762v7.html")
    shutil.copy(shared_data("fulltext/pdf/1708.05894v1_futoma.pdf"), folder / "pdf" / "1708.05894v1.pdf")
    entries = [PAPER.format(ref=ref) for ref in ("1706.03762v7", "1708.05894v1")]
    (folder / "feed.xml").write_text(ENTRY.format(entries="".join(entries)), encoding="utf-8")
    with stand_in("arxiv", folder) as url:
        yield url


def read(paper_id: str, arxiv: str, out: Path) -> tuple[Json, str]:
    """What `arxiv-daily local paper` printed, and the prompt that reached Claude."""
    with stand_in("claude", out) as claude:
        done = run_command(
            *("local", "paper", paper_id, "--json", "--out", out / "site"),
            ARXIV_API_URL=f"{arxiv}/api/query",
            ARXIV_SITE_URL=arxiv,
            ARXIV_REQUEST_INTERVAL_SECONDS="0",
            ANTHROPIC_BASE_URL=claude,
        )
        assert done.returncode == 0, done.stderr
        (asked,) = StandIn(claude).asked()
    return json.loads(done.stdout), asked["body"]["messages"][0]["content"]


def test_a_paper_with_a_page_reaches_claude_whole_without_references_and_tripled_formulas(
    arxiv: str, tmp_path: Path
) -> None:
    document, prompt = read("arXiv:1706.03762", arxiv, tmp_path)
    assert (document["state"], document["source"], document["version"]) == ("ready", "html", 7)
    assert "Scaled Dot-Product Attention" in prompt  # the method
    assert "28.4" in prompt  # a result
    assert "Neural machine translation by jointly learning to align and translate" not in prompt  # a reference
    formula = r"\mathrm{Attention}(Q,K,V)=\mathrm{softmax}(\frac{QK^{T}}{\sqrt{d_{k}}})V"
    assert prompt.replace(" ", "").count(formula.replace(" ", "")) == 1
    assert (tmp_path / "site" / "papers" / "1706.03762.html").is_file()


def test_a_paper_with_a_pdf_alone_reaches_claude_without_its_references(arxiv: str, tmp_path: Path) -> None:
    document, prompt = read("https://arxiv.org/abs/1708.05894", arxiv, tmp_path)
    assert (document["state"], document["source"]) == ("ready", "pdf")
    assert "multitask Gaussian process" in prompt  # the method
    assert "1.4 false alarms per true alarm" in " ".join(prompt.split())  # a result
    assert "Kernels for vector valued functions" not in prompt  # a reference


def test_the_digest_comes_back_is_stored_and_has_its_page(stack: Stack) -> None:
    first = stack.invoke("OnDemandFunctionName", {"paper_id": "2699.00008"})
    assert (first["state"], first["paper_id"], first["edition_date"]) == ("ready", "2699.00008", None)
    assert "样例" in first["digest"]["translation"]
    data = wait_until(lambda: stack.get("papers/2699.00008.json"), "its page", of=lambda answer: answer.ok)
    assert data.json() == first
    assert "按需解读" in stack.get("papers/2699.00008.html").content.decode()


def test_asking_twice_buys_once(stack: Stack) -> None:
    first, again = (stack.invoke("OnDemandFunctionName", {"paper_id": "2699.00001v1"}) for _ in range(2))
    assert first == again
    assert len([asked for asked in stack.claude.asked() if asked["paper_id"] == "2699.00001"]) == 1


@pytest.mark.parametrize(
    ("event", "kind", "said"),
    [
        ({"paper_id": "hello"}, "InvalidPaperId", "'hello' is not an arXiv id: write it like 2602.10934"),
        ({"paper_id": "2699.99999"}, "PaperNotFound", "arXiv knows no paper 2699.99999"),
        ({"id": "2699.00001"}, "InvalidEvent", "paper_id"),
    ],
)
def test_what_names_no_paper_gets_a_clear_error(stack: Stack, event: Json, kind: str, said: str) -> None:
    answer: Any = stack.invoke("OnDemandFunctionName", event)
    assert answer["error"]["type"] == kind
    assert said in answer["error"]["message"]


def test_the_command_tells_an_unknown_paper_in_a_sentence(tmp_path: Path) -> None:
    done = run_command("local", "paper", "2699.99999", "--sample", "--out", tmp_path)
    assert done.returncode == 1
    assert "arXiv knows no paper 2699.99999" in done.stderr
    assert "Traceback" not in done.stderr
