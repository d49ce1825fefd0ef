"""A deployed stack, found by its name with the standard AWS configuration (AWS_ENDPOINT_URL included)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import ClientError

from arxiv_daily.store.table import connect
from arxiv_daily_cli.deploying.failures import failures
from arxiv_daily_cli.functions import PATIENT, call

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef
    from mypy_boto3_dynamodb.service_resource import Table

_MISSING = {"404", "NoSuchKey"}
STILLBORN = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "ROLLBACK_IN_PROGRESS", "CREATE_FAILED"}
"""Of a stack whose creation failed: it can only be deleted."""


class StackUnusable(RuntimeError):
    """The stack cannot be used; the message says why and what to do."""


class NoStack(StackUnusable):
    """There is no stack of that name."""


@dataclass(frozen=True)
class StackResource:
    """A resource of a stack, as CloudFormation knows it."""

    logical_id: str
    kind: str
    """As AWS::SQS::Queue."""
    physical_id: str


@dataclass(frozen=True)
class DeployedStack:
    name: str
    outputs: dict[str, str]
    parameters: dict[str, str]
    status: str = field(default="CREATE_COMPLETE", kw_only=True)
    changed_at: datetime | None = field(default=None, kw_only=True)
    """When it was created or last updated; None where that is not known."""

    @property
    def table(self) -> "Table":
        return connect(self.outputs["TableName"])

    @property
    def model(self) -> str:
        """The model that reads a paper first."""
        return self.parameters["Model"]

    def resources(self, kind: str) -> Sequence[StackResource]:
        """Those of one kind, such as AWS::Logs::LogGroup, in the order of their logical ids."""
        pages = boto3.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=self.name)
        listed = [resource for page in pages for resource in page["StackResourceSummaries"]]
        found = [
            StackResource(one["LogicalResourceId"], one["ResourceType"], one.get("PhysicalResourceId", ""))
            for one in listed
            if one["ResourceType"] == kind
        ]
        return sorted(found, key=lambda one: one.logical_id)

    def edition(self, day: date) -> dict[str, Any] | None:
        """What the site publishes of an edition; None when there is none."""
        try:
            found = boto3.client("s3").get_object(Bucket=self.outputs["SiteBucketName"], Key=f"editions/{day}.json")
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _MISSING:
                return None
            raise
        document: dict[str, Any] = json.loads(found["Body"].read())
        return document

    def fetch(self, event: dict[str, Any]) -> dict[str, Any]:
        """Hand fetch an event (see events/); what the run answered. Raises FunctionFailed."""
        return self._call("fetch", "FetchFunctionName", event)

    def aggregate(self, event: dict[str, Any]) -> dict[str, Any]:
        """Hand aggregate an event; what the run answered. Raises FunctionFailed."""
        return self._call("aggregate", "AggregateFunctionName", event)

    def on_demand(self, event: dict[str, Any]) -> dict[str, Any]:
        """Ask for a paper; what the run answered. Raises FunctionFailed."""
        return self._call("on_demand", "OnDemandFunctionName", event)

    def _call(self, what: str, output: str, event: dict[str, Any]) -> dict[str, Any]:
        return call(boto3.client("lambda", config=PATIENT), self.outputs[output], event, what)


def find(name: str) -> DeployedStack:
    """Raises StackUnusable, and what boto3 raises when AWS cannot be asked."""
    client = boto3.client("cloudformation")
    described = describe(client, name)
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}
    if described["StackStatus"] in STILLBORN or "SiteBucketName" not in outputs:
        raise StackUnusable(_why_unusable(client, described))
    given = described.get("Parameters", [])
    parameters = {one["ParameterKey"]: one.get("ParameterValue", "") for one in given}
    changed = described.get("LastUpdatedTime", described["CreationTime"])
    return DeployedStack(name, outputs, parameters, status=described["StackStatus"], changed_at=changed)


def describe(client: "CloudFormationClient", name: str) -> "StackTypeDef":
    """Raises NoStack."""
    try:
        return client.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "ValidationError":
            raise
        region = client.meta.region_name
        raise NoStack(
            f"there is no stack {name} here (region {region}); name it with --stack-name, or choose another region "
            "with AWS_DEFAULT_REGION"
        ) from error


def _why_unusable(client: "CloudFormationClient", described: "StackTypeDef") -> str:
    name, status = described["StackName"], described["StackStatus"]
    if status in STILLBORN:
        return (
            f"stack {name} is {status}: it could not be created, and can only be deleted\n"
            f"{failure_reasons(client, described)}"
            f"Delete it (aws cloudformation delete-stack --stack-name {name}), mend that, and deploy again."
        )
    if status.endswith("_IN_PROGRESS"):
        return f"stack {name} is {status}: wait until that is over, and run the command again"
    return f"stack {name} is {status} and has no outputs of arXiv Daily: is it another stack's name?"


def failure_reasons(client: "CloudFormationClient", described: "StackTypeDef") -> str:
    """What failed since the stack was created or last updated, a line each; empty when CloudFormation does not say."""
    since = described.get("LastUpdatedTime", described["CreationTime"])
    found = failures(client, described["StackName"], since)
    return "".join(f"  {one.resource}: {one.reason}\n" for one in found)
