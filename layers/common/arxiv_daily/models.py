"""What the product speaks of: papers, editions, digests. Values only; pydantic is all it needs.

Every time is an aware datetime in UTC; every date is an edition's date in Asia/Shanghai.
"""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

SCHEMA_VERSION = 1
"""Version of the stored items and of the published JSON."""

_CURRENT_ID = r"\d{4}\.\d{4,5}"
_OLD_ID = r"[a-z]+(?:-[a-z]+)*(?:\.[a-z-]+)?/\d{7}"
_REFERENCE = re.compile(
    rf"(?:arxiv:\s*|https?://(?:www\.|export\.)?arxiv\.org/(?:abs|html|pdf)/)?"
    rf"(?P<id>{_CURRENT_ID}|{_OLD_ID})(?:v(?P<version>[1-9]\d*))?(?:\.pdf)?/?",
    re.IGNORECASE | re.ASCII,
)

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def _without_control_characters(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("holds control characters; was a backslash of a formula not doubled?")
    return text


PlainText = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_without_control_characters)]
"""What a model wrote: no markup is read out of it, and lines end with a newline alone."""


class InvalidPaperId(ValueError):
    """The text names no arXiv paper."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not an arXiv id: write it like 2602.10934, arXiv:2602.10934v1, hep-th/9901001, "
            "or as an arxiv.org abs, html or pdf address"
        )


class Value(BaseModel):
    """Base of all models: immutable, and strict about fields nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PaperRef(NamedTuple):
    """An arXiv id, with the version if one was named (None: the latest).

    A tuple, for it is a key of many mappings; it is logged and stored as str(ref), or it would become a list.
    """

    paper_id: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any of arXiv's ways to write an id (info.arxiv.org/help/arxiv_identifier.html).

        Raises InvalidPaperId when the text is none of them.
        """
        match = _REFERENCE.fullmatch(text.strip())
        if match is None:
            raise InvalidPaperId(text)
        version = match["version"]
        return cls(paper_id=_canonical(match["id"]), version=int(version) if version else None)

    def __str__(self) -> str:
        return self.paper_id if self.version is None else f"{self.paper_id}v{self.version}"


def _canonical(paper_id: str) -> str:
    """Old ids are lower-case in their archive and drop the subject class: math.GT/0309136 is math/0309136."""
    archive, slash, number = paper_id.lower().partition("/")
    return f"{archive.partition('.')[0]}{slash}{number}" if slash else paper_id


class Paper(Value):
    """One arXiv paper at one version, as arXiv describes it."""

    paper_id: str
    version: int = Field(ge=1)
    title: str
    authors: tuple[str, ...]
    abstract: str
    primary_category: str
    categories: tuple[str, ...]
    published: AwareDatetime
    """When version 1 was submitted, not when it was announced."""
    updated: AwareDatetime
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None

    @property
    def ref(self) -> PaperRef:
        return PaperRef(paper_id=self.paper_id, version=self.version)


class Window(Value):
    """The 24 hours [start, end) of an edition; end is its anchor."""

    start: AwareDatetime
    end: AwareDatetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


class Kind(StrEnum):
    """How a paper was announced in the configured categories."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"


class Announcement(Value):
    """A paper as a listing of arXiv names it: no metadata yet, and a version only where the listing states one."""

    paper_id: str
    version: int | None = None
    kind: Kind
    title: str = ""


class Listing(Value):
    """What arXiv announced for one date, as a feed or a catch-up page lists it; each paper stands once."""

    date: date
    """The date that the listing itself states: the day after the evening (US Eastern) of the announcement."""
    announcements: tuple[Announcement, ...] = ()
    is_partial: bool = False
    """Whether something of its date may be missing: a part was left over from an earlier date, or a page missing."""


class DayKind(StrEnum):
    """What arXiv's calendar says of a date."""

    MAILING = "mailing"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class CalendarDay(Value):
    """A date in arXiv's calendar. It explains an empty day, and never decides that a visible paper does not count."""

    date: date
    kind: DayKind
    announced_at: AwareDatetime
    """When a mailing of this date is, or would be, announced: 20:00 US Eastern of the evening before."""
    listed_at: AwareDatetime
    """When the feed states this date: midnight US Eastern."""
    is_known: bool = True
    """False beyond the years whose holidays are listed: then a holiday is taken for a mailing."""


class Entry(Value):
    """A paper's place in an edition, decided when it joins and never again."""

    paper_id: str
    version: int
    kind: Kind
    published: AwareDatetime
    late: bool = False
    hidden_by: str | None = None
    withdrawn: str | None = None
    """What arXiv's comment says of the withdrawal; None while the paper stands. Only this is ever added to an entry."""
    withdrawn_at: AwareDatetime | None = None
    """Event time of the probe that noticed."""

    @property
    def ref(self) -> PaperRef:
        return PaperRef(paper_id=self.paper_id, version=self.version)


class Seen(Announcement):
    """A paper that a listing named for an edition and whose metadata arXiv does not show yet."""

    witness: str
    since: AwareDatetime
    """Event time of the probe that first met it."""
    overdue: bool = False
    """Whether a probe more than a day later still found no metadata."""
    is_doubtful: bool = False
    """Whether the listing was (see Probe.is_doubtful): then a cross-list may be a new paper."""


class Suspect(Announcement):
    """A paper of ours that a listing named as replaced, until somebody could look whether it was withdrawn."""

    since: AwareDatetime
    """Event time of the probe that first met it."""


class Probe(Value):
    """What one scheduled run learned from one witness."""

    at: AwareDatetime
    """Event time: when the run was scheduled."""
    witness: str
    seen: int | None = None
    """Papers that the witness knows for this edition; None when it could not be read."""
    listed: date | None = None
    """The date that a listing stated; None for the API, which states none."""
    unknown: int = 0
    """Papers of this edition that this witness did not show though another had."""
    error: str | None = None
    is_doubtful: bool = False
    """Whether what was listed is not what a listing of its date would be: it confirms nothing."""
    is_final: bool = False
    """Whether asking the same again is pointless: a setting of ours, or arXiv's robots.txt, would have to change."""


class EditionFacts(Value):
    """An edition without its papers."""

    date: date
    window: Window
    probes: tuple[Probe, ...] = ()
    settled_by: str | None = None
    """What settled it: a listing that was read and joined, an estimate, or that its day ended; None while open."""
    rev: int = 0


def _with_something_to_find(text: str) -> str:
    if not any(map(str.isalnum, text)):
        raise ValueError("holds no letter and no digit that could be found in a text")
    return text


Word = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_with_something_to_find)]


class Filters(Value):
    """What to hide. With both keywords_in and authors, a paper stays that has either."""

    primary_only: bool = False
    keywords_in: tuple[Word, ...] = ()
    keywords_out: tuple[Word, ...] = ()
    authors: tuple[Word, ...] = ()
    cap: Annotated[int, Field(ge=1)] | None = None
    """Papers shown in an edition at most."""


class EditionRow(Value):
    """An edition in the list of editions; `rev` is the revision of the edition that it describes."""

    date: date
    status: str = ""
    """An EditionStatus; empty for a row that an earlier release wrote."""
    status_text: str
    shown: int
    shown_in: dict[str, int] = {}
    """Of the papers shown, how many are in each of the site's categories."""
    pending: int
    unpaid: int = 0
    """Papers that are to be read better once a day's budget allows it."""
    rev: int


class WorkState(StrEnum):
    QUEUED = "queued"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


class Work(Value):
    """Where the reading of a paper's version stands. Times here are machine time."""

    state: WorkState = WorkState.QUEUED
    attempts: int = 0
    waits: int = 0
    """How often in a row it was put off for a reason that is not its own."""
    budget_waits: int = 0
    """How many of these were for room in the day's budget."""
    sent_at: AwareDatetime | None = None
    """When the message that last went to the queue was to be shown to workers."""
    owner: str | None = None
    lease_until: AwareDatetime | None = None
    not_before: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    """When it became done or failed."""
    error: str | None = None
    for_budget: bool = False
    """Whether it failed because the day's budget was spent."""
    failed_for: str | None = None
    """Why it failed the last time, also while it is tried again."""
    failed_since: AwareDatetime | None = None
    """When it first failed for that reason."""
    trace: str | None = None
    """X-Ray trace of the run that asked for the last try."""


class SubPoint(Value):
    """A point below a point: an optional bold term and what is said of it."""

    term: PlainText = ""
    text: PlainText = ""


class Point(SubPoint):
    """A point of a reading, with one level of points below it."""

    points: tuple[SubPoint, ...] = ()


class Part(Value):
    """One of the three parts of a reading; every text in it is plain text."""

    lead: PlainText = ""
    points: Annotated[tuple[Point, ...], Field(min_length=1)]
    closing: PlainText = ""


class Claim(Value):
    """A result that the paper states, with the sentence of the paper that carries it, word for word."""

    task: PlainText = ""
    dataset: PlainText = ""
    metric: PlainText = ""
    value: PlainText
    """The number with its unit, as the paper writes it."""
    quote: PlainText


class Checks(Value):
    """What became of the results that the model claimed, and what a reader should know of the rest."""

    claimed: int = 0
    verified: int = 0
    """Claims whose quote stands in the paper's text and carries their numbers."""
    dropped: tuple[str, ...] = ()
    """What was left out because it failed a check, a sentence each, in Chinese."""
    doubts: tuple[str, ...] = ()
    """What is shown although a check failed, such as a number that the translation lacks; a sentence each."""


class Reading(Value):
    """详细解读: what was wrong before, how the method mends it, on which tasks with which results."""

    background: Part
    method: Part
    results: Part


class TextSource(StrEnum):
    """Which text of the paper was read."""

    HTML = "html"
    PDF = "pdf"
    PDF_NATIVE = "pdf_native"
    ABSTRACT = "abstract"
    NONE = "none"


class FullText(Value):
    """The best text of a paper that could be had; the note tells readers why it is not better."""

    text: str
    """Empty where the model reads the PDF itself."""
    source: TextSource
    note: str = ""
    notices: tuple[str, ...] = ()
    """What readers should know of the text, such as invisible passages that were left out."""
    pdf: str = ""
    """The file for a model that reads it itself, in Base64; empty otherwise."""


class Usage(Value):
    """Tokens that Claude counted for every answer that went into a digest."""

    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
        )


class Reply(Value):
    """Claude's answer as it came, before anything in it was checked."""

    text: str
    stop_reason: str
    usage: Usage


class Provenance(Value):
    """Where a digest comes from."""

    model: str
    prompt_version: str
    language: str
    source: TextSource
    source_note: str = ""
    """Why it was not a better source; empty for full text."""
    truncated: bool = False
    """The text was longer than what a request may hold: its main sections were read."""
    for_budget: bool = False
    """Whether the abstract alone was read because the day's budget was short."""
    notices: tuple[str, ...] = ()
    """What readers should know of the text, such as instructions to language models that it carries."""
    generated_at: AwareDatetime
    usage: Usage
    cost: int = 0
    """Of every answer that went into the digest, in micro-dollars (millionths of a US dollar)."""


class Digest(Value):
    """What was made of a paper."""

    translation: PlainText
    reading: Reading
    claims: tuple[Claim, ...] = ()
    """The verified ones."""
    checks: Checks = Checks()
    provenance: Provenance


class ModelGate(Value):
    """Whether Claude may be asked, for all papers together."""

    closed: str | None = None
    """Why nobody may ask: a sentence for readers; None while the gate is open."""
    until: AwareDatetime | None = None
    """When one worker may try again (machine time)."""
    rev: int = 0
    """Grows with each closing and each opening."""


class BudgetDay(Value):
    """What a day's requests to Claude cost, in micro-dollars; the day is one of Asia/Shanghai, by machine time."""

    date: date
    committed: int = 0
    """Spent, or reserved by requests that were not settled: their answers are awaited, or were lost."""
    spent: int = 0
    calls: int = 0
    """Requests that were answered."""
    input_tokens: int = 0
    output_tokens: int = 0
    papers: int = 0
    """Papers that these requests were about."""
    unsettled: int = 0
    """Requests that were reserved and not settled: they are under way, or their run was cut off."""
    waiting: int = 0
    """Papers that are still to be read on this day, for whose abstracts something is kept."""


class TakeDown(Value):
    """The operator's word that a reading is not to be shown."""

    reason: PlainText
    """For readers."""
    at: AwareDatetime
    lifted_at: AwareDatetime | None = None
    """When it was taken back; None while it stands."""


class PaperVersion(Value):
    """A paper's version as stored: metadata, work and digest."""

    paper: Paper
    work: Work = Work()
    digest: Digest | None = None
    taken_down: TakeDown | None = None
    rev: int = 0

    @property
    def down(self) -> TakeDown | None:
        """Why its reading is not to be shown; None when it is."""
        return self.taken_down if self.taken_down and not self.taken_down.lifted_at else None


class PaperMessage(Value):
    """The body of a message in the papers queue."""

    paper_id: str
    version: int
    edition_date: date | None = None
