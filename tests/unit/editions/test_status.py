"""Why an edition without papers has none."""

from datetime import timedelta
from typing import Any

import pytest

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.view import EditionView
from arxiv_daily.models import DayKind, Probe
from tests.examples import DAY, NOW, a_calendar_day, a_view, some_facts

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
        (empty(read(), unread(hours=6), settled_by="day ended"), EditionStatus.STALLED, "无法读取"),
        (empty(read(), settled_by="day ended"), EditionStatus.STALLED, "无法读取"),
        (empty(unread(hours=4), read(hours=6)), EditionStatus.WAITING, "没有按时更新"),
        (empty(unread(), unread("feed"), kind=DayKind.WEEKEND), EditionStatus.STALLED, "无法读取"),
        (empty(unread(is_final=True)), EditionStatus.FAILED, "拒绝了我们的查询"),
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
