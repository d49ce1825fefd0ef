"""Editions as fetch and the workers leave them in the table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from arxiv_daily.digests.work import failed
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import Paper, PaperVersion, Probe, TakeDown, Work, WorkState
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.examples import a_digest, a_paper, an_entry


@dataclass(frozen=True)
class Days:
    editions: EditionStore
    papers: PaperStore

    def of(self, day: date, papers: Iterable[Paper]) -> None:
        """A settled edition whose papers wait to be read."""
        self.editions.open(day, window_of(day))
        for paper in papers:
            self.papers.add(paper)
            self.editions.join(day, an_entry(paper))
        self.editions.record(day, Probe(at=window_of(day).end, witness="api", seen=1))
        self.editions.settle(day, "listing")

    def finish(self, paper: Paper, at: datetime | None = None) -> PaperVersion:
        """Write a paper's digest, as a worker does."""
        work = Work(state=WorkState.DONE, ended_at=at or paper.published + timedelta(days=1))
        digest = a_digest(generated_at=work.ended_at)
        return self.papers.change(
            paper.ref, lambda version: version.model_copy(update={"work": work, "digest": digest})
        )

    def fail(self, paper: Paper, at: datetime | None = None) -> PaperVersion:
        """Write that a paper could not be read, as a worker does."""
        now = at or paper.published + timedelta(days=1)
        return self.papers.change(
            paper.ref,
            lambda version: version.model_copy(update={"work": failed(version.work, now, "模型拒绝解读这篇论文")}),
        )

    def take_down(self, paper: Paper, taken_down: TakeDown | None) -> PaperVersion:
        return self.papers.change(paper.ref, lambda version: version.model_copy(update={"taken_down": taken_down}))

    def read(self, day: date, number: int) -> list[Paper]:
        """A settled edition of so many papers, all read."""
        found = [
            a_paper(f"{day:%y%m}.{day.day:02}{index:03}", published=window_of(day).start + timedelta(minutes=index))
            for index in range(number)
        ]
        self.of(day, found)
        for paper in found:
            self.finish(paper)
        return found
