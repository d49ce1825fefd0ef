"""What arXiv lists for a date: every paper in it is recorded before anything is made of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from arxiv_daily.editions.choosing import CATCH_UP, FEED
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import Announcement, Kind, Listing, Probe, Seen, Value
from arxiv_daily.observability import logger
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore


class Noted(Value):
    """A listing whose papers are recorded under the edition of its date."""

    listing: Listing
    witness: str
    is_new: bool = False
    """Whether this run was the first to read it whole."""
    is_doubtful: bool = False
    """Whether it calls papers new that earlier editions have, holds entries of an earlier date, or is a feed of
    nothing at all, which states no date, or of nothing that earlier editions do not have: then it confirms nothing."""

    @property
    def replacements(self) -> tuple[Announcement, ...]:
        return tuple(one for one in self.listing.announcements if one.kind is Kind.REPLACE)


@dataclass(frozen=True)
class Listings:
    editions: EditionStore
    papers: PaperStore
    shows_replacements: bool

    def note(self, listing: Listing, witness: str, now: datetime, elsewhere: Collection[str]) -> Noted:
        """Record each paper of a listing that is in no edition yet, and does not wait `elsewhere` to join one.

        `now` is event time.
        """
        day = listing.date
        self.editions.open(day, window_of(day))
        announced = [one for one in listing.announcements if self.shows_replacements or one.kind is not Kind.REPLACE]
        known = self.papers.editions_of([one.paper_id for one in announced])
        is_doubtful = self._is_doubtful(listing, witness, known)
        placed = known.keys() | set(elsewhere)
        recorded = {seen.paper_id for seen in self.editions.seen(day)}
        for one in announced:
            if (one.kind is Kind.REPLACE or one.paper_id not in placed) and one.paper_id not in recorded:
                seen = Seen(**one.model_dump(), witness=witness, since=now, is_doubtful=is_doubtful)
                self.editions.note(day, seen)
        return Noted(listing=listing, witness=witness, is_new=True, is_doubtful=is_doubtful)

    @staticmethod
    def _is_doubtful(listing: Listing, witness: str, known: Mapping[str, date]) -> bool:
        """A catch-up page names its date itself; a feed can be an older one under today's."""
        day, named = listing.date, [one for one in listing.announcements if one.kind is not Kind.REPLACE]
        earlier = [one for one in named if known.get(one.paper_id, day) < day]
        if stale := [one.paper_id for one in earlier if one.kind is Kind.NEW]:
            logger.warning("a listing calls papers new that earlier editions have", listed=str(day), papers=stale[:5])
        is_empty = not listing.announcements
        is_repeated = bool(named) and len(earlier) == len(named)
        return bool(stale) or listing.is_partial or (witness == FEED and (is_empty or is_repeated))

    def record(self, noted: Noted, edition: date, now: datetime) -> None:
        """Write what the listing says of an edition, once all that it names is recorded."""
        listing, is_its_own = noted.listing, noted.listing.date == edition
        seen = sum(one.kind is not Kind.REPLACE for one in listing.announcements) if is_its_own else 0
        outcome = Probe(
            at=now,
            witness=noted.witness,
            seen=seen,
            listed=listing.date,
            unknown=self.missing(noted) if is_its_own else 0,
            is_doubtful=noted.is_doubtful and is_its_own,
        )
        self.editions.record(edition, outcome)

    def missing(self, noted: Noted) -> int:
        """How many papers of its edition a listing does not name."""
        if noted.witness == CATCH_UP:  # what it does not name came from a listing that named it too late
            return 0
        named = {one.paper_id for one in noted.listing.announcements}
        entries = self.editions.entries(noted.listing.date)
        return len({entry.paper_id for entry in entries} - named)
