"""Where the engine (MiniStack 1.5.33) differs from AWS on what the template says; put right after each deployment."""

import json
from typing import TYPE_CHECKING, Any

from arxiv_daily_cli.local.engine import DIRECT, Engine

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

_SEND, _SEND_BATCH = "sqs:SendMessage", "sqs:SendMessageBatch"
_PUT_EVENTS = "events:PutEvents"


def correct(engine: Engine) -> None:
    """Leaves alone what is right already."""
    _make_concurrency_a_number(engine)
    _make_roles_readable(engine)


def _make_concurrency_a_number(engine: Engine) -> None:
    """A Number parameter stays text, and the poller of queues fails to compare it."""
    client = engine.session().client("lambda", endpoint_url=engine.endpoint, config=DIRECT)
    for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
        if scaling := mapping.get("ScalingConfig"):
            limit = int(scaling["MaximumConcurrency"])
            client.update_event_source_mapping(UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": limit})


def _make_roles_readable(engine: Engine) -> None:
    """Say what roles may do in the engine's words.

    It asks for sqs:SendMessageBatch, an action that AWS does not have: there sqs:SendMessage covers batches. And it
    knows none of EventBridge's condition keys, so that a condition on an event's source refuses every event.
    """
    client = engine.session().client("iam", endpoint_url=engine.endpoint, config=DIRECT)
    for role in client.list_roles()["Roles"]:
        for policy in client.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]:
            _extend(client, role["RoleName"], policy)


def _extend(client: "IAMClient", role: str, policy: str) -> None:
    document: Any = client.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"]
    senders = [one for one in document["Statement"] if one["Action"] == _SEND]
    putters = [one for one in document["Statement"] if one["Action"] == _PUT_EVENTS and "Condition" in one]
    for statement in senders:
        statement["Action"] = [_SEND, _SEND_BATCH]
    for statement in putters:
        del statement["Condition"]
    if senders or putters:
        client.put_role_policy(RoleName=role, PolicyName=policy, PolicyDocument=json.dumps(document))
