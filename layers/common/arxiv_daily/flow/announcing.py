"""EditionPublished: put once an edition with papers is complete."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.view import EditionView
from arxiv_daily.flow.bus import EditionsBus
from arxiv_daily.observability import logger
from arxiv_daily.publishing.edition_event import edition_event
from arxiv_daily.publishing.site import Site
from arxiv_daily.store.publications import PublicationStore


@dataclass(frozen=True)
class Announcing:
    site: Site
    publications: PublicationStore
    bus: EditionsBus
    clock: Callable[[], datetime]

    def edition(self, view: EditionView) -> bool:
        """Put the event of a complete edition that nobody put before; whether it was put now.

        An edition without papers is never complete, and one that fills again later was told already.
        """
        if view.status is not EditionStatus.COMPLETE or not self.publications.claim(view.date):
            return False
        self.bus.put(edition_event(view, self.site))
        self.publications.sent(view.date, self.clock())
        logger.info("edition told", edition_date=view.date.isoformat(), shown=view.counts.shown)
        return True
