"""A deployed stack, found by its name with the standard AWS configuration (AWS_ENDPOINT_URL included)."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from arxiv_daily_cli.functions import PATIENT, call

_MISSING = {"404", "NoSuchKey"}


class StackUnusable(RuntimeError):
    """The stack cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class DeployedStack:
    name: str
    outputs: dict[str, str]

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

    def backfill(self, day: date) -> dict[str, Any]:
        """Let fetch fill the edition of a date; what the run answered. Raises FunctionFailed."""
        client = boto3.client("lambda", config=PATIENT)
        return call(client, self.outputs["FetchFunctionName"], {"edition_date": day.isoformat()}, "fetch")


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
    return DeployedStack(name, outputs)
