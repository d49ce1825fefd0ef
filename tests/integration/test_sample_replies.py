"""The sample's digests are faithful: the checks find nothing in them, over the texts that the product reads."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from arxiv_daily.digests.checks import faults
from arxiv_daily.digests.glossary import load
from arxiv_daily.digests.schema import parse_reply
from arxiv_daily.models import FullText, Paper, PaperRef, TextSource
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.sources.fulltext import FullTexts
from arxiv_daily_cli.standins.process import stand_in

SAMPLE = Path(__file__).parents[2] / "cli" / "arxiv_daily_cli" / "sample"
REPLIES = sorted((SAMPLE / "replies").glob("*.json"), key=lambda path: path.stem)
GLOSSARY = load(["cs.SD", "eess.AS"])


@pytest.fixture(scope="module")
def arxiv_url() -> Iterator[str]:
    with stand_in("arxiv", SAMPLE) as url:
        yield url


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def read(arxiv_url: str, session: requests.Session, paper_id: str) -> tuple[Paper, FullText]:
    paper = ArxivApi(f"{arxiv_url}/api/query", session).paper(PaperRef(paper_id=paper_id))
    return paper, FullTexts(arxiv_url, session).read(paper)


@pytest.mark.parametrize("path", REPLIES, ids=lambda path: str(path.stem))
def test_a_sample_s_digest_has_no_fault(path: Path, arxiv_url: str, session: requests.Session) -> None:
    paper, text = read(arxiv_url, session, path.stem)
    stored = json.loads(path.read_text(encoding="utf-8"))
    kind = "reply_from_abstract" if text.source is TextSource.ABSTRACT else "reply"
    reply = parse_reply(json.dumps(stored[kind], ensure_ascii=False))
    assert reply.claims
    assert faults(reply, paper, text, GLOSSARY) == ()
