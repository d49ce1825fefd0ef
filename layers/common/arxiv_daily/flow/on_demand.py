"""Any paper by its id, asked for by a person."""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import ValidationError

from arxiv_daily.editions.sweep import afresh, is_repairable
from arxiv_daily.editions.view import PaperView, version_view
from arxiv_daily.flow.summarize import Summarize
from arxiv_daily.models import PaperRef, Value
from arxiv_daily.observability import logger, trace_id
from arxiv_daily.sources.api import ArxivApi
from arxiv_daily.store.editions import EditionStore


class InvalidEvent(ValueError):
    """The event names no paper."""


class _Request(Value):
    paper_id: str


def requested_paper(event: object) -> PaperRef:
    """The paper that `{"paper_id": "2602.10934"}` asks for. Raises InvalidEvent or InvalidPaperId."""
    try:
        return PaperRef.parse(_Request.model_validate(event).paper_id)
    except ValidationError as error:
        raise InvalidEvent(f'send {{"paper_id": "2602.10934"}}; this event is another: {event}') from error


@dataclass(frozen=True)
class OnDemand:
    api: ArxivApi
    summarize: Summarize
    editions: EditionStore

    def run(self, ref: PaperRef, owner: str, deadline: datetime) -> tuple[PaperView, date | None]:
        """The paper as readers see it when the work on it ended, and the edition that it joined.

        Raises PaperNotFound or ArxivUnavailable. A paper whose digest is there buys nothing;
        one that had failed, or of which the abstract alone was read, is tried afresh unless it was withdrawn.
        """
        logger.append_keys(paper=str(ref))
        paper = self.api.paper(ref)
        papers = self.summarize.papers
        papers.add(paper)
        edition = papers.edition_of(paper.ref)
        entry = self.editions.entry(edition, paper.paper_id) if edition else None
        if entry is None or entry.withdrawn is None:
            papers.change(paper.ref, lambda version: afresh(version) if is_repairable(version) else version)
        outcome = self.summarize.run(paper.ref, owner, deadline, trace_id())
        return version_view(outcome.version, entry), edition
