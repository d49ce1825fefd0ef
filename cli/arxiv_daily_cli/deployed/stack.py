"""A deployed stack, found by its name with the standard AWS configuration (AWS_ENDPOINT_URL included)."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

_LONGEST_RUN_SECONDS = 330
"""A little more than the longest function may take; repeating an invocation would start it twice."""
_MISSING = {"404", "NoSuchKey"}


class StackUnusable(RuntimeError):
    """The stack cannot be used; the message says why and what to do."""


class RunFailed(RuntimeError):
    """A function ended with an error; the message holds its type and text."""


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
        """Let fetch fill the edition of a date; what the run answered. Raises RunFailed."""
        patient = Config(read_timeout=_LONGEST_RUN_SECONDS, retries={"total_max_attempts": 1})
        answer = boto3.client("lambda", config=patient).invoke(
            FunctionName=self.outputs["FetchFunctionName"], Payload=json.dumps({"edition_date": day.isoformat()})
        )
        payload: dict[str, Any] = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise RunFailed(f"{payload.get('errorType')}: {payload.get('errorMessage')}")
        return payload


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
