"""Asking the witnesses what arXiv announced, and letting it join editions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arxiv_daily.editions.choosing import (
    API,
    CATCH_UP,
    ESTIMATE,
    FEED,
    WITHDRAWN_LATELY,
    followed,
    is_late,
    is_left_open,
    is_silent,
    is_to_catch_up,
    kind_of,
    missed_dates,
    witnesses_to_ask,
)
from arxiv_daily.editions.status import listing_of
from arxiv_daily.editions.window import edition_date, window_of
from arxiv_daily.flow.collected import Collected
from arxiv_daily.flow.listings import Listings, Noted
from arxiv_daily.flow.resolving import Resolving
from arxiv_daily.models import Announcement, EditionFacts, Kind, Listing, Paper, Probe, Suspect, Window
from arxiv_daily.observability import logger
from arxiv_daily.sources.calendar import calendar_day, submissions_of
from arxiv_daily.sources.catchup import CatchUp
from arxiv_daily.sources.errors import ArxivBusy, ArxivError, ArxivUnavailable, CatchUpNotAllowed, QueryRejected
from arxiv_daily.sources.feed import Feed
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.site import SiteStore

DAY_ENDED, LISTING = "day ended", "listing"
"""What settles an edition; an estimate does so under its own name."""
MISSED_PER_RUN = 3
"""Missed dates that one run catches up on; the next run goes on."""


@dataclass(frozen=True)
class Collecting:
    feed: Feed
    catchup: CatchUp
    editions: EditionStore
    rows: SiteStore
    listings: Listings
    resolving: Resolving
    look_back: timedelta

    def probe(self, day: date, now: datetime) -> Collected:
        """Ask what has to be asked for the edition at `now`, and close what earlier editions left open.

        A witness that fails silences no other: its failure is recorded, and stands in what is returned.
        """
        facts = self.editions.facts(day)
        horizons = self.rows.horizons(self._categories, facts.window.start)
        first = edition_date(min(horizons.values())) + timedelta(days=1)
        run = self._begun(facts, now, older=self._left_open(day))
        run.suspects = {one.paper_id: one for one in self.rows.suspects()}
        ask = witnesses_to_ask(facts, calendar_day(day), now, after_silence=run.is_after_silence)
        if FEED in ask:
            self._read_feed(run, first)
        if API in ask:
            start = max(min(horizons.values()), facts.window.end - self.look_back)
            self._read_window(run, Window(start=start, end=facts.window.end))
        self._catch_up(run, first)
        if FEED not in ask and self._may_have_filled(run, facts, horizons):
            self._read_feed(run, first)
        self._resolve(run)
        if API in ask and API not in run.failures:
            self._join_visible(run, facts, horizons)
        self._check_withdrawals(run)
        self._record(run, ask)
        return self._settled(run)

    def backfill(self, day: date) -> Collected:
        """Fill the edition of a date from arXiv's catch-up listing, or by the calendar where there is none.

        An edition whose listing was read, or that was estimated, is left as it is.
        """
        facts = self.editions.facts(day)
        run = self._begun(facts, facts.window.end)
        if not listing_of(facts) and facts.settled_by != ESTIMATE:
            try:
                self._note(run, self.catchup.read(self._categories, day), CATCH_UP)
            except CatchUpNotAllowed as refusal:
                logger.info("no catch-up listing, the calendar has to estimate", reason=str(refusal))
                self._estimate(run, facts)
            except ArxivError as error:
                run.failures[CATCH_UP] = run.incomplete = error
        self._resolve(run)
        self._check_withdrawals(run)
        for noted in run.noted:
            self.listings.record(noted, day, run.now)
            if noted.listing.is_partial:
                problem = "a category has no catch-up page now, papers of the others joined; repeat it later"
                run.incomplete = ArxivUnavailable(f"the catch-up pages of {day}", problem)
        for witness, failure in run.failures.items():
            self.editions.record(day, Probe(at=run.now, witness=witness, error=str(failure)))
        return self._settled(run)

    @property
    def _categories(self) -> tuple[str, ...]:
        return tuple(self.resolving.joining.categories)

    def _left_open(self, day: date) -> list[date]:
        """The editions before `day`, however old, that wait for something."""
        return [row.date for row in self.rows.rows() if row.date < day and is_left_open(row)]

    def _begun(self, facts: EditionFacts, now: datetime, older: Collection[date] = ()) -> Collected:
        """With what waits in the editions of the look-back, and in `older` ones."""
        day = facts.date
        read = any(probe.witness == API and not probe.error for probe in facts.probes)
        run = Collected(day, now, is_first=not read)
        days = {*older, *(day - timedelta(days=back) for back in range(self.look_back.days + 1))}
        run.known = self.editions.known(days)
        run.waiting = {edition: self.editions.seen(edition) for edition in _unconfirmed(run.known)}
        return run

    def _may_have_filled(self, run: Collected, facts: EditionFacts, horizons: Mapping[str, datetime]) -> bool:
        """Whether a feed that held nothing is worth a look again, by what else this run has read.

        Today's is where the window shows papers now; that of the day before is, once and while it stands, where no
        catch-up page told what that day held.
        """
        if is_silent(facts):
            return bool(self._unplaced(run, facts, horizons))
        is_read = any(probe.witness == FEED and not probe.error for probe in facts.probes)
        if not run.is_after_silence or is_read or run.now >= calendar_day(run.day).listed_at:
            return False
        told = {noted.listing.date for noted in run.noted if not noted.is_doubtful}
        return run.before is not None and not listing_of(run.before) and run.before.date not in told

    def _read_feed(self, run: Collected, first: date) -> None:
        """A feed counts for the date that it states, unless that is before the first edition or after this one."""
        try:
            listing = self.feed.read(self._categories)
        except ArxivError as error:
            run.failures[FEED] = error
            return
        known = self.editions.known([listing.date]).get(listing.date)
        if first <= listing.date <= run.day and not (known and listing_of(known)):
            self._note(run, listing, FEED)
        else:
            run.noted.append(Noted(listing=listing, witness=FEED))

    def _catch_up(self, run: Collected, first: date) -> None:
        read = {noted.listing.date for noted in run.noted if noted.is_new and not noted.is_doubtful}
        missed = [
            day
            for day in missed_dates(run.day, first, run.known, self.look_back)
            if day not in read and is_to_catch_up(run.known.get(day), is_first=run.is_first)
        ]
        for day in missed[:MISSED_PER_RUN]:
            try:
                self._note(run, self.catchup.read(self._categories, day), CATCH_UP)
            except CatchUpNotAllowed as refusal:
                self.editions.open(day, window_of(day))
                run.waiting.setdefault(day, [])
                anchor = window_of(day).end
                self.editions.record(day, Probe(at=anchor, witness=CATCH_UP, error=str(refusal), is_final=True))
            except ArxivBusy as busy:
                logger.info("missed dates wait for the next run", missed=str(day), reason=str(busy))
                return
            except ArxivError as error:
                logger.warning(
                    "a missed date could not be caught up on, a later run tries again",
                    missed=str(day),
                    reason=str(error),
                )
                self.editions.open(day, window_of(day))
                self.editions.record(day, Probe(at=run.now, witness=CATCH_UP, error=str(error)))

    def _note(self, run: Collected, listing: Listing, witness: str) -> None:
        """A paper that waits to join an earlier edition is not recorded for a later one too."""
        earlier = [one for day, waiting in run.waiting.items() if day < listing.date for one in waiting]
        elsewhere = {one.paper_id for one in earlier if one.kind is not Kind.REPLACE}
        run.noted.append(self.listings.note(listing, witness, run.now, elsewhere))
        run.waiting[listing.date] = self.editions.seen(listing.date)

    def _read_window(self, run: Collected, window: Window) -> None:
        try:
            visible = self.resolving.api.published_between(self._categories, window)
        except ArxivError as error:
            run.failures[API] = error
            return
        run.visible = {paper.paper_id: paper for paper in visible}

    def _resolve(self, run: Collected) -> None:
        """Let what listings named join its edition, with metadata from the window or asked for by id.

        A window that could not be read does not keep papers from being asked for by id: that is a smaller question.
        """
        for day, waiting in run.waiting.items():
            run.waiting[day] = self.resolving.drop_joined(day, waiting)
        run.replaced = self._replaced(run)
        wanted = {one.paper_id for waiting in run.waiting.values() for one in waiting if run.asks_for(one)}
        wanted |= run.replaced.keys()
        run.found = dict(run.visible)
        if wanted and not isinstance(run.failures.get(API), ArxivBusy):
            try:
                run.found |= self.resolving.metadata(wanted, run.visible)
            except ArxivError as error:
                run.unresolved = error
        for day, waiting in sorted(run.waiting.items()):
            joined, run.waiting[day] = self.resolving.join(day, waiting, run.found, run.day, run.now)
            run.joined += joined

    def _replaced(self, run: Collected) -> dict[str, Announcement]:
        """Papers of ours that a listing, read for the first time, names as replaced, and suspects of earlier runs."""
        named: dict[str, Announcement] = {one.paper_id: one for one in run.suspects.values() if run.asks_for(one)}
        named |= {one.paper_id: one for noted in run.noted if noted.is_new for one in noted.replacements}
        return {paper_id: named[paper_id] for paper_id in self.resolving.papers.editions_of(named)}

    def _check_withdrawals(self, run: Collected) -> None:
        """Mark what was withdrawn: papers that the window shows in a fresh version, and those that listings replace.

        The first are looked at again while they are fresh, the others stay suspects as long.
        """
        fresh = [paper for paper in run.visible.values() if run.now - paper.updated < WITHDRAWN_LATELY]
        self.resolving.withdraw(fresh, run.now)
        unchecked = self.resolving.withdraw_replaced(run.replaced.values(), run.found, run.now)
        for paper_id, one in run.replaced.items():
            known = run.suspects.get(paper_id)
            if paper_id not in unchecked:
                if known:
                    self.rows.clear(paper_id)
            elif known is None or known.version != one.version:
                self.rows.suspect(Suspect.model_validate({**one.model_dump(), "since": run.now}))
            elif run.now - known.since > WITHDRAWN_LATELY:
                logger.error("nobody could look whether a paper was withdrawn, and nobody will", paper=paper_id)
                self.rows.clear(paper_id)

    def _join_visible(self, run: Collected, facts: EditionFacts, horizons: Mapping[str, datetime]) -> None:
        """Let what the API's window shows, and no listing placed elsewhere, join this edition."""
        unplaced = self._unplaced(run, facts, horizons)
        self._join_unlisted(run, unplaced, late=is_late(facts, run.day, run.now))

    def _unplaced(self, run: Collected, facts: EditionFacts, horizons: Mapping[str, datetime]) -> list[Paper]:
        """What the window shows that no listing named and no edition has."""
        waiting = {one.paper_id for seen in run.waiting.values() for one in seen}
        candidates = followed(run.visible.values(), facts.window.end, horizons)
        return self._outside([paper for paper in candidates if paper.paper_id not in waiting])

    def _outside(self, papers: Collection[Paper]) -> list[Paper]:
        """Those that are in no edition."""
        members = self.resolving.papers.editions_of([paper.paper_id for paper in papers])
        return [paper for paper in papers if paper.paper_id not in members]

    def _join_unlisted(self, run: Collected, papers: Collection[Paper], *, late: bool) -> None:
        """Let papers that no listing named join this edition, which are in none."""
        fresh = [(paper, kind_of(paper, self._categories)) for paper in papers]
        run.joined += self.resolving.joining.join(run.day, fresh, late=late)

    def _estimate(self, run: Collected, facts: EditionFacts) -> None:
        """Without a listing: what was submitted in the hours that the calendar says the date announced."""
        window = submissions_of(run.day)
        if window is not None:
            self._read_window(run, window)
            if API in run.failures:
                return
            self._join_unlisted(run, self._outside(run.visible.values()), late=is_late(facts, run.day, run.now))
        self.editions.record(run.day, Probe(at=run.now, witness=ESTIMATE, seen=len(run.visible)))
        self.editions.settle(run.day, ESTIMATE, instead_of=DAY_ENDED)

    def _record(self, run: Collected, ask: Collection[str]) -> None:
        """Write what each witness said of this edition, and what listings said of earlier ones."""
        for noted in run.noted:
            is_compared = noted.witness == CATCH_UP or API not in run.failures
            if noted.is_new and is_compared:
                self.listings.record(noted, noted.listing.date, run.now)
            if noted.witness == FEED and noted.listing.date != run.day:
                self.listings.record(noted, run.day, run.now)
        for witness, error in run.failures.items():
            final = isinstance(error, QueryRejected)
            self.editions.record(run.day, Probe(at=run.now, witness=witness, error=str(error), is_final=final))
        if API in ask and API not in run.failures:
            entries = {entry.paper_id for entry in self.editions.entries(run.day)}
            unknown = len(run.waiting.get(run.day, ()))
            seen = len(entries & run.visible.keys())
            self.editions.record(run.day, Probe(at=run.now, witness=API, seen=seen, unknown=unknown))

    def _settled(self, run: Collected) -> Collected:
        """Settle the editions whose listing was read and joined, and the earlier ones, whose day has ended."""
        for day, facts in _unconfirmed(self.editions.known({run.day, *run.waiting})).items():
            waiting = run.waiting.get(day, [])
            is_open = facts.settled_by in {None, DAY_ENDED}
            if is_open and listing_of(facts) and not waiting and API not in run.failures:
                self.editions.settle(day, LISTING, instead_of=DAY_ENDED)
            elif facts.settled_by is None and day < run.day:
                self.editions.settle(day, DAY_ENDED)
            self.resolving.mark_overdue(day, waiting, run.now)
        run.seen = len(self.editions.entries(run.day)) + len(run.waiting.get(run.day, ()))
        return run


def _unconfirmed(known: Mapping[date, EditionFacts]) -> dict[date, EditionFacts]:
    """The editions that no listing has settled."""
    return {day: facts for day, facts in known.items() if facts.settled_by != LISTING}
