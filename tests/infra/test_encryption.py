"""What is stored is encrypted, what travels too: a new kind of resource fails here until somebody looked at it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.infra.conditions import decided
from tests.infra.roles import listed, place

Json = dict[str, Any]

AT_REST: dict[str, Callable[[Json], Any]] = {
    "AWS::DynamoDB::Table": lambda table: table["SSESpecification"]["SSEEnabled"],
    "AWS::S3::Bucket": lambda bucket: bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"],
    "AWS::SQS::Queue": lambda queue: queue["SqsManagedSseEnabled"],
}
ENCRYPTED_BY_AWS = {
    "AWS::CloudFront::Distribution",
    "AWS::Lambda::Function",  # code and environment
    "AWS::Lambda::LayerVersion",
    "AWS::Logs::LogGroup",
    "AWS::Scheduler::Schedule",
}
"""With a key of AWS's own, always."""
STORE_NOTHING = {
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::Events::EventBus",
    "AWS::Events::Rule",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::Lambda::EventSourceMapping",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Topic",  # alarms in passing; a key of one's own is what CloudWatch would need to send through another
    "AWS::SQS::QueuePolicy",
}


@pytest.fixture(scope="session")
def resources(translated: Json) -> Json:
    return decided(translated)


def of_kind(resources: Json, kind: str) -> dict[str, Json]:
    return {name: one["Properties"] for name, one in resources.items() if one["Type"] == kind}


def test_every_kind_of_resource_was_looked_at(resources: Json) -> None:
    assert {one["Type"] for one in resources.values()} == AT_REST.keys() | ENCRYPTED_BY_AWS | STORE_NOTHING


@pytest.mark.parametrize("kind", AT_REST)
def test_what_holds_data_is_encrypted_at_rest(kind: str, resources: Json) -> None:
    found = of_kind(resources, kind)
    assert found
    assert not [name for name, properties in found.items() if not AT_REST[kind](properties)]


@pytest.mark.parametrize(
    ("kind", "policies", "on"),
    [
        ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket"),
        ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"),
    ],
)
def test_every_bucket_and_every_queue_refuses_plain_http(kind: str, policies: str, on: str, resources: Json) -> None:
    refusing = [
        place(one)
        for policy in of_kind(resources, policies).values()
        if any(_refuses_plain_http(statement) for statement in policy["PolicyDocument"]["Statement"])
        for one in listed(policy[on])
    ]
    assert sorted(refusing) == sorted(of_kind(resources, kind))


def _refuses_plain_http(statement: Json) -> bool:
    everyone = (statement["Effect"], statement["Principal"]) == ("Deny", "*")
    return everyone and statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}


def test_no_policy_of_a_resource_lets_anybody_in_but_a_service_of_aws_for_this_stack(resources: Json) -> None:
    statements = [
        statement
        for one in resources.values()
        if one["Type"].endswith("Policy") and "PolicyDocument" in one["Properties"]
        for statement in one["Properties"]["PolicyDocument"]["Statement"]
        if "Principal" in statement and statement["Effect"] != "Deny"
    ]
    assert statements
    for statement in statements:
        assert statement["Principal"].keys() == {"Service"}
        assert "aws:sourcearn" in str(statement["Condition"]).lower()


def test_a_local_stack_which_has_no_certificate_insists_on_nothing(translated: Json) -> None:
    resources = decided(translated, EncryptedTransport="optional")
    assert "SecureTransport" not in str(resources)
