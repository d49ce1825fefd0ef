"""Why an edition without papers has none."""

from datetime import timedelta
from typing import Any

import pytest

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.view import EditionView
from arxiv_daily.editions.words import words_of
from arxiv_daily.models import DayKind, Kind, ModelGate, PaperVersion, Probe, Seen, TextSource
from tests.examples import DAY, NOW, a_calendar_day, a_failed, a_paper, a_ready, a_view, an_entry, some_facts

HOUR = timedelta(hours=1)
YESTERDAY = DAY - timedelta(days=1)


def read(witness: str = "api", hours: int = 0, **fields: Any) -> Probe:
    return Probe(at=NOW + hours * HOUR, witness=witness, seen=0, **fields)


def unread(witness: str = "api", hours: int = 0, **fields: Any) -> Probe:
    return Probe(at=NOW + hours * HOUR, witness=witness, error="HTTP 503", **fields)


def empty(
    *probes: Probe, kind: DayKind = DayKind.MAILING, settled_by: str | None = None, known: bool = True
) -> EditionView:
    facts = some_facts(probes=probes, settled_by=settled_by)
    return a_view(facts, calendar=a_calendar_day(kind=kind, is_known=known))


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (empty(), EditionStatus.WAITING, "尚未查询"),
        (empty(read()), EditionStatus.WAITING, "于北京时间 09:00 起公布"),
        (empty(read(hours=2)), EditionStatus.WAITING, "清单于北京时间 13:00 更新"),
        (empty(read(hours=6), read("feed", 6, listed=YESTERDAY)), EditionStatus.WAITING, "停在 2026-02-11"),
        (empty(read("feed", 6, listed=DAY)), EditionStatus.QUIET, "没有新论文"),
        (empty(read(hours=6), settled_by="day ended"), EditionStatus.QUIET, "清单未能读到"),
        (empty(unread()), EditionStatus.STALLED, "无法读取"),
        (empty(read(), unread(hours=6)), EditionStatus.STALLED, "无法读取"),
        (empty(read(), read("feed"), unread(hours=2)), EditionStatus.WAITING, "清单于北京时间 13:00 更新"),
        (empty(read(), unread(hours=6), settled_by="day ended"), EditionStatus.STALLED, "无法读取"),
        (empty(read(), settled_by="day ended"), EditionStatus.STALLED, "无法读取"),
        (empty(unread(hours=4), read(hours=6)), EditionStatus.WAITING, "没有按时更新"),
        (empty(unread(), unread("feed"), kind=DayKind.WEEKEND), EditionStatus.STALLED, "无法读取"),
        (empty(unread(is_final=True)), EditionStatus.FAILED, "拒绝了我们的查询"),
        (empty(unread(is_final=True), unread(hours=6)), EditionStatus.STALLED, "无法读取"),
        (empty(kind=DayKind.WEEKEND), EditionStatus.WEEKEND, "周末"),
        (empty(read(), unread(hours=6), kind=DayKind.WEEKEND), EditionStatus.WEEKEND, "周末"),
        (empty(read(), kind=DayKind.HOLIDAY), EditionStatus.HOLIDAY, "假日"),
        (empty(read("catchup", 26, listed=DAY), kind=DayKind.HOLIDAY), EditionStatus.HOLIDAY, "假日"),
        (empty(read(), known=False), EditionStatus.WAITING, "节假日表尚未录入"),
    ],
    ids=lambda value: value.status_text if isinstance(value, EditionView) else str(value),
)
def test_an_empty_edition_says_why(view: EditionView, status: EditionStatus, words: str) -> None:
    assert view.status is status
    assert words in view.status_text


def test_a_listing_that_misses_papers_does_not_confirm_the_day() -> None:
    assert empty(read("feed", 6, listed=DAY, unknown=2)).status is EditionStatus.WAITING


CLOSED = ModelGate(closed="Claude 回答 HTTP 402，解读服务暂时不可用", rev=1)


def filled(
    ready: int = 0,
    degraded: int = 0,
    pending: int = 0,
    failed: int = 0,
    *,
    settled: bool = True,
    gate: ModelGate | None = None,
    language: str = "zh-CN",
) -> str:
    """The sentence of an edition with so many papers of each kind."""
    papers = (a_paper(f"2602.1{number:04}") for number in range(100))
    versions = [a_ready(next(papers)) for _ in range(ready)]
    versions += [a_ready(next(papers), source=TextSource.ABSTRACT) for _ in range(degraded)]
    versions += [PaperVersion(paper=next(papers)) for _ in range(pending)]
    versions += [a_failed(next(papers), "今日预算已用完") for _ in range(failed)]
    facts = some_facts(probes=(read(),), settled_by="listing" if settled else None)
    stood = [(version, an_entry(version.paper)) for version in versions]
    return a_view(facts, stood, gate=gate, words=words_of(language)).status_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (filled(7), "本期已完成：7 篇均已解读。"),
        (filled(8, 12), "本期已完成：20 篇均已解读（其中 12 篇仅据摘要解读）。"),
        (filled(6, 2, failed=1), "本期已完成：8 篇已解读（其中 2 篇仅据摘要解读），1 篇未能解读（仅列摘要与原因）。"),
        (filled(5, pending=3), "共 8 篇，其中 3 篇正在解读，完成后自动补上。"),
        (filled(4, 1, 3), "共 8 篇，其中 3 篇正在解读，完成后自动补上。已解读 5 篇（其中 1 篇仅据摘要解读）。"),
        (
            filled(4, 2, failed=1, settled=False),
            "现有 7 篇（其中 2 篇仅据摘要解读），1 篇未能解读；arXiv 当天的公告尚未核对完，可能还有补充。",
        ),
        (filled(8, 12, language="en"), "Complete: all 20 papers are read (12 from the abstract alone)."),
        (
            filled(4, 1, 3, language="en"),
            "8 papers, 3 still being read; they are filled in as they are done. "
            "5 read so far (1 from the abstract alone).",
        ),
        (filled(1, language="en"), "Complete: the day's one paper is read."),
    ],
)
def test_an_edition_with_papers_says_how_they_were_read(text: str, said: str) -> None:
    assert text == said


def test_while_claude_may_not_be_asked_the_sentence_says_why_papers_wait() -> None:
    assert filled(5, pending=3, gate=CLOSED) == (
        "共 8 篇，其中 3 篇等待解读：Claude 回答 HTTP 402，解读服务暂时不可用；恢复后自动补上。"
    )


def test_a_closed_gate_is_not_spoken_of_where_no_paper_waits_for_it() -> None:
    assert "HTTP 402" not in filled(5, gate=CLOSED)
    unseen = Seen(paper_id="2501.00009", kind=Kind.CROSS, witness="feed", since=NOW)
    assert "HTTP 402" not in a_view(some_facts(probes=(read(),)), unseen=[unseen], gate=CLOSED).status_text
