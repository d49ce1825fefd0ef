"""Papers, digests and editions for tests; each builder takes what the test is about and fills in the rest."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from arxiv_daily.editions.view import EditionView, edition_view
from arxiv_daily.editions.window import window_of
from arxiv_daily.editions.words import Words, words_of
from arxiv_daily.models import (
    CalendarDay,
    Checks,
    Claim,
    DayKind,
    Digest,
    EditionFacts,
    Entry,
    Kind,
    ModelGate,
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
        "abstract": "We hear 93% of all words.",
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


def a_whole_reading() -> Reading:
    """As long as Claude is asked for."""
    return Reading(
        background=a_part(
            "既有方法较慢。" + "以往的做法是逐字抄写录音，再由人核对，既费时又容易出错，也难以推广到更长的录音。" * 3
        ),
        method=a_part(
            "改为计数。" + "论文把录音切成小段，逐段计数，再把各段的结果合在一起，用一个简单的规则判断是否听清。" * 9
        ),
        results=a_part("准确率达到93%。" + "作者在公开的录音上检验了这一做法，并与既有方法作了比较。" * 4),
    )


THE_CLAIM = Claim(task="听写", value="93%", quote="We hear 93% of all words.")
"""That of a_reply_json: its quote stands in the abstract of a_paper."""


def a_digest(**provenance: Any) -> Digest:
    values: dict[str, Any] = {
        "model": "claude-haiku-5-5",
        "prompt_version": "1",
        "language": "zh-CN",
        "source": TextSource.HTML,
        "generated_at": NOW,
        "usage": Usage(input_tokens=1000, output_tokens=200),
    }
    return Digest(
        translation="我们听到其中的93%。",
        reading=a_reading(),
        provenance=Provenance(**values | provenance),
    )


def a_ready(paper: Paper, **provenance: Any) -> PaperVersion:
    return PaperVersion(
        paper=paper, work=Work(state=WorkState.DONE, ended_at=NOW), digest=a_digest(**provenance), rev=2
    )


def a_claim(**fields: Any) -> Claim:
    values: dict[str, Any] = {
        "task": "语音情感识别",
        "dataset": "IEMOCAP",
        "metric": "准确率",
        "value": "93%",
        "quote": "We hear 93% of all words on IEMOCAP.",
    }
    return Claim(**values | fields)


def some_checks(**fields: Any) -> Checks:
    """Three of four results verified: the fourth was left out."""
    values: dict[str, Any] = {"claimed": 4, "verified": 3, "dropped": ("一项结果的引文不在论文原文中。",)}
    return Checks(**values | fields)


def a_checked(paper: Paper, checks: Checks, claims: Iterable[Claim] | None = None, **provenance: Any) -> PaperVersion:
    """A paper that was read, with what the checks made of it; as many claims as were verified."""
    stood = [a_claim() for _ in range(checks.verified)] if claims is None else claims
    digest = a_digest(**provenance).model_copy(update={"claims": tuple(stood), "checks": checks})
    return a_ready(paper).model_copy(update={"digest": digest})


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
    *,
    gate: ModelGate | None = None,
    words: Words | None = None,
) -> EditionView:
    pairs = list(stood)
    versions = {version.paper.ref: version for version, _ in pairs}
    return edition_view(
        facts,
        [entry for _, entry in pairs],
        versions,
        unseen,
        calendar or a_calendar_day(),
        gate=gate or ModelGate(),
        words=words or words_of("zh-CN"),
    )


def a_reply_json(**fields: Any) -> str:
    """Claude's answer to a request for a digest of a_paper, in the asked shape; its number stands in the abstract."""
    digest = a_digest()
    reply = {
        "translation": digest.translation,
        **a_whole_reading().model_dump(mode="json"),
        "claims": [THE_CLAIM.model_dump(mode="json")],
    }
    return json.dumps(reply | fields, ensure_ascii=False)
