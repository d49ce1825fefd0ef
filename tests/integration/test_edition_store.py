from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from arxiv_daily.editions.window import window_of
from arxiv_daily.models import EditionFacts, Kind, Probe
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from tests.examples import DAY, NOW, a_paper, an_entry
from tests.integration.fakes import before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

NEXT_DAY = DAY + timedelta(days=1)
FOUND = Probe(at=NOW, witness="api", seen=3)


@pytest.fixture
def facts(editions: EditionStore) -> EditionFacts:
    return editions.open(DAY, window_of(DAY))


def test_an_edition_opens_with_its_window_and_nothing_else(facts: EditionFacts) -> None:
    assert facts == EditionFacts(date=DAY, window=window_of(DAY))


def test_opening_an_edition_again_keeps_what_it_has(editions: EditionStore, facts: EditionFacts) -> None:
    editions.record(DAY, FOUND)
    assert editions.open(DAY, window_of(NEXT_DAY)) == EditionFacts(
        date=DAY, window=facts.window, probes=(FOUND,), rev=1
    )


def test_what_a_probe_read_is_not_unlearned_when_its_event_comes_again_and_fails(
    editions: EditionStore, facts: EditionFacts
) -> None:
    editions.record(DAY, FOUND)
    editions.record(DAY, Probe(at=NOW, witness="api", error="HTTP 503"))
    assert editions.facts(DAY).probes == (FOUND,)


def test_what_a_probe_could_not_read_is_learned_when_its_event_comes_again(
    editions: EditionStore, facts: EditionFacts
) -> None:
    editions.record(DAY, Probe(at=NOW, witness="api", error="HTTP 503"))
    editions.record(DAY, FOUND)
    assert editions.facts(DAY).probes == (FOUND,)


def conflict(*_: object, **__: object) -> None:
    reasons = [{"Code": "TransactionConflict"}, {"Code": "None"}]
    answer: Any = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons}
    raise ClientError(answer, "TransactWriteItems")


def test_two_runs_that_meet_at_a_paper_let_it_join_all_the_same(editions: EditionStore, table: "Table") -> None:
    before(table.meta.client, "TransactWriteItems", conflict, times=2)
    assert editions.join(DAY, an_entry(a_paper()))
    assert len(editions.entries(DAY)) == 1


def test_a_conflict_that_does_not_end_is_told(editions: EditionStore, table: "Table") -> None:
    before(table.meta.client, "TransactWriteItems", conflict, times=99)
    with pytest.raises(ClientError, match="TransactionCanceledException"):
        editions.join(DAY, an_entry(a_paper()))


def test_an_edition_that_never_opened_is_named_in_the_error(editions: EditionStore) -> None:
    with pytest.raises(KeyError, match="2026-02-12"):
        editions.facts(DAY)


def test_probes_stand_in_the_order_of_their_event_time(editions: EditionStore, facts: EditionFacts) -> None:
    later = Probe(at=NOW + timedelta(hours=2), witness="api", error="no answer")
    editions.record(DAY, later)
    editions.record(DAY, FOUND)
    assert editions.facts(DAY).probes == (FOUND, later)


def test_the_same_outcome_of_a_probe_changes_nothing(editions: EditionStore, facts: EditionFacts) -> None:
    editions.record(DAY, FOUND)
    editions.record(DAY, FOUND)
    assert (editions.facts(DAY).probes, editions.facts(DAY).rev) == ((FOUND,), 1)


def test_another_outcome_of_a_probe_takes_the_place_of_the_first(editions: EditionStore, facts: EditionFacts) -> None:
    more = FOUND.model_copy(update={"seen": 4})
    editions.record(DAY, FOUND)
    editions.record(DAY, more)
    assert (editions.facts(DAY).probes, editions.facts(DAY).rev) == ((more,), 2)


def test_papers_that_joined_are_the_entries_of_their_edition(editions: EditionStore) -> None:
    entries = [
        an_entry(a_paper("2602.00001"), late=True),
        an_entry(a_paper("2602.00002"), kind=Kind.CROSS, hidden_by="keywords"),
        an_entry(a_paper("hep-th/9901001", version=3), kind=Kind.REPLACE),
    ]
    assert all(editions.join(DAY, entry) for entry in entries)
    assert editions.entries(DAY) == entries
    assert editions.entries(NEXT_DAY) == []


@pytest.mark.parametrize("second", [DAY, NEXT_DAY])
def test_a_paper_joins_one_edition_only(
    editions: EditionStore, papers: PaperStore, table: "Table", second: date
) -> None:
    first = an_entry(a_paper())
    assert editions.join(DAY, first)
    before = table.scan()["Items"]
    assert not editions.join(second, an_entry(a_paper(version=2), late=True))
    assert table.scan()["Items"] == before
    assert papers.edition_of(first.ref) == DAY
    assert (editions.entries(DAY), editions.entries(NEXT_DAY)) == ([first], [])


def test_a_paper_that_was_read_on_demand_may_join(editions: EditionStore, papers: PaperStore) -> None:
    papers.add(a_paper())
    assert editions.join(DAY, an_entry(a_paper()))


def test_an_entry_that_cannot_be_written_does_not_bind_its_paper(editions: EditionStore, papers: PaperStore) -> None:
    too_large = an_entry(a_paper(), hidden_by="x" * 500_000)
    with pytest.raises(ClientError):
        editions.join(DAY, too_large)
    assert papers.edition_of(too_large.ref) is None
    assert editions.entries(DAY) == []


def test_entries_that_need_several_pages_are_all_read(editions: EditionStore) -> None:
    rule = "x" * 300_000
    entries = [an_entry(a_paper(f"2602.0000{number}"), hidden_by=rule) for number in range(8)]
    for entry in entries:
        editions.join(DAY, entry)
    assert editions.entries(DAY) == entries
