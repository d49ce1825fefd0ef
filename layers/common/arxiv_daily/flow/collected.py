"""What a run of fetch knows while it asks the witnesses."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from arxiv_daily.editions.choosing import API, FEED, OVERDUE_AFTER, is_silent
from arxiv_daily.flow.listings import Noted
from arxiv_daily.models import Announcement, EditionFacts, Paper, Seen, Suspect
from arxiv_daily.sources.errors import ArxivError


@dataclass
class Collected:
    """What was read and recorded so far, and what failed."""

    day: date
    now: datetime
    """Event time."""
    is_first: bool
    """Whether no run before it read the API for this edition."""
    known: dict[date, EditionFacts] = field(default_factory=dict)
    """The editions that it looks back to, as they were when it began."""
    visible: dict[str, Paper] = field(default_factory=dict)
    """What the API's window shows, by id."""
    noted: list[Noted] = field(default_factory=list)
    waiting: dict[date, list[Seen]] = field(default_factory=dict)
    """Named by a listing and still without metadata, by edition."""
    found: dict[str, Paper] = field(default_factory=dict)
    """What the window shows, and what was asked for by id."""
    suspects: dict[str, Suspect] = field(default_factory=dict)
    """Papers of ours that an earlier run could not look at: they may have been withdrawn."""
    replaced: dict[str, Announcement] = field(default_factory=dict)
    """Papers of ours that may have been withdrawn and are looked at now, by id."""
    unresolved: ArxivError | None = None
    """Why papers could not be asked for by id."""
    incomplete: ArxivError | None = None
    """Why a back-fill could not read all that arXiv lists for its date."""
    failures: dict[str, ArxivError] = field(default_factory=dict)
    """Why a witness could not be read."""
    joined: int = 0
    seen: int = 0

    @property
    def failure(self) -> ArxivError | None:
        """Why the run ends as failed: the API's failure, or that nothing could be read."""
        feed = self.failures.get(FEED) if not self.noted and not self.visible else None
        return self.failures.get(API) or feed or self.unresolved or self.incomplete

    @property
    def before(self) -> EditionFacts | None:
        """The edition of the day before, if there is one."""
        return self.known.get(self.day - timedelta(days=1))

    @property
    def is_after_silence(self) -> bool:
        """Whether the feed of the day before held nothing."""
        return self.before is not None and is_silent(self.before)

    def asks_for(self, one: Seen | Suspect) -> bool:
        """Whether this run asks for a paper by its id; for one that has waited long, only a day's first run does."""
        return self.is_first or self.now - one.since <= OVERDUE_AFTER
