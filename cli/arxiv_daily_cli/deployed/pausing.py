"""`arxiv-daily pause` and `resume`: the schedule switched off and on, by an update of the stack."""

import json
import time
from typing import TYPE_CHECKING

import boto3
import typer
from botocore.exceptions import ClientError

from arxiv_daily_cli.deployed.command import AsJson, StackName, errors, readable_errors
from arxiv_daily_cli.deployed.stack import DeployedStack, StackUnusable, describe, failure_reasons, find

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef

PARAMETER = "ScheduleState"
LOOK_EVERY_SECONDS = 3.0
_SAID = {
    "DISABLED": "The schedule is paused until arxiv-daily resume. Papers that are queued are still read.",
    "ENABLED": "The schedule is on. Days that were missed meanwhile are filled by the next probes.",
}


def pause(stack_name: StackName = "arxiv-daily", as_json: AsJson = False) -> None:
    """Stop asking arXiv, until resume; the site stays, and what is queued is still read."""
    _switch(stack_name, "DISABLED", as_json=as_json)


def resume(stack_name: StackName = "arxiv-daily", as_json: AsJson = False) -> None:
    """Ask arXiv at the schedule's times again."""
    _switch(stack_name, "ENABLED", as_json=as_json)


def _switch(stack_name: str, state: str, *, as_json: bool) -> None:
    with readable_errors():
        stack = find(stack_name)
        changed = stack.parameters.get(PARAMETER) != state
        if changed:
            _update(stack, state)
    if as_json:
        typer.echo(json.dumps({"schedule": "on" if state == "ENABLED" else "paused", "changed": changed}))
    else:
        typer.echo(_SAID[state] if changed else f"Nothing to do. {_SAID[state]}")


def _update(stack: DeployedStack, state: str) -> None:
    """The template and every other parameter stay as they are. Raises StackUnusable."""
    client = boto3.client("cloudformation")
    kept: list[ParameterTypeDef] = [
        {"ParameterKey": name, "UsePreviousValue": True} for name in stack.parameters if name != PARAMETER
    ]
    try:
        client.update_stack(
            StackName=stack.name,
            UsePreviousTemplate=True,
            Parameters=[*kept, {"ParameterKey": PARAMETER, "ParameterValue": state}],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
    except ClientError as error:
        if "_IN_PROGRESS" not in str(error):
            raise
        raise StackUnusable(f"stack {stack.name} is being changed by somebody else: try again in a minute") from error
    _wait(client, stack.name)


def _wait(client: "CloudFormationClient", name: str) -> None:
    """Until the update is over. Raises StackUnusable when it was rolled back."""
    with errors.status(f"Updating stack {name} …"):
        while (found := describe(client, name))["StackStatus"].endswith("_IN_PROGRESS"):
            time.sleep(LOOK_EVERY_SECONDS)
    if (status := found["StackStatus"]) != "UPDATE_COMPLETE":
        reasons = failure_reasons(client, found)
        raise StackUnusable(f"the update failed, and stack {name} is {status}\n{reasons}".rstrip())
