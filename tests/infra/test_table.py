"""The table, and which of its changes wake the aggregate."""

import json
from typing import Any

import pytest

Json = dict[str, Any]

PAGES_CHANGE = [
    ("GATE", "CLAUDE", None),
    ("EDITION#2026-02-12", "FACTS", None),
    ("EDITION#2026-02-12", "ENTRY#2602.10934", None),
    ("EDITION#2026-02-12", "SEEN#2602.10934", None),
    ("PAPER#2602.10934", "V#1", "done"),
    ("PAPER#hep-th/9901001", "V#2", "failed"),
]
PAGES_STAY = [
    ("PAPER#2602.10934", "V#1", "queued"),
    ("PAPER#2602.10934", "V#1", "working"),
    ("PAPER#2602.10934", "V#1", None),
    ("PAPER#2602.10934", "PAPER", "done"),
    ("PAPER#2602.10934", "CALL#0f3a", "done"),
    ("SITE", "EDITION#2026-02-12", None),
    ("SITE", "EVENT#2026-02-12", "done"),
    ("BUDGET", "2026-02-12", None),
    ("GATE", "ARXIV", None),
]


@pytest.fixture
def table(properties: dict[str, Json]) -> Json:
    return properties["Table"]


@pytest.fixture
def mapping(properties: dict[str, Json]) -> Json:
    return properties["AggregateFunctionTableChanges"]


def _record(pk: str, sk: str, state: str | None) -> Json:
    keys = {"PK": {"S": pk}, "SK": {"S": sk}}
    image = {**keys, "state": {"S": state}} if state else keys
    return {"eventName": "MODIFY", "dynamodb": {"Keys": keys, "NewImage": image}}


def _matches(pattern: Json, value: Json) -> bool:
    """Lambda's filter syntax as far as it is used here: values and prefixes.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
    """
    return all(
        key in value and (_matches(rule, value[key]) if isinstance(rule, dict) else _any_matches(rule, value[key]))
        for key, rule in pattern.items()
    )


def _any_matches(rules: list[Any], value: str) -> bool:
    return any(value.startswith(rule["prefix"]) if isinstance(rule, dict) else value == rule for rule in rules)


def _passes(mapping: Json, record: Json) -> bool:
    patterns = [json.loads(one["Pattern"]) for one in mapping["FilterCriteria"]["Filters"]]
    return any(_matches(pattern, record) for pattern in patterns)


@pytest.mark.parametrize(("pk", "sk", "state"), PAGES_CHANGE)
def test_a_change_that_readers_see_wakes_the_aggregate(pk: str, sk: str, state: str | None, mapping: Json) -> None:
    assert _passes(mapping, _record(pk, sk, state))


@pytest.mark.parametrize(("pk", "sk", "state"), PAGES_STAY)
def test_a_change_that_readers_do_not_see_is_filtered_out(pk: str, sk: str, state: str | None, mapping: Json) -> None:
    assert not _passes(mapping, _record(pk, sk, state))


def test_the_removal_of_an_edition_s_item_wakes_the_aggregate(mapping: Json) -> None:
    removal = {"eventName": "REMOVE", "dynamodb": {"Keys": {"PK": {"S": "EDITION#2026-02-12"}}}}
    assert _passes(mapping, removal)


def test_the_stream_carries_the_image_that_the_filter_reads(table: Json) -> None:
    assert table["StreamSpecification"]["StreamViewType"] in ("NEW_IMAGE", "NEW_AND_OLD_IMAGES")


def test_no_change_is_missed_or_blocks_the_others_for_ever(mapping: Json) -> None:
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRetryAttempts"] <= 100


def test_changes_that_could_not_be_published_are_kept(mapping: Json) -> None:
    failures = {"Fn::GetAtt": ["AggregateFailuresQueue", "Arn"]}
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == failures


def test_items_expire_at_the_time_in_expires(table: Json) -> None:
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}


def test_the_table_can_be_restored_to_any_moment(table: Json) -> None:
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_the_table_is_paid_by_request_and_encrypted(table: Json) -> None:
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSESpecification"] == {"SSEEnabled": True}


def test_the_table_has_no_secondary_index(table: Json) -> None:
    assert not {"GlobalSecondaryIndexes", "LocalSecondaryIndexes"} & table.keys()


def test_the_table_outlives_its_stack(template: Json) -> None:
    table = template["Resources"]["Table"]
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
