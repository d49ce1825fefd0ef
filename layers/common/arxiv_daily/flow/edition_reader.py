"""Reading an edition out of the table: at each look, only what changed since the last one."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from arxiv_daily.editions.view import EditionView, PaperView, edition_view
from arxiv_daily.editions.words import Words
from arxiv_daily.models import Entry, PaperRef, PaperVersion
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import PaperStore


@dataclass(frozen=True)
class EditionRead:
    """An edition as it was at one moment, and what it was made from."""

    view: EditionView
    entries: dict[PaperRef, Entry]
    versions: dict[PaperRef, PaperVersion]

    @cached_property
    def seen(self) -> dict[PaperRef, PaperView]:
        return {seen.paper.ref: seen for seen in self.view.papers}

    def settled_since(self, other: "EditionRead") -> set[PaperRef]:
        """The settled papers of this one that the other has not, or otherwise."""
        return {ref for ref, seen in self.seen.items() if seen.is_settled and other.seen.get(ref) is not seen}


@dataclass(frozen=True)
class EditionReader:
    """`last`: each edition as it was when it was last read, which whoever reads may forget."""

    editions: EditionStore
    papers: PaperStore
    gate: ModelGateStore
    words: Words
    last: MutableMapping[date, EditionRead]

    def read(self, day: date) -> EditionRead:
        """As it is now. Raises KeyError when there is no such edition."""
        before = self.last.get(day)
        facts = self.editions.facts(day)
        entries = {entry.ref: entry for entry in self.editions.entries(day)}
        versions = self.papers.versions(list(entries), before.versions if before else {})
        unseen, calendar = self.editions.seen(day), calendar_day(day)
        earlier = _unchanged(before, entries, versions) if before else {}
        view = edition_view(
            facts, entries.values(), versions, unseen, calendar, self.gate.state(), words=self.words, earlier=earlier
        )
        self.last[day] = EditionRead(view, entries, versions)
        return self.last[day]

    def last_read(self, day: date) -> EditionRead:
        """As it was when it was last read, or as it is now."""
        return self.last.get(day) or self.read(day)


def _unchanged(
    before: EditionRead, entries: dict[PaperRef, Entry], versions: dict[PaperRef, PaperVersion]
) -> dict[PaperRef, PaperView]:
    """What is kept of versions is the same object while the version is the same."""
    return {
        ref: seen
        for ref, seen in before.seen.items()
        if versions.get(ref) is before.versions[ref] and entries.get(ref) == before.entries[ref]
    }
