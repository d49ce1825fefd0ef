from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from arxiv_daily_cli.deployed.stack import NoStack, StackUnusable, find

AT = datetime(2026, 2, 12, tzinfo=UTC)
OUTPUTS = [{"OutputKey": "SiteBucketName", "OutputValue": "a-bucket"}]


@pytest.fixture
def cloudformation(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    client = boto3.client("cloudformation", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")  # noqa: S106
    stubber = Stubber(client)
    stubber.activate()
    monkeypatch.setattr(boto3, "client", lambda service: client)
    return stubber


def described(status: str, **fields: Any) -> dict[str, Any]:
    return {"Stacks": [{"StackName": "arxiv-daily", "CreationTime": AT, "StackStatus": status, **fields}]}


def event(resource: str, status: str, reason: str) -> dict[str, Any]:
    return {
        "StackId": "an-id",
        "EventId": f"{resource}-{status}",
        "StackName": "arxiv-daily",
        "Timestamp": AT,
        "LogicalResourceId": resource,
        "ResourceStatus": status,
        "ResourceStatusReason": reason,
    }


def test_a_stack_has_its_outputs_its_parameters_and_its_status(cloudformation: Stubber) -> None:
    parameters = [{"ParameterKey": "Model", "ParameterValue": "a-model"}]
    answer = described("UPDATE_COMPLETE", Outputs=OUTPUTS, Parameters=parameters, LastUpdatedTime=AT)
    cloudformation.add_response("describe_stacks", answer)
    found = find("arxiv-daily")
    assert (found.outputs, found.model) == ({"SiteBucketName": "a-bucket"}, "a-model")
    assert (found.status, found.changed_at) == ("UPDATE_COMPLETE", AT)


def test_one_that_is_not_there_is_named_with_the_region(cloudformation: Stubber) -> None:
    cloudformation.add_client_error("describe_stacks", "ValidationError", "Stack with id arxiv-daily does not exist")
    with pytest.raises(NoStack, match=r"no stack arxiv-daily here \(region us-east-1\)"):
        find("arxiv-daily")


def test_one_whose_creation_failed_says_what_failed_and_that_it_is_to_be_deleted(cloudformation: Stubber) -> None:
    cloudformation.add_response("describe_stacks", described("ROLLBACK_COMPLETE"))
    events = [
        event("Table", "CREATE_FAILED", "Resource creation cancelled"),
        event("SiteDistribution", "CREATE_FAILED", "Your account must be verified"),
        event("SiteBucket", "CREATE_COMPLETE", ""),
    ]
    cloudformation.add_response("describe_stack_events", {"StackEvents": events})
    with pytest.raises(StackUnusable) as refused:
        find("arxiv-daily")
    said = str(refused.value)
    assert "SiteDistribution: Your account must be verified" in said
    assert "Table" not in said
    assert "aws cloudformation delete-stack --stack-name arxiv-daily" in said


def test_one_that_is_being_made_is_to_be_waited_for(cloudformation: Stubber) -> None:
    cloudformation.add_response("describe_stacks", described("CREATE_IN_PROGRESS"))
    with pytest.raises(StackUnusable, match="wait until that is over"):
        find("arxiv-daily")


def test_another_products_stack_is_told_from_ours(cloudformation: Stubber) -> None:
    cloudformation.add_response("describe_stacks", described("CREATE_COMPLETE", Outputs=[]))
    with pytest.raises(StackUnusable, match="another stack's name"):
        find("arxiv-daily")
