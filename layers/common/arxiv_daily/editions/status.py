"""The status of an edition, and the sentence that tells it to readers."""

from datetime import datetime
from enum import StrEnum

from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily.models import CalendarDay, DayKind, EditionFacts, Probe, Value


class EditionStatus(StrEnum):
    FILLING = "filling"
    COMPLETE = "complete"
    FAILED = "failed"
    STALLED = "stalled"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    WAITING = "waiting"
    QUIET = "quiet"


class Counts(Value):
    """announced = new + cross_listed + replaced = shown + hidden; shown = ready + pending + failed."""

    announced: int
    new: int
    cross_listed: int
    replaced: int
    shown: int
    hidden: int
    ready: int
    pending: int
    failed: int
    degraded: int
    late: int
    withdrawn: int


def listing_of(facts: EditionFacts) -> Probe | None:
    """The latest probe that read what arXiv lists for the edition's own date, and missed nothing by it."""
    of_this_date = [probe for probe in facts.probes if probe.listed == facts.date and not probe.error]
    read = [probe for probe in of_this_date if not probe.unknown and not probe.is_doubtful]
    return max(read, key=lambda probe: probe.at, default=None)


def status_of(facts: EditionFacts, counts: Counts, calendar: CalendarDay) -> EditionStatus:
    """With papers filling or complete; without, why there are none."""
    if counts.announced:
        return EditionStatus.COMPLETE if facts.settled_by and not counts.pending else EditionStatus.FILLING
    if listing_of(facts) and calendar.kind is DayKind.MAILING:
        return EditionStatus.QUIET
    if facts.probes and all(probe.error for probe in _decisive(facts, calendar)):
        ours = any(probe.is_final for probe in facts.probes if probe.witness != "catchup")
        return EditionStatus.FAILED if ours else EditionStatus.STALLED
    match calendar.kind:
        case DayKind.WEEKEND:
            return EditionStatus.WEEKEND
        case DayKind.HOLIDAY:
            return EditionStatus.HOLIDAY
        case DayKind.MAILING:
            return EditionStatus.QUIET if facts.settled_by else EditionStatus.WAITING


def _decisive(facts: EditionFacts, calendar: CalendarDay) -> list[Probe]:
    """The probes whose failure leaves the day unknown: where papers are expected, what came last counts."""
    if calendar.kind is not DayKind.MAILING:
        return list(facts.probes)
    if facts.settled_by:  # the day is over: what was read before the papers were announced says nothing of them
        return [probe for probe in facts.probes if probe.error or probe.at >= calendar.announced_at]
    last = max(probe.at for probe in facts.probes)
    return [probe for probe in facts.probes if probe.at == last]


def status_text(status: EditionStatus, facts: EditionFacts, counts: Counts, calendar: CalendarDay) -> str:
    """One or two sentences in Chinese."""
    text = _text(status, facts, counts, calendar)
    if not calendar.is_known and not counts.announced:
        text += "（arXiv 该年的节假日表尚未录入，此说明可能不准。）"
    return text


_SENTENCES = {
    EditionStatus.WEEKEND: "周末：arXiv 周五、周六晚（美东）不公布论文，本期没有论文。",
    EditionStatus.HOLIDAY: "arXiv 假日：前一晚（美东）没有公布论文，本期没有论文。",
    EditionStatus.STALLED: "暂时无法读取 arXiv，本期是否有论文尚不可知；稍后会自动重试。",
    EditionStatus.FAILED: "arXiv 拒绝了我们的查询，本期是否有论文尚不可知；需要检查本站的设置（例如类别的写法）。",
}


def _text(status: EditionStatus, facts: EditionFacts, counts: Counts, calendar: CalendarDay) -> str:
    match status:
        case EditionStatus.FILLING:
            return _filling(counts)
        case EditionStatus.COMPLETE:
            return f"本期已完成：{_outcome(counts)}"
        case EditionStatus.WAITING:
            return _waiting(facts, calendar)
        case EditionStatus.QUIET:
            return _quiet(facts)
        case _:
            return _SENTENCES[status]


def _filling(counts: Counts) -> str:
    if counts.pending:
        return f"共 {counts.shown} 篇，其中 {counts.pending} 篇正在解读，完成后自动补上。"
    failed = f"，{counts.failed} 篇未能解读" if counts.failed else ""
    return f"现有 {counts.shown} 篇{failed}；arXiv 当天的公告尚未核对完，可能还有补充。"


def _outcome(counts: Counts) -> str:
    if not counts.shown:
        return f"{counts.hidden} 篇均被筛选规则隐藏。"
    if counts.failed:
        return f"{counts.ready} 篇已解读，{counts.failed} 篇未能解读（仅列摘要与原因）。"
    return f"{counts.ready} 篇均已解读。"


def _waiting(facts: EditionFacts, calendar: CalendarDay) -> str:
    if not facts.probes:
        return f"本期尚未查询 arXiv；这一天的论文于北京时间 {_local(calendar.announced_at)} 起公布。"
    last = max(probe.at for probe in facts.probes)
    if last < calendar.announced_at:
        return f"arXiv 尚未公布：这一天的论文于北京时间 {_local(calendar.announced_at)} 起公布，之后会自动补上。"
    if last < calendar.listed_at:
        return f"已到公布时间，尚未见到论文；arXiv 的清单于北京时间 {_local(calendar.listed_at)} 更新，之后再核对。"
    stale = max((probe.listed for probe in facts.probes if probe.listed), default=None)
    if stale == facts.date:
        return "arXiv 当天的清单不完整，尚不能确认没有论文，稍后会再核对。"
    return f"arXiv 的清单没有按时更新（{f'停在 {stale}' if stale else '未能读到'}），稍后会再核对。"


def _quiet(facts: EditionFacts) -> str:
    listing = listing_of(facts)
    if listing and listing.seen:
        return f"arXiv 当天公布的 {listing.seen} 篇论文已收在其他日期，本期没有另外的论文。"
    if listing:
        return "已核对 arXiv 当天的公告：这些类别没有新论文。"
    return "已查询 arXiv：这些类别没有可见的新论文；当天的清单未能读到，之后若有遗漏会补上。"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(EDITION_ZONE):%H:%M}"
