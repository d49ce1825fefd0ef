"""Which papers join an edition, and what of arXiv there is to ask for it."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from arxiv_daily.editions.status import EditionStatus, listing_of
from arxiv_daily.models import CalendarDay, DayKind, EditionFacts, EditionRow, Kind, Paper

API, FEED, CATCH_UP, ESTIMATE = "api", "feed", "catchup", "estimate"
"""The witnesses' names; an estimate is the API's answer for what the calendar says a date announced."""
WITNESSES = frozenset({API, FEED})
"""Asked by every probe."""
RECHECK_AFTER = timedelta(hours=8)
"""How long a day without a mailing, or with an empty feed, is left in peace after both witnesses were read."""
WITHDRAWN_LATELY = timedelta(days=5)
"""How long after its submission a version that may be a withdrawal is looked at: until it is announced and indexed."""
OVERDUE_AFTER = timedelta(days=1)
"""How long an announced paper may stay without metadata before that is said, and raises an alarm."""

CATCH_UP_TRIES = 3
"""How often probes ask for a date's catch-up pages one after the other; then once a day."""

_UNSETTLED = {EditionStatus.FILLING, EditionStatus.WAITING}
_WEEKEND = (6, 7)
_WITHDRAWN = re.compile(r"\bwithdr(?:aw|ew|awn|awal)\w*", re.IGNORECASE)


def followed(papers: Iterable[Paper], anchor: datetime, horizons: Mapping[str, datetime]) -> list[Paper]:
    """The papers submitted before the anchor and, in one of their categories, not before its horizon."""
    return [
        paper
        for paper in papers
        if paper.published < anchor
        and any(category in horizons and paper.published >= horizons[category] for category in paper.categories)
    ]


def kind_of(paper: Paper, categories: Collection[str]) -> Kind:
    """How a paper that nobody listed was announced, as far as its categories tell."""
    return Kind.NEW if paper.primary_category in categories else Kind.CROSS


def is_late(facts: EditionFacts, run_day: date, now: datetime) -> bool:
    """Whether what joins at `now`, in a run of `run_day`, comes after the edition's day, or after its listing was read.

    While arXiv's index fills through the morning, nothing is late.
    """
    listing = listing_of(facts)
    return facts.date < run_day or facts.settled_by is not None or (listing is not None and listing.at < now)


def may_be_withdrawn(paper: Paper) -> bool:
    """Whether the comment speaks of a withdrawal; it can mean a workshop, so that the PDF has to be looked for."""
    return bool(paper.comment and paper.version > 1 and _WITHDRAWN.search(paper.comment))


def witnesses_to_ask(
    facts: EditionFacts, calendar: CalendarDay, now: datetime, *, after_silence: bool = False
) -> set[str]:
    """The witnesses that a probe at `now` has to ask: none that it asked already, none once the day's listing was read.

    The API counts for that only when it was read with the listing or after it. Before the calendar expects a listing,
    the feed still shows the one before: one probe reads it, with the window. `after_silence`, when the feed of the day
    before held nothing, none does, and none looks at the window before arXiv announces. Where today's feed holds
    nothing, the window is looked at again first.
    """
    listing = listing_of(facts)
    if listing and any(probe.at >= listing.at for probe in facts.probes if probe.witness == API and not probe.error):
        return set()
    read = {(probe.at, probe.witness) for probe in facts.probes if not probe.error}
    is_quiet = is_silent(facts) and not any(probe.seen for probe in facts.probes)
    if (calendar.kind is not DayKind.MAILING or is_quiet) and _was_read_since(now - RECHECK_AFTER, now, read):
        return set()
    expected = {API} if is_quiet else _expected(calendar, now, read, after_silence=after_silence)
    return {witness for witness in expected if (now, witness) not in read}


def _expected(
    calendar: CalendarDay, now: datetime, read: Collection[tuple[datetime, str]], *, after_silence: bool
) -> Collection[str]:
    """The witnesses that may have something to say, by arXiv's calendar."""
    if calendar.kind is not DayKind.MAILING or now >= calendar.listed_at:
        return WITNESSES
    if after_silence:
        return {API} if now >= calendar.announced_at else ()
    return {API} if _was_read_since(now - timedelta(days=1), now, read) else WITNESSES


def is_silent(facts: EditionFacts) -> bool:
    """Whether a feed of the edition's date held nothing, which only a later look can confirm."""
    return any(probe.listed == facts.date and probe.is_doubtful and not probe.seen for probe in facts.probes)


def is_left_open(row: EditionRow) -> bool:
    """Whether an edition that no probe looks back to waits for papers, or for being settled."""
    return row.pending > 0 or row.status in _UNSETTLED


def _was_read_since(since: datetime, now: datetime, read: Collection[tuple[datetime, str]]) -> bool:
    moments = {at for at, _ in read if since < at < now}
    return any({witness for at, witness in read if at == moment} >= WITNESSES for moment in moments)


def missed_dates(day: date, first: date, known: Mapping[date, EditionFacts], look_back: timedelta) -> list[date]:
    """Dates before an edition's that arXiv may have announced papers for and nobody read a listing of.

    Those of which fewer catch-up pages were read in vain come first, then the older ones. `first` is the date of the
    first edition. Holidays are among them: their list can be wrong.
    """
    earliest = max(first, day - look_back)
    dates = (earliest + timedelta(days=number) for number in range((day - earliest).days))
    missed = (one for one in dates if one.isoweekday() not in _WEEKEND)
    return sorted(
        (one for one in missed if not (one in known and _is_closed(known[one]))),
        key=lambda one: (_in_vain(known[one]) if one in known else 0, one),
    )


def _in_vain(facts: EditionFacts) -> int:
    """How often its catch-up pages were asked for and did not settle it."""
    return sum(probe.witness == CATCH_UP for probe in facts.probes)


def is_to_catch_up(facts: EditionFacts | None, *, is_first: bool) -> bool:
    """Whether a run asks for a missed date's pages: after some tries in vain only a day's first run does."""
    return is_first or facts is None or _in_vain(facts) < CATCH_UP_TRIES


def _is_closed(facts: EditionFacts) -> bool:
    """Whether its listing was read, or never can be."""
    return listing_of(facts) is not None or any(probe.is_final for probe in facts.probes if probe.witness == CATCH_UP)
