from datetime import timedelta

from arxiv_daily.editions.choosing import entries_to_join, is_late
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import Entry, Kind, Paper, Probe
from tests.examples import DAY, NOW, a_paper, some_facts

WINDOW = window_of(DAY)
CATEGORIES = ("cs.SD", "eess.AS")


def chosen(*papers: Paper) -> list[Entry]:
    return entries_to_join(papers, WINDOW, CATEGORIES, late=False)


def test_a_paper_submitted_in_the_window_joins_at_the_version_that_is_visible() -> None:
    (entry,) = chosen(a_paper(version=2))
    assert (entry.paper_id, entry.version, entry.kind) == ("2602.10934", 2, Kind.NEW)


def test_a_paper_whose_primary_category_is_another_joins_as_a_cross_list() -> None:
    (entry,) = chosen(a_paper(primary_category="cs.CL", categories=("cs.CL", "cs.SD")))
    assert entry.kind is Kind.CROSS


def test_a_paper_of_other_categories_does_not_join() -> None:
    assert chosen(a_paper(primary_category="cs.CL", categories=("cs.CL",))) == []


def test_a_replacement_whose_first_version_is_older_does_not_join() -> None:
    assert chosen(a_paper(version=3, published=WINDOW.start - timedelta(days=90), updated=NOW)) == []


def test_the_window_decides_at_its_very_edges() -> None:
    first = a_paper("2602.00001", published=WINDOW.start)
    after = a_paper("2602.00002", published=WINDOW.end)
    assert [entry.paper_id for entry in chosen(first, after)] == ["2602.00001"]


def test_what_joins_after_readers_saw_papers_is_late() -> None:
    facts = some_facts(probes=(Probe(at=NOW, witness="api", seen=7),))
    assert is_late(facts, NOW + timedelta(hours=2))


def test_the_same_run_again_brings_nothing_late() -> None:
    assert not is_late(some_facts(probes=(Probe(at=NOW, witness="api", seen=7),)), NOW)


def test_after_probes_that_saw_no_paper_nothing_is_late() -> None:
    facts = some_facts(probes=(Probe(at=NOW, witness="api", seen=0), Probe(at=NOW, witness="x", error="no")))
    assert not is_late(facts, NOW + timedelta(hours=2))
