"""What the notify function does: tell everybody of an edition, each once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily.flow.targets import Target
from arxiv_daily.observability import logger
from arxiv_daily.store.clock import LEASE_MARGIN
from arxiv_daily.store.notices import Claim, NoticeStore
from arxiv_daily.telling.errors import NotTold
from arxiv_daily.telling.event import EditionPublished
from arxiv_daily.telling.notice import Notice, notice_of
from arxiv_daily.telling.webhooks import UnusableWebhooks

NEWS = timedelta(days=3)
"""An edition that is older when it is complete was filled later, and is no news for a mail or a chat group."""


def is_news(day: date, now: datetime) -> bool:
    """Whether anybody is to be told at `now` that the edition of `day` is complete."""
    return now.astimezone(EDITION_ZONE).date() - day <= NEWS


@dataclass(frozen=True)
class Notify:
    notices: NoticeStore
    mail: Target | None
    groups: Callable[[], Iterable[Target]]
    """Raises UnusableWebhooks."""
    clock: Callable[[], datetime]

    def run(self, event: EditionPublished, lease: timedelta) -> None:
        """Tell those who were not told yet; `lease` is how long this run may take at most.

        One that fails keeps nobody else from being told. Raises NotTold that names those that failed: then the
        message comes back, and they alone are tried again.
        """
        day = event.date.isoformat()
        logger.append_keys(edition_date=day)
        if not is_news(event.date, self.clock()):
            logger.info("edition is too old to be news, nobody is told")
            return
        (targets, failures), notice = self._targets(), notice_of(event)
        for target in targets:
            failures += self._tell(target, event, notice, lease)
        if failures:
            raise NotTold(f"edition {day}: {'; '.join(failures)}")

    def _targets(self) -> tuple[list[Target], list[str]]:
        """The mail goes out also where the list of groups is unusable."""
        mail = [self.mail] if self.mail else []
        try:
            return [*mail, *self.groups()], []
        except UnusableWebhooks as error:
            return mail, [f"webhooks: {error}"]

    def _tell(self, target: Target, event: EditionPublished, notice: Notice, lease: timedelta) -> list[str]:
        """What went wrong, if anything did."""
        now = self.clock()
        until = now + lease + LEASE_MARGIN
        claim = self.notices.claim(event.date, target.key, now, until)
        if claim is not Claim.TAKEN:
            return [] if claim is Claim.TOLD else [f"{target.name}: another run is telling it"]
        try:
            target.tell(notice, now)
        except NotTold as error:
            self.notices.release(event.date, target.key, now, until)
            return [f"{target.name}: {error}"]
        self.notices.told(event.date, target.key, self.clock())
        logger.info("told", target=target.name)
        return []
