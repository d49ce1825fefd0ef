"""The template deployed to the embedded AWS, through CloudFormation as anywhere else."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from arxiv_daily_cli.local.deviations import correct
from arxiv_daily_cli.local.engine import DIRECT, Engine
from arxiv_daily_cli.local.environments import ROOT
from arxiv_daily_cli.local.package import package

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef

TEMPLATE = ROOT / "infra" / "template.yaml"
STACK = "arxiv-daily"
ARTIFACTS = "arxiv-daily-artifacts"
_TEMPLATE_KEY = "template.yaml"

LOCAL_PARAMETERS = {
    "ScheduleState": "DISABLED",
    "EncryptedTransport": "optional",
    "MaximumConcurrency": str(min(5, max(2, os.cpu_count() or 2))),
}
"""Here runs are started by hand, there is no certificate, and each worker's start costs a second of a core."""


class StackError(RuntimeError):
    """The stack could not be deployed; the message holds each resource's reason."""


def deploy(engine: Engine, parameters: Mapping[str, str], template: Path = TEMPLATE) -> dict[str, str]:
    """Create or update the stack and return its outputs; nothing to change is fine. Raises StackError."""
    client = engine.session().client("cloudformation", endpoint_url=engine.endpoint, config=DIRECT)
    _delete_stillborn(client)
    started = _submit(client, _packaged(engine, template), {**LOCAL_PARAMETERS, **parameters})
    stack = _settled(client)
    if stack["StackStatus"] not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise StackError(f"stack {STACK} is {stack['StackStatus']}\n" + _reasons(client, since=started))
    correct(engine)
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


@contextmanager
def api_key(engine: Engine, name: str, value: str) -> Iterator[None]:
    """Put the Anthropic API key where functions look for it, the SSM parameter of that name, for a while.

    It is taken away before the engine stops, which would write it into its state; only a command that is
    killed leaves it there, in a folder that nobody else may read.
    """
    client = engine.session().client("ssm", endpoint_url=engine.endpoint, config=DIRECT)
    client.put_parameter(Name=name, Value=value, Type="SecureString", Overwrite=True)
    try:
        yield
    finally:
        with suppress(BotoCoreError, ClientError):  # an engine that died has nothing to take away
            client.delete_parameter(Name=name)


def site_url(outputs: Mapping[str, str], engine: Engine) -> str:
    """Where this machine's browsers find the site: names below localhost are this machine (RFC 6761)."""
    distribution = str(urlsplit(outputs["SiteUrl"]).hostname).partition(".")[0]
    return f"http://{distribution}.cloudfront.localhost:{engine.port}"


def _packaged(engine: Engine, template: Path) -> str:
    """The address of the template with its code in the bucket; CloudFormation takes no text of that length itself."""
    client = engine.session().client("s3", endpoint_url=engine.endpoint, config=DIRECT)
    client.create_bucket(Bucket=ARTIFACTS)

    def upload(key: str, body: bytes) -> str:
        client.put_object(Bucket=ARTIFACTS, Key=key, Body=body)
        return f"s3://{ARTIFACTS}/{key}"

    upload(_TEMPLATE_KEY, package(template, upload).encode())
    return f"{engine.endpoint}/{ARTIFACTS}/{_TEMPLATE_KEY}"


def _submit(client: "CloudFormationClient", template_url: str, parameters: Mapping[str, str]) -> float:
    """Ask for the stack; returns when, as a timestamp."""
    started = time.time()
    request = client.update_stack if _find(client) else client.create_stack
    try:
        request(
            StackName=STACK,
            TemplateURL=template_url,
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
    except ClientError as error:
        # CloudFormation has no code of its own for this answer.
        if "No updates are to be performed" not in error.response["Error"].get("Message", ""):
            raise StackError(f"stack {STACK} was refused: {error}") from error
    return started


def _delete_stillborn(client: "CloudFormationClient") -> None:
    """A stack whose creation failed can only be deleted."""
    stack = _find(client)
    if stack and stack["StackStatus"] in ("ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED"):
        client.delete_stack(StackName=STACK)
        while _find(client):
            time.sleep(0.05)


def _find(client: "CloudFormationClient") -> "StackTypeDef | None":
    try:
        stack = client.describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"].get("Code") != "ValidationError":
            raise
        return None
    return None if stack["StackStatus"] == "DELETE_COMPLETE" else stack


def _settled(client: "CloudFormationClient") -> "StackTypeDef":
    """The stack once nothing of it is in progress; boto3's waiters would look every 30 seconds."""
    while (stack := client.describe_stacks(StackName=STACK)["Stacks"][0])["StackStatus"].endswith("_IN_PROGRESS"):
        time.sleep(0.05)
    return stack


def _reasons(client: "CloudFormationClient", since: float) -> str:
    events = client.describe_stack_events(StackName=STACK)["StackEvents"]
    return "\n".join(
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
        for event in reversed(events)
        if event["ResourceStatus"].endswith("_FAILED") and event["Timestamp"].timestamp() >= int(since)
    )
