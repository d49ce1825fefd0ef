"""The faithful digests: the seed's own, those written for this evaluation, and the sample day's."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import FullText, Paper, PaperRef, TextSource
from arxiv_daily.sources.latexml import text_of_latexml
from arxiv_daily.sources.pdf import text_of_pdf
from tests.e2e import seed_post
from tests.evaluation.case import Case
from tests.shared_data import shared, shared_data

FAITHFUL = Path(__file__).parent / "faithful"
SAMPLE = Path(__file__).parents[2] / "cli" / "arxiv_daily_cli" / "sample"
_ATOM = {"a": "http://www.w3.org/2005/Atom"}
_SUFFIXES = {TextSource.HTML: ".html", TextSource.PDF: ".pdf"}


def corpus() -> list[Case]:
    """Every case, in a fixed order. Skips the test where the shared data is absent."""
    return [*seed_cases(), *written_cases(), *sample_cases()]


def seed_cases() -> list[Case]:
    """The seed's digests with their abstracts; the papers' texts are not there, so the readings are not judged."""
    lines = shared_data("metadata/seed_day_2026-02-12.jsonl").read_text(encoding="utf-8").splitlines()
    papers = {paper.paper_id: paper for paper in map(_seed_paper, map(json.loads, lines))}
    post = shared("seed/2026-02-12-arxiv.md").read_text(encoding="utf-8")
    return [_seed_case(papers[seeds.paper_id], seeds.reply) for seeds in seed_post.papers(post)]


def written_cases() -> list[Case]:
    """The digests of faithful/, with the texts that the product reads out of the real papers' files."""
    papers = {d["paper_id"]: d for d in json.loads((FAITHFUL / "papers.json").read_text(encoding="utf-8"))}
    texts = {paper_id: _text(shared_data(f"fulltext/{data['text']}")) for paper_id, data in papers.items()}
    cases = []
    for file in sorted(FAITHFUL.glob("*-*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        named = papers[data["paper_id"]]
        fields = {key: named[key] for key in ("paper_id", "version", "title", "abstract", "categories", "published")}
        reply = DigestReply.model_validate(data["reply"])
        cases.append(Case(file.stem, _paper(**fields), texts[data["paper_id"]], reply))
    return cases


def sample_cases() -> list[Case]:
    """The sample day's papers and the answers that stand in for Claude's."""
    feed = etree.parse(SAMPLE / "feed.xml")
    papers = map(_sample_paper, feed.iterfind("a:entry", _ATOM))
    return [case for paper in papers if (case := _sample_case(paper)) is not None]


def _seed_paper(data: dict[str, Any]) -> Paper:
    fields = {key: data[key] for key in ("version", "title", "abstract", "categories")}
    return _paper(paper_id=data["id"], published=data["published_window_utc"][0], **fields)


def _seed_case(paper: Paper, reply: dict[str, Any]) -> Case:
    text = FullText(text=paper.abstract, source=TextSource.ABSTRACT)
    return Case(f"seed {paper.paper_id}", paper, text, DigestReply.model_validate(reply), has_full_text=False)


def _sample_paper(entry: Any) -> Paper:
    ref = PaperRef.parse(entry.findtext("a:id", namespaces=_ATOM).replace("http:", "https:"))
    return _paper(
        paper_id=ref.paper_id,
        version=ref.version,
        title=entry.findtext("a:title", namespaces=_ATOM),
        abstract=entry.findtext("a:summary", namespaces=_ATOM),
        categories=[node.get("term") for node in entry.iterfind("a:category", _ATOM)],
        published=entry.findtext("a:published", namespaces=_ATOM),
    )


def _sample_case(paper: Paper) -> Case | None:
    answers = SAMPLE / "replies" / f"{paper.paper_id}.json"
    if not answers.exists():
        return None
    replies = json.loads(answers.read_text(encoding="utf-8"))
    files = [SAMPLE / source / f"{paper.ref}{suffix}" for source, suffix in _SUFFIXES.items()]
    text = next((_text(file) for file in files if file.exists()), None)
    reply = DigestReply.model_validate(replies["reply" if text else "reply_from_abstract"])
    return Case(
        f"sample {paper.paper_id}", paper, text or FullText(text=paper.abstract, source=TextSource.ABSTRACT), reply
    )


def _text(file: Path) -> FullText:
    if file.suffix == ".pdf":
        return FullText(text=text_of_pdf(file.read_bytes()).text, source=TextSource.PDF)
    return FullText(text=text_of_latexml(file.read_bytes()).text, source=TextSource.HTML)


def _paper(*, categories: list[str], published: str, **fields: Any) -> Paper:
    moment = datetime.fromisoformat(published.replace("Z", "+00:00")).astimezone(UTC)
    return Paper(
        authors=("An Author",),
        primary_category=categories[0],
        categories=tuple(categories),
        published=moment,
        updated=moment,
        **fields,
    )
