"""Any paper by its id, asked for by a person."""

from dataclasses import dataclass
from datetime import date, datetime

from arxiv_daily.editions.sweep import afresh
from arxiv_daily.flow.summarize import Summarize
from arxiv_daily.models import PaperRef, PaperVersion, Value
from arxiv_daily.sources.api import ArxivApi


class OnDemandRequest(Value):
    """The event of the on_demand function: `{"paper_id": "2602.10934"}`."""

    paper_id: str


@dataclass(frozen=True)
class OnDemand:
    api: ArxivApi
    summarize: Summarize

    def run(self, request: OnDemandRequest, owner: str, deadline: datetime) -> tuple[PaperVersion, date | None]:
        """The paper as it stands when the work on it ended, and the edition that it joined.

        Raises InvalidPaperId, PaperNotFound or ArxivUnavailable. A paper whose digest is there buys nothing;
        one that had failed is tried afresh.
        """
        paper = self.api.paper(PaperRef.parse(request.paper_id))
        papers = self.summarize.papers
        papers.add(paper)
        papers.change(paper.ref, lambda version: version.model_copy(update={"work": afresh(version.work)}))
        outcome = self.summarize.run(paper.ref, owner, deadline)
        return outcome.version, papers.edition_of(paper.paper_id)
