"""EditionPublished goes out once an edition is complete, and again only when nobody knows that it did."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import boto3
import pytest

from arxiv_daily.flow.aggregate import Aggregate
from arxiv_daily.flow.bus import EditionsBus, EventRefused
from arxiv_daily.models import Probe
from arxiv_daily.publishing.documents import Document
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.papers import PaperStore
from arxiv_daily.store.publications import PublicationStore
from arxiv_daily.store.table import connect
from tests.examples import DAY, NOW, a_paper, an_entry
from tests.integration.conftest import Inbox
from tests.integration.days import Days
from tests.integration.fakes import Killed, before

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

EDITION = [{"PK": f"EDITION#{DAY}", "SK": "FACTS"}]


@pytest.fixture
def days(editions: EditionStore, papers: PaperStore) -> Days:
    return Days(editions, papers)


def events(told: Inbox) -> list[Document]:
    return [json.loads(message["Body"]) for message in told.receive()]


def test_a_complete_edition_is_told_once_however_often_aggregate_runs(
    aggregate: Aggregate, days: Days, told: Inbox
) -> None:
    days.read(DAY, 2)
    for _ in range(10):
        aggregate.run(EDITION)
    [event] = events(told)
    assert (event["source"], event["detail-type"]) == ("arxiv-daily", "EditionPublished")
    assert (event["detail"]["id"], event["detail"]["counts"]["ready"]) == (DAY.isoformat(), 2)


def test_an_edition_that_is_not_complete_is_not_told(aggregate: Aggregate, days: Days, told: Inbox) -> None:
    days.of(DAY, [a_paper()])
    aggregate.run(EDITION)
    assert events(told) == []


def test_a_day_without_papers_is_not_told(aggregate: Aggregate, days: Days, told: Inbox) -> None:
    days.of(DAY, [])
    aggregate.run(EDITION)
    assert events(told) == []


def test_an_edition_that_fills_again_is_not_told_again(aggregate: Aggregate, days: Days, told: Inbox) -> None:
    days.read(DAY, 1)
    aggregate.run(EDITION)
    late = a_paper("2602.99999")
    days.papers.add(late)
    days.editions.join(DAY, an_entry(late, late=True))
    days.editions.record(DAY, Probe(at=NOW, witness="api", seen=2))
    aggregate.run(EDITION)
    days.finish(late)
    aggregate.run(EDITION)
    assert len(events(told)) == 1


def kill(_: object) -> None:
    raise Killed


def test_a_run_that_was_killed_before_it_sent_is_made_good_by_the_next(
    aggregate: Aggregate, days: Days, told: Inbox
) -> None:
    client = boto3.client("events")
    before(client, "PutEvents", kill)
    aggregate = replace(aggregate, announcing=replace(aggregate.announcing, bus=EditionsBus(client, "editions")))
    days.read(DAY, 1)
    with pytest.raises(Killed):
        aggregate.run(EDITION)
    for _ in range(2):
        aggregate.run(EDITION)
    assert len(events(told)) == 1


def test_a_run_that_was_killed_after_it_sent_makes_the_event_go_twice_and_not_more(
    aggregate: Aggregate, days: Days, told: Inbox, table: "Table"
) -> None:
    days.read(DAY, 1)
    with pytest.raises(Killed):
        replace(aggregate, announcing=replace(aggregate.announcing, publications=Forgetful(table))).run(EDITION)
    for _ in range(2):
        aggregate.run(EDITION)
    assert len(events(told)) == 2


class Forgetful(PublicationStore):
    def sent(self, day: date, now: datetime) -> None:
        raise Killed


def test_of_two_runs_that_saw_the_same_one_sends(table: "Table") -> None:
    publications = PublicationStore(table)
    other: list[bool] = []
    before(table.meta.client, "PutItem", lambda _: other.append(PublicationStore(connect(table.name)).claim(DAY)))
    assert (publications.claim(DAY), other) == (False, [True])


def test_a_claim_whose_answer_was_lost_is_a_claim(table: "Table") -> None:
    publications, again = PublicationStore(table), connect(table.name).meta.client
    before(table.meta.client, "PutItem", lambda wanted: again.put_item(**wanted))
    assert publications.claim(DAY)


class Refusing:
    def put_events(self, **_: object) -> Document:
        return {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException", "ErrorMessage": "later"}]}


def test_an_event_that_the_bus_refuses_is_an_error_and_stays_to_be_sent(
    aggregate: Aggregate, days: Days, table: "Table"
) -> None:
    bus = EditionsBus(Refusing(), "editions")  # type: ignore[arg-type]
    days.read(DAY, 1)
    with pytest.raises(EventRefused, match="ThrottlingException"):
        replace(aggregate, announcing=replace(aggregate.announcing, bus=bus)).run(EDITION)
    assert PublicationStore(table).claim(DAY)
