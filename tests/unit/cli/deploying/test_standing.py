"""Where a stack stands, and what is said and done about it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying import standing
from arxiv_daily_cli.deploying.failures import Failure, failures
from arxiv_daily_cli.deploying.standing import Found, Standing, look, mend

NOW = datetime(2026, 2, 12, tzinfo=UTC)


class FakeCloudFormation:
    """A stack that goes through statuses, one each time that somebody looks; notes what it is told."""

    def __init__(self, *statuses: str, events: list[dict[str, Any]] | None = None, table: str = "") -> None:
        self.statuses = list(statuses)
        self.told: list[str] = []
        self.events = events or []
        self.table = table  # the status of the only resource

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if not status:
            raise ClientError({"Error": {"Code": "ValidationError", "Message": "no such stack"}}, "DescribeStacks")
        return {"Stacks": [{"StackName": StackName, "StackId": "id", "StackStatus": status}]}

    def describe_stack_resources(self, StackName: str) -> dict[str, Any]:
        made = {"LogicalResourceId": "Table", "ResourceStatus": self.table}
        return {"StackResources": [made] if self.table else []}

    def delete_stack(self, StackName: str) -> None:
        self.told.append(f"delete {StackName}")

    def continue_update_rollback(self, StackName: str) -> None:
        self.told.append(f"continue {StackName}")

    def get_paginator(self, _: str) -> "FakeCloudFormation":
        return self

    def paginate(self, StackName: str) -> list[dict[str, Any]]:
        return [{"StackEvents": self.events}]


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "LOOK_SECONDS", 0.0)


def mended(client: Any, *, may: bool = True) -> Found:
    return mend(client, look(client, "arxiv-daily"), "arxiv-daily", lambda question: may)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("", Standing.ABSENT),
        ("REVIEW_IN_PROGRESS", Standing.ABSENT),
        ("CREATE_COMPLETE", Standing.FINE),
        ("UPDATE_ROLLBACK_COMPLETE", Standing.FINE),
        ("IMPORT_COMPLETE", Standing.FINE),
        ("ROLLBACK_COMPLETE", Standing.STILLBORN),
        ("UPDATE_ROLLBACK_FAILED", Standing.STUCK),
        ("DELETE_FAILED", Standing.UNDELETED),
        ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", Standing.BUSY),
    ],
)
def test_a_status_is_read_as_what_can_be_done(status: str, expected: Standing) -> None:
    client: Any = FakeCloudFormation(status)
    assert look(client, "arxiv-daily").standing is expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", Standing.STILLBORN),
        ("IMPORT_FAILED", Standing.STILLBORN),
        ("IMPORT_ROLLBACK_COMPLETE", Standing.STILLBORN),
        ("CREATE_COMPLETE", Standing.FINE),
    ],
)
def test_an_import_that_was_undone_leaves_nothing_of_a_new_stack_and_all_of_another(
    table: str, expected: Standing
) -> None:
    client: Any = FakeCloudFormation("IMPORT_ROLLBACK_COMPLETE", table=table)
    assert look(client, "arxiv-daily").standing is expected


def test_a_new_stack_whose_import_was_undone_is_deleted_before_the_next_try() -> None:
    client = FakeCloudFormation("IMPORT_ROLLBACK_COMPLETE", "DELETE_COMPLETE", table="IMPORT_FAILED")
    assert mended(client) == Found()
    assert client.told == ["delete id"]


def test_a_stack_that_is_fine_or_not_there_is_left_alone() -> None:
    for status in ("CREATE_COMPLETE", ""):
        client = FakeCloudFormation(status)
        mended(client)
        assert client.told == []


def test_a_stillborn_stack_is_deleted_first() -> None:
    client = FakeCloudFormation("ROLLBACK_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_COMPLETE")
    assert mended(client).standing is Standing.ABSENT
    assert client.told == ["delete id"]


def test_a_failed_roll_back_is_gone_on_with() -> None:
    client = FakeCloudFormation("UPDATE_ROLLBACK_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE")
    assert mended(client).standing is Standing.FINE
    assert client.told == ["continue arxiv-daily"]


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["ROLLBACK_COMPLETE", "DELETE_FAILED"], "could not be deleted whole"),
        (["UPDATE_ROLLBACK_FAILED", "UPDATE_ROLLBACK_FAILED"], "its events in the console of CloudFormation"),
        (["DELETE_FAILED"], "finish that with `arxiv-daily leave`"),
        (["UPDATE_IN_PROGRESS"], "somebody changes it now. Wait, then deploy again"),
    ],
)
def test_what_cannot_be_mended_says_what_to_do(statuses: list[str], said: str) -> None:
    with pytest.raises(StackUnusable, match=said):
        mended(FakeCloudFormation(*statuses))


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_FAILED"])
def test_nothing_is_mended_against_a_person_s_will(status: str) -> None:
    client = FakeCloudFormation(status)
    with pytest.raises(StackUnusable, match="nothing can be deployed to it until that is mended"):
        mended(client, may=False)
    assert client.told == []


def event(resource: str, status: str, reason: str, at: datetime = NOW) -> dict[str, Any]:
    kind = {"LogicalResourceId": resource, "ResourceType": "AWS::SQS::Queue", "ResourceStatus": status}
    return {**kind, "ResourceStatusReason": reason, "Timestamp": at}


def test_of_a_failed_deployment_the_causes_are_told_and_not_what_followed_from_them() -> None:
    client: Any = FakeCloudFormation(
        "",
        events=[  # the newest first, as CloudFormation lists them
            event("arxiv-daily", "ROLLBACK_IN_PROGRESS", "The following resource(s) failed to create: [A, B]."),
            event("C", "CREATE_FAILED", "Resource creation cancelled"),
            event("B", "CREATE_FAILED", "User is not authorized to perform: sqs:CreateQueue"),
            event("A", "CREATE_FAILED", "Something odd"),
            event("Old", "UPDATE_FAILED", "Of the last time", NOW - timedelta(hours=1)),
        ],
    )
    found = failures(client, "arxiv-daily", NOW)
    assert [failure.resource for failure in found] == ["A", "B"]
    assert found[0].advice is None
    assert "docs/deploying.md lists what deploying needs" in str(found[1].advice)


def test_a_new_account_that_cloudfront_does_not_know_yet_is_told_to_ask_aws() -> None:
    reason = "Your account must be verified before you can add new CloudFront resources. (AccessDenied)"
    assert "open a case" in str(Failure("SiteDistribution", "AWS::CloudFront::Distribution", reason).advice)
