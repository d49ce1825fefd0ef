"""What befalls papers after their announcement: second cross-lists, later versions, withdrawals."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from tests.simulation import invented
from tests.simulation.calendar import Schedule
from tests.simulation.drafts import Draft, Drafting
from tests.simulation.papers import Version

_REPLACED = 0.35
_SECOND_CATEGORY = 0.02
_ONE_WITHDRAWN_IN = 100
_LONGEST_WAIT = 40
"""Mailings between two versions, at most."""


class Fates:
    """Changes drafts; `busy` are the listing dates on which something may happen in the followed categories."""

    def __init__(
        self, rng: Random, schedule: Schedule, drafting: Drafting, busy: Sequence[date], followed: Sequence[str]
    ) -> None:
        self._rng = rng
        self._schedule = schedule
        self._drafting = drafting
        self._busy = busy
        self._followed = followed

    def befall(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            self._join_a_second_category(draft)
            while self._rng.random() < _REPLACED and self._revise(draft, self._later_comment()):
                pass
        here = [draft for draft in drafts if self._is_here(draft)]
        self._rng.shuffle(here)
        self._end(here, max(2, len(here) // _ONE_WITHDRAWN_IN))

    def _end(self, candidates: Sequence[Draft], count: int) -> None:
        """Withdraws as many as told, and gives half as many again a comment that only sounds like it."""
        withdrawn = decoys = 0
        for draft in candidates:
            if withdrawn < count:
                withdrawn += self._revise(draft, self._rng.choice(invented.WITHDRAWALS), withdrawn=True)
            elif decoys * 2 < count:
                decoys += self._revise(draft, invented.DECOY)

    def _revise(self, draft: Draft, comment: str | None, *, withdrawn: bool = False) -> bool:
        """Adds a version some mailings on; False when that is beyond the span."""
        listing = self._after(draft.last_listing)
        if listing is None:
            return False
        last = draft.versions[-1]
        title = last.title if self._rng.random() < 0.8 else invented.title(self._rng)
        abstract = last.abstract if withdrawn else f"{last.abstract} Version {last.number + 1} says more."
        version = Version(last.number + 1, self._moment(listing), title, abstract, comment, withdrawn)
        self._drafting.replace(draft, listing, version)
        return True

    def _join_a_second_category(self, draft: Draft) -> None:
        """A paper announced here before is cross-listed here again: it must not count twice."""
        missing = [category for category in self._followed if category not in draft.steps[0].added]
        if self._is_here(draft) and missing and self._rng.random() < _SECOND_CATEGORY * len(self._followed):
            listing = self._after(draft.last_listing)
            if listing is not None:
                self._drafting.cross_list(draft, listing, missing[0])

    def _is_here(self, draft: Draft) -> bool:
        return any(category in self._followed for category in draft.steps[0].added)

    def _after(self, listing: date) -> date | None:
        """A busy mailing after that date, often the very next."""
        later = [day for day in self._busy if day > listing]
        wait = 1 if self._rng.random() < 0.2 else self._rng.randint(1, _LONGEST_WAIT)
        return later[wait - 1] if wait <= len(later) else None

    def _moment(self, listing: date) -> datetime:
        start, end = self._schedule.window(listing)
        return start + timedelta(seconds=self._rng.randrange(int((end - start).total_seconds())))

    def _later_comment(self) -> str | None:
        return self._rng.choice(("Revised and extended", "Accepted at an imaginary conference", None))
