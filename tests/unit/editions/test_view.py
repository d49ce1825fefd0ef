from datetime import timedelta

from arxiv_daily.editions.sources_view import SourceState
from arxiv_daily.editions.status import EditionStatus
from arxiv_daily.editions.view import EditionView, PaperState
from arxiv_daily.models import (
    Checks,
    EditionFacts,
    Entry,
    Kind,
    ModelGate,
    Paper,
    PaperVersion,
    Probe,
    Seen,
    TextSource,
)
from tests.examples import NOW, a_checked, a_failed, a_paper, a_ready, a_view, an_entry, some_checks, some_facts

READ = Probe(at=NOW, witness="api", seen=1)


def papers(count: int) -> list[Paper]:
    return [a_paper(f"2602.0000{n}", published=NOW - timedelta(hours=n + 1)) for n in range(count)]


def view_of(*stood: tuple[PaperVersion, Entry], facts: EditionFacts | None = None) -> EditionView:
    return a_view(facts or some_facts(probes=(READ,), settled_by="listing"), stood)


def test_papers_stand_newest_first() -> None:
    first, second, third = papers(3)
    view = view_of(*((a_ready(p), an_entry(p)) for p in (second, third, first)))
    assert [seen.paper for seen in view.papers] == [first, second, third]


def test_papers_of_the_same_second_stand_in_an_order_that_does_not_change() -> None:
    twins = [a_paper("2602.00001"), a_paper("2602.00002")]
    there, back = (view_of(*((a_ready(p), an_entry(p)) for p in order)) for order in (twins, twins[::-1]))
    assert there == back


def test_a_paper_with_a_digest_is_ready_one_without_pending_one_that_gave_up_failed() -> None:
    ready, pending, failed = papers(3)
    view = view_of(
        (a_ready(ready), an_entry(ready)),
        (PaperVersion(paper=pending), an_entry(pending)),
        (a_failed(failed, "模型拒绝"), an_entry(failed)),
    )
    assert [seen.state for seen in view.papers] == [PaperState.READY, PaperState.PENDING, PaperState.FAILED]
    assert view.papers[2].error == "模型拒绝"


def test_the_counts_add_up() -> None:
    ready, cross, failed, hidden, pending = papers(5)
    counts = view_of(
        (a_ready(ready), an_entry(ready)),
        (a_ready(cross, source=TextSource.ABSTRACT), an_entry(cross, kind=Kind.CROSS, late=True)),
        (a_failed(failed, "x"), an_entry(failed)),
        (PaperVersion(paper=hidden), an_entry(hidden, hidden_by="primary only")),
        (PaperVersion(paper=pending), an_entry(pending)),
    ).counts
    assert counts.announced == counts.new + counts.cross_listed + counts.replaced == 5
    assert counts.announced == counts.shown + counts.hidden
    assert counts.shown == counts.ready + counts.pending + counts.failed == 4
    assert (counts.cross_listed, counts.hidden, counts.failed, counts.late, counts.degraded) == (1, 1, 1, 1, 1)


def test_a_hidden_paper_is_counted_under_its_rule_and_not_shown() -> None:
    shown, hidden = papers(2)
    view = view_of((a_ready(shown), an_entry(shown)), (a_ready(hidden), an_entry(hidden, hidden_by="cap")))
    assert view.hidden_by == {"cap": 1}
    assert [seen.paper for seen in view.shown] == [shown]


def test_an_edition_is_filling_while_a_paper_is_pending_and_says_how_many() -> None:
    ready, pending = papers(2)
    view = view_of((a_ready(ready), an_entry(ready)), (PaperVersion(paper=pending), an_entry(pending)))
    assert view.status is EditionStatus.FILLING
    assert "其中 1 篇正在解读" in view.status_text


def test_an_edition_is_complete_when_nothing_is_pending_and_says_what_failed() -> None:
    ready, failed = papers(2)
    view = view_of((a_ready(ready), an_entry(ready)), (a_failed(failed, "x"), an_entry(failed)))
    assert view.status is EditionStatus.COMPLETE
    assert "1 篇未能解读" in view.status_text


def test_every_change_of_what_it_is_made_of_makes_a_larger_revision() -> None:
    paper, other = papers(2)
    pending = view_of((PaperVersion(paper=paper), an_entry(paper)))
    ready = view_of((a_ready(paper), an_entry(paper)))
    joined = view_of((a_ready(paper), an_entry(paper)), (PaperVersion(paper=other), an_entry(other)))
    probed = view_of((a_ready(paper), an_entry(paper)), facts=some_facts(probes=(READ,), rev=1))
    assert pending.rev < ready.rev < joined.rev
    assert ready.rev < probed.rev


def test_a_paper_that_only_a_listing_names_is_announced_and_pending() -> None:
    (paper,) = papers(1)
    named = Seen(paper_id="2602.00009", kind=Kind.CROSS, witness="feed", since=NOW)
    view = a_view(some_facts(settled_by="day ended"), [(a_ready(paper), an_entry(paper))], [named])
    counts = view.counts
    assert (counts.announced, counts.new, counts.cross_listed, counts.shown, counts.pending) == (2, 1, 1, 2, 1)
    assert view.status is EditionStatus.FILLING


def test_an_edition_is_filling_until_what_was_announced_for_it_was_read() -> None:
    (paper,) = papers(1)
    view = a_view(some_facts(probes=(READ,)), [(a_ready(paper), an_entry(paper))])
    assert view.status is EditionStatus.FILLING
    assert "可能还有补充" in view.status_text


def test_a_withdrawn_paper_is_counted_and_makes_a_larger_revision() -> None:
    (paper,) = papers(1)
    stands, withdrawn = (
        view_of((a_ready(paper), an_entry(paper, withdrawn=comment))) for comment in (None, "an error in section 3")
    )
    assert withdrawn.papers[0].withdrawn == "an error in section 3"
    assert withdrawn.counts.withdrawn == 1
    assert stands.rev < withdrawn.rev


def test_each_witness_stands_as_it_was_last_asked() -> None:
    probes = (
        Probe(at=NOW, witness="api", error="HTTP 503"),
        Probe(at=NOW + timedelta(hours=6), witness="api", seen=3),
        Probe(at=NOW + timedelta(hours=6), witness="feed", seen=0, listed=NOW.date() - timedelta(days=1)),
    )
    states = {source.witness: source.state for source in view_of(facts=some_facts(probes=probes)).sources}
    assert states == {"api": SourceState.OK, "feed": SourceState.STALE}


def test_the_gate_is_part_of_what_readers_see_and_each_change_of_it_makes_a_larger_revision() -> None:
    (paper,) = papers(1)
    stood = [(PaperVersion(paper=paper), an_entry(paper))]
    opened, closed = (
        a_view(some_facts(probes=(READ,)), stood, gate=gate)
        for gate in (ModelGate(), ModelGate(closed="Claude 回答 HTTP 401", rev=1))
    )
    assert closed.gate.closed == "Claude 回答 HTTP 401"
    assert opened.rev < closed.rev


def test_a_paper_shows_the_checks_of_its_digest_and_none_without_one() -> None:
    checked, pending = papers(2)
    view = view_of(
        (a_checked(checked, some_checks()), an_entry(checked)), (PaperVersion(paper=pending), an_entry(pending))
    )
    assert [seen.checks for seen in view.papers] == [some_checks(), Checks()]


def test_a_paper_is_degraded_when_its_abstract_alone_was_read() -> None:
    full, abstract = papers(2)
    view = view_of(
        (a_ready(full, source=TextSource.PDF), an_entry(full)),
        (a_ready(abstract, source=TextSource.ABSTRACT), an_entry(abstract)),
    )
    assert [seen.is_degraded for seen in view.papers] == [False, True]
