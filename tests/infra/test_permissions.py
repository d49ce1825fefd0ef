"""Each function may do what it does, and no more."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.infra.conditions import decided

Json = dict[str, Any]

ADDED_BY_SAM = {
    # Logs and traces: neither service lets a policy name what does not exist yet.
    "FetchFunctionRole": {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"},
    "OnDemandFunctionRole": {"AWSLambdaBasicExecutionRole", "AWSXrayWriteOnlyAccess"},
    # Reading an event source: SAM attaches these to the role that it makes.
    "SummarizeFunctionRole": {
        "AWSLambdaBasicExecutionRole",
        "AWSXrayWriteOnlyAccess",
        "AWSLambdaSQSQueueExecutionRole",
    },
    "AggregateFunctionRole": {
        "AWSLambdaBasicExecutionRole",
        "AWSXrayWriteOnlyAccess",
        "AWSLambdaDynamoDBExecutionRole",
    },
    "FetchFunctionScheduleRole": set(),
}

TABLE_WRITES = {"dynamodb:PutItem", "dynamodb:UpdateItem"}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _statements(role: Json) -> Iterator[Json]:
    for policy in role.get("Policies", []):
        yield from _listed(policy["PolicyDocument"]["Statement"])


def _allowed(role: Json) -> set[str]:
    return {action for statement in _statements(role) for action in _listed(statement["Action"])}


@pytest.fixture(scope="session")
def roles(translated: Json) -> dict[str, Json]:
    """As they are when every parameter has its default."""
    return {
        name: resource["Properties"]
        for name, resource in decided(translated).items()
        if resource["Type"] == "AWS::IAM::Role"
    }


def test_no_permission_holds_a_wildcard_action(roles: dict[str, Json]) -> None:
    assert not [action for role in roles.values() for action in _allowed(role) if "*" in action]


def test_no_permission_is_for_every_resource(roles: dict[str, Json]) -> None:
    for role in roles.values():
        for statement in _statements(role):
            assert "*" not in _listed(statement["Resource"]), statement


def test_no_role_has_a_managed_policy_but_those_that_sam_adds(roles: dict[str, Json]) -> None:
    assert {
        name: {arn.rpartition("/")[2] for arn in role.get("ManagedPolicyArns", [])} for name, role in roles.items()
    } == ADDED_BY_SAM


def test_fetch_may_write_the_table_and_send_to_the_queue(roles: dict[str, Json]) -> None:
    reads = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
    forgets = {"dynamodb:DeleteItem"}  # that a listing named a paper, once the paper has joined
    assert _allowed(roles["FetchFunctionRole"]) == reads | TABLE_WRITES | forgets | {"sqs:SendMessage"}


def test_summarize_may_take_from_the_queue_and_read_the_key(roles: dict[str, Json]) -> None:
    queue = {
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
    }
    allowed = {"dynamodb:GetItem", "ssm:GetParameter"} | TABLE_WRITES | queue
    assert _allowed(roles["SummarizeFunctionRole"]) == allowed


def test_on_demand_may_not_touch_the_queue(roles: dict[str, Json]) -> None:
    assert _allowed(roles["OnDemandFunctionRole"]) == {"dynamodb:GetItem", "ssm:GetParameter"} | TABLE_WRITES


def test_aggregate_may_publish_but_neither_delete_nor_see_the_key(roles: dict[str, Json]) -> None:
    table = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem"}
    stream = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}
    site = {"s3:GetObject", "s3:PutObject", "s3:ListBucket"}
    failures = {"sqs:SendMessage"}
    assert _allowed(roles["AggregateFunctionRole"]) == table | stream | site | failures


@pytest.mark.parametrize("role", ["SummarizeFunctionRole", "OnDemandFunctionRole"])
def test_the_key_is_the_only_parameter_that_can_be_read(role: str, roles: dict[str, Json]) -> None:
    [statement] = [one for one in _statements(roles[role]) if "ssm:GetParameter" in _listed(one["Action"])]
    assert statement["Resource"]["Fn::Sub"].endswith(":parameter${AnthropicApiKeyParameter}")
