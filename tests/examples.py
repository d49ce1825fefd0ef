"""Papers, digests and editions for tests; each builder takes what the test is about and fills in the rest."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import (
    CalendarDay,
    DayKind,
    Digest,
    EditionFacts,
    Entry,
    Kind,
    Paper,
    PaperVersion,
    Part,
    Point,
    Provenance,
    Reading,
    Seen,
    SubPoint,
    TextSource,
    Usage,
    Work,
    WorkState,
)

DAY = date(2026, 2, 12)
NOW = datetime(2026, 2, 12, 0, 50, tzinfo=UTC)
"""The anchor of DAY."""


def a_paper(paper_id: str = "2602.10934", **fields: Any) -> Paper:
    published = fields.pop("published", datetime(2026, 2, 11, 14, 54, tzinfo=UTC))
    values: dict[str, Any] = {
        "version": 1,
        "title": "Hearing by Numbers",
        "authors": ("Ana Núñez", "Bo Li"),
        "abstract": "We hear 93% of it.",
        "primary_category": "cs.SD",
        "categories": ("cs.SD", "eess.AS"),
        "published": published,
        "updated": published,
    }
    return Paper(paper_id=paper_id, **values | fields)


def an_entry(paper: Paper, **fields: Any) -> Entry:
    values: dict[str, Any] = {"kind": Kind.NEW, "published": paper.published}
    return Entry(paper_id=paper.paper_id, version=paper.version, **values | fields)


def a_part(text: str = "准确率达到93%。") -> Part:
    return Part(points=(Point(term="效果", text=text, points=(SubPoint(term="数据", text="公开数据集。"),)),))


def a_reading() -> Reading:
    return Reading(background=a_part("既有方法较慢。"), method=a_part("改为计数。"), results=a_part())


def a_digest(**provenance: Any) -> Digest:
    values: dict[str, Any] = {
        "model": "claude-haiku-5-5",
        "prompt_version": "1",
        "language": "zh-CN",
        "source": TextSource.HTML,
        "generated_at": NOW,
        "usage": Usage(input_tokens=1000, output_tokens=200),
    }
    return Digest(translation="我们听到其中的93%。", reading=a_reading(), provenance=Provenance(**values | provenance))


def a_ready(paper: Paper, **provenance: Any) -> PaperVersion:
    return PaperVersion(
        paper=paper, work=Work(state=WorkState.DONE, ended_at=NOW), digest=a_digest(**provenance), rev=2
    )


def a_failed(paper: Paper, error: str) -> PaperVersion:
    return PaperVersion(paper=paper, work=Work(state=WorkState.FAILED, ended_at=NOW, error=error), rev=3)


def some_facts(**fields: Any) -> EditionFacts:
    return EditionFacts(date=DAY, window=window_of(DAY), **fields)


def a_calendar_day(**fields: Any) -> CalendarDay:
    """DAY as a day on which arXiv announces: ten minutes after its anchor."""
    values: dict[str, Any] = {
        "date": DAY,
        "kind": DayKind.MAILING,
        "announced_at": datetime(2026, 2, 12, 1, tzinfo=UTC),
        "listed_at": datetime(2026, 2, 12, 5, tzinfo=UTC),
    }
    return CalendarDay(**values | fields)


def a_view(
    facts: EditionFacts,
    stood: Iterable[tuple[PaperVersion, Entry]] = (),
    unseen: Iterable[Seen] = (),
    calendar: CalendarDay | None = None,
) -> EditionView:
    pairs = list(stood)
    versions = {version.paper.ref: version for version, _ in pairs}
    return edition_view(facts, [entry for _, entry in pairs], versions, unseen, calendar or a_calendar_day())


def a_reply_json() -> str:
    """Claude's answer to a request for a digest, in the asked shape."""
    digest = a_digest()
    return "{" + f'"translation": "{digest.translation}", ' + digest.reading.model_dump_json()[1:]
