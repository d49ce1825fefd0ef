from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from arxiv_daily.editions.window import window_of
from arxiv_daily.models import SCHEMA_VERSION, EditionRow, PaperRef, PaperVersion, Reply, Usage, Work, WorkState
from arxiv_daily.store.budget import Reservation
from arxiv_daily.store.calls import CallStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.model_gate import ModelGateStore
from arxiv_daily.store.papers import Contended, PaperStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily.store.table import moment, seconds
from tests.examples import DAY, NOW, a_digest, a_paper, an_entry
from tests.integration.fakes import before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER = a_paper()
MILLISECOND = timedelta(milliseconds=1)


def one_attempt_more(version: PaperVersion) -> PaperVersion:
    work = version.work.model_copy(update={"attempts": version.work.attempts + 1})
    return version.model_copy(update={"work": work})


def test_a_stored_version_comes_back_as_it_was(papers: PaperStore) -> None:
    paper = a_paper("hep-th/9901001", version=2, comment="5 pages", journal_ref="J. 1 (1999)", doi="10.1/x")
    assert papers.add(paper) == PaperVersion(paper=paper)
    assert papers.version(paper.ref).paper == paper


def test_a_digest_of_an_earlier_time_is_read(papers: PaperStore, table: "Table") -> None:
    papers.add(PAPER)
    stored = papers.change(PAPER.ref, lambda version: version.model_copy(update={"digest": a_digest()}))
    table.update_item(
        Key={"PK": f"PAPER#{PAPER.paper_id}", "SK": "V#1"},
        UpdateExpression="SET digest = :map",
        ExpressionAttributeValues={":map": a_digest().model_dump(mode="json", exclude_none=True)},
    )
    assert papers.version(PAPER.ref) == stored


def test_adding_a_version_again_keeps_what_was_done_since(papers: PaperStore) -> None:
    papers.add(PAPER)
    changed = papers.change(PAPER.ref, one_attempt_more)
    assert papers.add(a_paper(title="Another title")) == changed


def test_what_was_seen_last_is_not_read_again(papers: PaperStore) -> None:
    read: list[object] = []
    before(papers._table.meta.client, "GetItem", read.append, times=9)
    added = papers.add(PAPER)
    changed = papers.change(PAPER.ref, one_attempt_more, last_seen=added)
    assert read == []
    assert papers.version(PAPER.ref) == changed


def test_what_was_seen_last_and_is_old_is_not_written_over(papers: PaperStore) -> None:
    added = papers.add(PAPER)
    papers.change(PAPER.ref, one_attempt_more)
    assert papers.change(PAPER.ref, one_attempt_more, last_seen=added).work.attempts == 2


def test_two_versions_of_a_paper_stand_side_by_side(papers: PaperStore) -> None:
    second = a_paper(version=2)
    papers.add(PAPER)
    papers.add(second)
    assert [papers.version(paper.ref).paper.version for paper in (PAPER, second)] == [1, 2]


def test_a_version_that_was_never_stored_is_named_in_the_error(papers: PaperStore) -> None:
    with pytest.raises(KeyError, match=r"2602\.10934v7"):
        papers.version(PaperRef(paper_id="2602.10934", version=7))
    with pytest.raises(KeyError, match=r"2602\.10934v1"):
        papers.change(PAPER.ref, one_attempt_more)


def test_a_change_is_written_with_the_next_revision(papers: PaperStore) -> None:
    papers.add(PAPER)
    changed = papers.change(PAPER.ref, one_attempt_more)
    assert (changed.rev, changed.work.attempts) == (1, 1)
    assert papers.version(PAPER.ref) == changed


def test_an_equal_value_writes_nothing(papers: PaperStore) -> None:
    papers.add(PAPER)
    assert papers.change(PAPER.ref, lambda version: version.model_copy()).rev == 0
    assert papers.version(PAPER.ref).rev == 0


def test_a_change_sees_what_somebody_wrote_in_between(papers: PaperStore, table: "Table") -> None:
    papers.add(PAPER)
    seen: list[int] = []

    def change(version: PaperVersion) -> PaperVersion:
        seen.append(version.work.attempts)
        if len(seen) == 1:
            PaperStore(table).change(PAPER.ref, one_attempt_more)
        return one_attempt_more(version)

    assert papers.change(PAPER.ref, change).work.attempts == 2
    assert (seen, papers.version(PAPER.ref).rev) == ([0, 1], 2)


def test_a_change_that_is_overtaken_without_end_gives_up(papers: PaperStore, table: "Table") -> None:
    papers.add(PAPER)

    def change(version: PaperVersion) -> PaperVersion:
        PaperStore(table).change(PAPER.ref, one_attempt_more)
        return version.model_copy(update={"digest": a_digest()})

    with pytest.raises(Contended, match=r"2602\.10934v1"):
        papers.change(PAPER.ref, change)
    assert papers.version(PAPER.ref).digest is None


def test_work_and_digest_come_back_as_they_were(papers: PaperStore) -> None:
    papers.add(PAPER)
    instant = NOW + 123 * MILLISECOND
    work = Work(
        state=WorkState.WORKING,
        attempts=2,
        sent_at=instant,
        owner="a-request-id",
        lease_until=instant + MILLISECOND,
        not_before=instant + 2 * MILLISECOND,
        ended_at=instant + 3 * MILLISECOND,
        error="为什么",
    )
    written = papers.change(PAPER.ref, lambda old: old.model_copy(update={"work": work, "digest": a_digest()}))
    assert (written.work, written.digest) == (work, a_digest())
    assert papers.version(PAPER.ref) == written


def test_what_a_change_takes_away_is_gone(papers: PaperStore) -> None:
    papers.add(PAPER)
    papers.change(PAPER.ref, lambda old: old.model_copy(update={"work": Work(owner="x", error="y", sent_at=NOW)}))
    papers.change(PAPER.ref, lambda old: old.model_copy(update={"work": Work()}))
    assert papers.version(PAPER.ref).work == Work()


@pytest.mark.parametrize("millisecond", [0, 1, 57, 123, 500, 999])
def test_times_survive_to_the_millisecond(millisecond: int) -> None:
    for year in (1970, 2026, 2099):
        instant = datetime(year, 6, 1, 12, 34, 56, millisecond * 1000, tzinfo=UTC)
        assert moment(seconds(instant)) == instant


def test_more_versions_than_a_batch_holds_are_read(papers: PaperStore) -> None:
    refs = [papers.add(a_paper(f"2602.{number:05}")).paper.ref for number in range(101)]
    missing = PaperRef(paper_id="2602.99999", version=1)
    found = papers.versions([*refs, missing])
    assert set(found) == set(refs)
    assert all(version.paper.ref == ref for ref, version in found.items())


def test_versions_that_one_answer_cannot_hold_are_asked_for_again(papers: PaperStore) -> None:
    abstract = "x" * 380_000
    refs = [papers.add(a_paper(f"2602.{number:05}", abstract=abstract)).paper.ref for number in range(46)]
    assert set(papers.versions(refs)) == set(refs)


def test_of_known_versions_only_those_that_changed_are_read_whole(papers: PaperStore, table: "Table") -> None:
    first, second = (papers.add(a_paper(f"2602.0000{number}")) for number in (1, 2))
    changed = papers.change(second.paper.ref, one_attempt_more)
    asked: list[dict[str, Any]] = []
    before(table.meta.client, "BatchGetItem", lambda call: asked.append(call["RequestItems"][table.name]), times=9)
    refs = [first.paper.ref, second.paper.ref]
    found = papers.versions(refs, {first.paper.ref: first, second.paper.ref: second})
    assert found == {first.paper.ref: first, second.paper.ref: changed}
    assert found[first.paper.ref] is first
    revisions, whole = asked
    assert revisions["ProjectionExpression"] == "PK, SK, rev"
    assert [key["PK"] for key in whole["Keys"]] == ["PAPER#2602.00002"]


def test_no_versions_are_read_for_no_references(papers: PaperStore) -> None:
    assert papers.versions([]) == {}


def test_a_paper_knows_the_edition_that_it_joined(papers: PaperStore, editions: EditionStore) -> None:
    papers.add(PAPER)
    assert papers.edition_of(PAPER.ref) is None
    editions.join(DAY, an_entry(PAPER))
    assert papers.edition_of(PAPER.ref) == DAY


def test_every_item_says_of_which_schema_it_is(
    papers: PaperStore, editions: EditionStore, calls: CallStore, table: "Table"
) -> None:
    paper = a_paper()
    papers.add(paper)
    editions.open(DAY, window_of(DAY))
    editions.join(DAY, an_entry(paper))
    call = calls.reserve(paper.ref, "5f", Reservation(DAY, 1, 1))
    assert call
    calls.keep(call, Reply(text="", stop_reason="", usage=Usage()), 1, NOW)
    ModelGateStore(table).close("no credit", NOW)
    SiteStore(table).put(EditionRow(date=DAY, status_text="", shown=1, pending=1, rev=1))
    assert {item.get("schema_version") for item in table.scan()["Items"]} == {SCHEMA_VERSION}
