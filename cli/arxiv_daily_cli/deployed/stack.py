"""A deployed stack, found by its name with the standard AWS configuration (AWS_ENDPOINT_URL included)."""

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from arxiv_daily.store.table import connect
from arxiv_daily_cli.functions import PATIENT, call

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_MISSING = {"404", "NoSuchKey"}


class StackUnusable(RuntimeError):
    """The stack cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class DeployedStack:
    name: str
    outputs: dict[str, str]
    parameters: dict[str, str]

    @property
    def table(self) -> "Table":
        return connect(self.outputs["TableName"])

    @property
    def model(self) -> str:
        """The model that reads a paper first."""
        return self.parameters["Model"]

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

    def _call(self, what: str, output: str, event: dict[str, Any]) -> dict[str, Any]:
        return call(boto3.client("lambda", config=PATIENT), self.outputs[output], event, what)


def find(name: str) -> DeployedStack:
    """Raises StackUnusable."""
    try:
        found = boto3.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code")
        hint = f"there is no stack {name} here; name it with --stack-name" if code == "ValidationError" else str(error)
        raise StackUnusable(hint) from error
    except BotoCoreError as error:
        raise StackUnusable(f"AWS cannot be asked: {error}") from error
    outputs = {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}
    if "SiteBucketName" not in outputs:
        raise StackUnusable(f"stack {name} is {found['StackStatus']} and has no outputs of arXiv Daily")
    parameters = {given["ParameterKey"]: given["ParameterValue"] for given in found.get("Parameters", [])}
    return DeployedStack(name, outputs, parameters)
