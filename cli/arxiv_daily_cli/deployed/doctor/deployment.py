"""Checks of what was deployed: the stack, its drift, its functions, their triggers, logs and quotas, the schedule."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

from arxiv_daily_cli.deployed.doctor.finding import Finding, note, ok, unknown, wrong
from arxiv_daily_cli.deployed.explaining import denied_action
from arxiv_daily_cli.deployed.schedule import schedule_of
from arxiv_daily_cli.deployed.stack import DeployedStack

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackResourceDriftTypeDef

LOOK_EVERY_SECONDS, PATIENCE_SECONDS = 2.0, 120.0
"""For CloudFormation, which looks for drift while we wait."""
_EXPECTED = (
    *("FetchFunctionName", "SummarizeFunctionName", "OnDemandFunctionName", "AggregateFunctionName"),
    *("TableName", "SiteBucketName", "PapersQueueUrl", "PapersDeadLetterQueueUrl", "SiteUrl"),
)
_WOKEN = ("SummarizeFunctionName", "AggregateFunctionName")
_TOLD = ("NoticesAddress", "WebhooksParameter")
"""Where both are empty, nobody is told of an edition, and the template leaves notify asleep."""
_BESIDE_WORKERS = 3
"""Functions that may run beside summarize: fetch, aggregate, on_demand."""
_NOTIFIERS = 2
"""How many of notify may run at once, as the template says."""
_DEPLOY = "deploy again: make deploy"
_LOOK_AT_DRIFTS = "see the stack's drifts in CloudFormation's console: a deployment alone does not change it back"


def status(stack: DeployedStack) -> Finding:
    if stack.status.endswith("_FAILED"):
        return wrong(f"{stack.name} is {stack.status}", "see its events in CloudFormation's console, then deploy again")
    if stack.status.endswith("_IN_PROGRESS"):
        return note(f"{stack.name} is {stack.status}", "wait until that is over")
    since = f" since {stack.changed_at:%Y-%m-%d %H:%M} UTC" if stack.changed_at else ""
    return ok(f"{stack.name} is {stack.status}{since}")


def outputs(stack: DeployedStack) -> Finding:
    missing = [name for name in _EXPECTED if not stack.outputs.get(name)]
    return wrong(f"missing: {', '.join(missing)}", _DEPLOY) if missing else ok(f"all {len(stack.outputs)} are there")


def drift(stack: DeployedStack) -> Finding:
    """Whether resources are as the template says; asking changes nothing.

    One that is gone is wrong. One that differs may have been meant, or be AWS's own way of writing it.
    """
    client = boto3.client("cloudformation")
    try:
        detection = client.detect_stack_drift(StackName=stack.name)["StackDriftDetectionId"]
    except ClientError as error:
        if denied_action(error):
            raise
        return unknown(f"not checked: {error.response.get('Error', {}).get('Message')}")
    found = _detected(client, detection)
    match found:
        case "IN_SYNC":
            return ok("none: resources are as the template says")
        case "DRIFTED":
            return _drifted(client, stack.name)
        case _:
            return unknown(f"CloudFormation could not tell ({found})")


def _detected(client: "CloudFormationClient", detection: str) -> str:
    given_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = client.describe_stack_drift_detection_status(StackDriftDetectionId=detection)
        if found["DetectionStatus"] != "DETECTION_IN_PROGRESS" or time.monotonic() > given_up:
            return found.get("StackDriftStatus", found["DetectionStatus"])
        time.sleep(LOOK_EVERY_SECONDS)


def _drifted(client: "CloudFormationClient", name: str) -> Finding:
    drifts = client.describe_stack_resource_drifts(
        StackName=name, StackResourceDriftStatusFilters=["MODIFIED", "DELETED"]
    )["StackResourceDrifts"]
    gone = sorted(one["LogicalResourceId"] for one in drifts if one["StackResourceDriftStatus"] == "DELETED")
    changed = sorted(map(_changed, (one for one in drifts if one["StackResourceDriftStatus"] == "MODIFIED")))
    kinds = (("deleted", gone), ("not as the template says", changed))
    said = "; ".join(f"{kind}: {', '.join(names)}" for kind, names in kinds if names)
    return wrong(said, _LOOK_AT_DRIFTS) if gone else note(said, _LOOK_AT_DRIFTS)


def _changed(drift: "StackResourceDriftTypeDef") -> str:
    """The resource, with the properties that differ."""
    paths = sorted(one["PropertyPath"].strip("/") for one in drift.get("PropertyDifferences", []))
    return f"{drift['LogicalResourceId']} ({', '.join(paths)})" if paths else drift["LogicalResourceId"]


def functions(stack: DeployedStack) -> Finding:
    client, broken = boto3.client("lambda"), list[str]()
    names = [name for output, name in sorted(stack.outputs.items()) if output.endswith("FunctionName")]
    for name in names:
        found = client.get_function_configuration(FunctionName=name)
        state, update = found.get("State", "Active"), found.get("LastUpdateStatus", "Successful")
        if state in {"Failed", "Deactivated"} or update == "Failed":
            broken.append(f"{name}: {found.get('StateReason') or found.get('LastUpdateStatusReason') or state}")
    return wrong("; ".join(broken), _DEPLOY) if broken else ok(f"all {len(names)} can run")


def triggers(stack: DeployedStack) -> Finding:
    """That queues and the table's stream wake the functions that work on them."""
    client, off = boto3.client("lambda"), list[str]()
    woken = (*_WOKEN, "NotifyFunctionName") if _tells(stack) else _WOKEN
    for output in [output for output in woken if output in stack.outputs]:
        mappings = client.list_event_source_mappings(FunctionName=stack.outputs[output])["EventSourceMappings"]
        states = [mapping.get("State", "") for mapping in mappings]
        if not any(state in {"Enabled", "Enabling", "Updating", "Creating"} for state in states):
            off.append(output.removesuffix("FunctionName").lower())
    return wrong(f"nothing wakes {', '.join(off)}", _DEPLOY) if off else ok("queues and stream are listened to")


def _tells(stack: DeployedStack) -> bool:
    """Whether somebody is to be told of editions."""
    return any(stack.parameters.get(name) for name in _TOLD)


def log_groups(stack: DeployedStack) -> Finding:
    client, missing = boto3.client("logs"), list[str]()
    groups = stack.resources("AWS::Logs::LogGroup")
    for group in groups:
        found = client.describe_log_groups(logGroupNamePrefix=group.physical_id)["logGroups"]
        if group.physical_id not in {one.get("logGroupName") for one in found}:
            missing.append(group.logical_id)
    return wrong(f"missing: {', '.join(missing)}", _DEPLOY) if missing else ok(f"all {len(groups)} are there")


def quotas(stack: DeployedStack) -> Finding:
    limits = boto3.client("lambda").get_account_settings()["AccountLimit"]
    free, wanted = limits["UnreservedConcurrentExecutions"], int(stack.parameters["MaximumConcurrency"])
    said = f"{free} functions may run at once; {wanted} papers are read at once"
    if free < wanted + _BESIDE_WORKERS + (_NOTIFIERS if _tells(stack) else 0):
        return wrong(said, "lower MaximumConcurrency with make deploy, or ask AWS for more (Service Quotas, Lambda)")
    return ok(said)


def schedule(stack: DeployedStack) -> Finding:
    now = datetime.now(UTC)
    found = schedule_of(stack, now)
    declared = stack.parameters.get("ScheduleState", "ENABLED") == "ENABLED"
    if found.is_on != declared:
        changed = f"it is {'on' if found.is_on else 'off'}, and the stack says otherwise: somebody changed it by hand"
        return wrong(changed, "change it back in EventBridge Scheduler's console, or deploy again")
    if not found.is_on:
        return note("it is paused", "arxiv-daily resume switches it on")
    return ok(f"it is on: {found.expression} in {found.zone}")
