"""What the functions of a stack ask of AWS, from the engine's own CloudTrail, and what their roles allow."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import requests

from tests.e2e.conftest import Json, Stack

ALSO = {"sqs:SendMessageBatch": "sqs:SendMessage", "s3:HeadObject": "s3:GetObject"}
"""Calls that IAM knows under another name."""
MEMBERS = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
"""A transaction is no action of its own: each of its members is one."""

BY_LAMBDA = {
    "logs:CreateLogStream": "the log, which Lambda writes",
    "logs:PutLogEvents": "the log, which Lambda writes",
    "xray:PutTelemetryRecords": "the traces, which Lambda sends",
    "xray:PutTraceSegments": "the traces, which Lambda sends",
}
"""What no function asks for itself: Lambda does, in the name of its role."""
BY_POLLER = {
    "sqs:DeleteMessage": "Lambda's poller of the queue",
    "sqs:GetQueueAttributes": "Lambda's poller of the queue",
    "sqs:ReceiveMessage": "Lambda's poller of the queue",
}
"""Nor what lets Lambda read the queue that a function works on."""


def record(stack: Stack) -> None:
    """From now on every call that is not refused is recorded, ten thousand at most."""
    switch = {"cloudtrail._recording_enabled": "true"}
    answer = requests.post(f"{stack.endpoint}/_ministack/config", json=switch, timeout=10)
    assert answer.json()["applied"] == {"cloudtrail._recording_enabled": True}


def functions(stack: Stack) -> dict[str, Json]:
    """The configuration of every function by its logical id."""
    found = {}
    for page in stack.client("cloudformation").get_paginator("list_stack_resources").paginate(StackName="arxiv-daily"):
        for one in page["StackResourceSummaries"]:
            if one["ResourceType"] == "AWS::Lambda::Function":
                name = one["PhysicalResourceId"]
                found[one["LogicalResourceId"]] = stack.client("lambda").get_function_configuration(FunctionName=name)
    return found


def unasked(stack: Stack, function: Json) -> set[str]:
    """The actions that a function's role allows and nothing has asked for since calls are recorded."""
    actions = allowed(stack, function)
    return actions - asked(stack, function, actions) - BY_LAMBDA.keys()


def asked(stack: Stack, function: Json, actions: Iterable[str]) -> set[str]:
    """Those of the actions for which the function made a call since they are recorded."""
    names = {name.partition(":")[2] for name in {*actions, *ALSO}} | {"TransactWriteItems"}
    trail = stack.client("cloudtrail")
    return {action for name in names for event in _events(trail, function, name) for action in _actions(event)}


def allowed(stack: Stack, function: Json) -> set[str]:
    """The actions that a function's role names."""
    found: set[str] = set()
    for statement in (one for document in _documents(stack, function) for one in document["Statement"]):
        actions: str | list[str] = statement["Action"]
        found |= {actions} if isinstance(actions, str) else set(actions)
    return {ALSO.get(action, action) for action in found}


def _events(trail: Any, function: Json, name: str) -> list[Json]:
    """The last fifty of that name: the engine tells no more at once."""
    wanted = {"AccessKeyId": _access_key(function), "EventName": name}
    attributes: Any = [{"AttributeKey": key, "AttributeValue": value} for key, value in wanted.items()]
    found: list[Json] = trail.lookup_events(LookupAttributes=attributes)["Events"]
    return found


def _access_key(function: Json) -> str:
    """The engine signs a function's calls with a key that it makes from function and role."""
    digest = hashlib.sha256(f"{function['FunctionArn']}:{function['Role']}".encode()).hexdigest()
    return f"ASIA{digest[:16].upper()}"


def _actions(event: Json) -> Iterator[str]:
    service, name = event["EventSource"].partition(".")[0], event["EventName"]
    if name != "TransactWriteItems":
        action = f"{service}:{name}"
        yield ALSO.get(action, action)
        return
    for item in json.loads(event["CloudTrailEvent"])["requestParameters"]["TransactItems"]:
        yield from (f"{service}:{MEMBERS[member]}" for member in item)


def _documents(stack: Stack, function: Json) -> Iterator[Json]:
    client, role = stack.client("iam"), function["Role"].rpartition("/")[2]
    for name in client.list_role_policies(RoleName=role)["PolicyNames"]:
        yield client.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    for one in client.list_attached_role_policies(RoleName=role)["AttachedPolicies"]:
        version = client.get_policy(PolicyArn=one["PolicyArn"])["Policy"]["DefaultVersionId"]
        yield client.get_policy_version(PolicyArn=one["PolicyArn"], VersionId=version)["PolicyVersion"]["Document"]
