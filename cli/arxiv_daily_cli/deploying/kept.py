"""Table and bucket that an earlier stack of the same name left behind, and taking them into a new one.

CloudFormation imports resources into a new stack whose template holds nothing else; what else the stack holds
comes with the deployment after that.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3
from botocore.exceptions import ClientError, WaiterError

from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying.earlier import deleted, held
from arxiv_daily_cli.deploying.standing import Found, settled

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

_MISSING = {"404", "NoSuchBucket", "ResourceNotFoundException"}


@dataclass(frozen=True)
class Kept:
    """What is left of a deleted stack; a name is empty where the thing is gone, or belongs to another stack."""

    stack: Found
    table: str
    bucket: str

    def __bool__(self) -> bool:
        return bool(self.table or self.bucket)

    def __str__(self) -> str:
        parts = (f"table {self.table}" if self.table else "", f"bucket {self.bucket}" if self.bucket else "")
        return " and ".join(part for part in parts if part)


def kept(session: boto3.Session, name: str) -> Kept:
    """What the latest deleted stack of that name left that left anything; CloudFormation knows them for 90 days."""
    found = (left_by(session, one) for one in deleted(session.client("cloudformation"), name))
    return next(filter(None, found), Kept(Found(), "", ""))


def left_by(session: boto3.Session, stack: Found) -> Kept:
    """What is there of a stack's table and bucket, and is in no other stack."""
    client = session.client("cloudformation")
    table, bucket = held(client, stack)
    has_table = table and _has_table(session, table) and not _is_owned(client, table)
    has_bucket = bucket and _has_bucket(session, bucket) and not _is_owned(client, bucket)
    return Kept(stack, table if has_table else "", bucket if has_bucket else "")


def bring_back(client: "CloudFormationClient", name: str, kept: Kept, template: Mapping[str, Any]) -> None:
    """Make a stack of that name that holds what was kept. Raises StackUnusable."""
    wanted = {"Table": ("TableName", kept.table), "SiteBucket": ("BucketName", kept.bucket)}
    resources = {logical: template["Resources"][logical] for logical, (_, found) in wanted.items() if found}
    change_set = f"bring-back-{uuid4()}"
    client.create_change_set(
        StackName=name,
        ChangeSetName=change_set,
        ChangeSetType="IMPORT",
        TemplateBody=json.dumps({"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}),
        ResourcesToImport=[
            {
                "ResourceType": resources[logical]["Type"],
                "LogicalResourceId": logical,
                "ResourceIdentifier": {key: found},
            }
            for logical, (key, found) in wanted.items()
            if found
        ],
    )
    waiter = client.get_waiter("change_set_create_complete")
    try:
        waiter.wait(StackName=name, ChangeSetName=change_set, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    except WaiterError as error:
        reason = client.describe_change_set(StackName=name, ChangeSetName=change_set).get("StatusReason", str(error))
        raise StackUnusable(f"{kept} cannot be brought back: {reason}") from error
    client.execute_change_set(StackName=name, ChangeSetName=change_set)
    after = settled(client, name)
    if after.status != "IMPORT_COMPLETE":
        raise StackUnusable(f"{kept} could not be brought back: the stack is {after.status}")


def _has_table(session: boto3.Session, name: str) -> bool:
    try:
        session.client("dynamodb").describe_table(TableName=name)
    except ClientError as error:
        return _absent(error)
    return True


def _has_bucket(session: boto3.Session, name: str) -> bool:
    try:
        session.client("s3").head_bucket(Bucket=name)
    except ClientError as error:
        return _absent(error)
    return True


def _is_owned(client: "CloudFormationClient", physical_id: str) -> bool:
    """Whether a stack holds the resource."""
    try:
        found = client.describe_stack_resources(PhysicalResourceId=physical_id)["StackResources"]
    except ClientError as error:
        if error.response["Error"].get("Code") != "ValidationError":
            raise
        return False
    return any(not one["ResourceStatus"].startswith("DELETE_") for one in found)


def _absent(error: ClientError) -> bool:
    """False for what is not there; any other error is raised."""
    if error.response["Error"].get("Code") not in _MISSING:
        raise error
    return False
