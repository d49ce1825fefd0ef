"""Deleted stacks of the same name, which CloudFormation remembers for 90 days: what they held, and their parameters."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from arxiv_daily_cli.deploying.standing import Found, look

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackSummaryTypeDef


class Held(NamedTuple):
    """Physical names of what outlives a stack; empty where it had none."""

    table: str
    bucket: str


def deleted(client: "CloudFormationClient", name: str) -> Iterator[Found]:
    """The latest first."""
    pages = client.get_paginator("list_stacks").paginate(StackStatusFilter=["DELETE_COMPLETE"])
    gone = [one for page in pages for one in page["StackSummaries"] if one["StackName"] == name]
    return (look(client, one["StackId"]) for one in sorted(gone, key=_deleted_at, reverse=True))


def held(client: "CloudFormationClient", stack: Found) -> Held:
    """The stack's table and bucket, whether they are there still or not."""
    made = client.describe_stack_resources(StackName=stack.stack_id)["StackResources"]
    names = {one["LogicalResourceId"]: one.get("PhysicalResourceId", "") for one in made}
    # A stack that only ever brought them back has no outputs, and a deleted one may have no resources.
    return Held(
        names.get("Table") or stack.outputs.get("TableName", ""),
        names.get("SiteBucket") or stack.outputs.get("SiteBucketName", ""),
    )


def parameters_before(client: "CloudFormationClient", name: str, stack: Found) -> dict[str, str]:
    """Those of the latest deleted stack that worked and held the same table or bucket as `stack`.

    Where no description says that one worked, those of the latest that has any. A stack that only brought them back has
    none, or none that somebody chose.
    """
    same = set(filter(None, held(client, stack)))
    had = [one for one in deleted(client, name) if one.parameters and same & set(held(client, one))]
    worked = (one for one in had if one.outputs)
    return next((one.parameters for one in [*worked, *had]), {})


def _deleted_at(summary: "StackSummaryTypeDef") -> float:
    return summary.get("DeletionTime", summary["CreationTime"]).timestamp()
