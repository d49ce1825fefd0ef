"""The parameters of SSM that a stack reads: which are its own to delete, who else reads them, and which stay."""

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING

import boto3

from arxiv_daily_cli.deploying.key import KeyParameter, parameter_for
from arxiv_daily_cli.deploying.plan import KEY

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

_OF_A_PERSON = {"WebhooksParameter": "the chat groups", "GlossaryParameter": "the glossary"}
"""Parameters of the stack that name one of SSM, and what that one holds: people made them, and no deployment."""


def own_key(session: boto3.Session, name: str, parameters: Mapping[str, str]) -> KeyParameter | None:
    """The stack's own key, where there is one; one of another name may be shared, and is not the stack's to delete."""
    stored = KeyParameter(session.client("ssm"), parameter_for(name))
    return stored if parameters.get(KEY) == stored.name and stored.is_there() else None


def other_readers(client: "CloudFormationClient", name: str, key: str) -> list[str]:
    """The other stacks of this account and region that read the key of that name."""
    pages = client.get_paginator("describe_stacks").paginate()
    found = [one for page in pages for one in page["Stacks"] if one["StackStatus"] != "DELETE_COMPLETE"]
    given = {one["StackName"]: one.get("Parameters", []) for one in found if one["StackName"] != name}
    return [
        other
        for other, parameters in sorted(given.items())
        if any((one["ParameterKey"], one.get("ParameterValue")) == (KEY, key) for one in parameters)
    ]


def staying(session: boto3.Session, name: str, parameters: Mapping[str, str]) -> list[str]:
    """Sentences on what `leave --everything` leaves in SSM, each with the command that deletes it."""
    named = {parameters.get(one, ""): what for one, what in _OF_A_PERSON.items()}
    if parameters.get(KEY) != parameter_for(name):
        named[parameters.get(KEY, "")] = "a key that other stacks may use"
    client = session.client("ssm")
    return [
        f"Parameter {one} stays, {what}. Delete it where nobody else needs it: "
        f"aws ssm delete-parameter --region {session.region_name} --name {shlex.quote(one)}"
        for one, what in named.items()
        if one and KeyParameter(client, one).is_there()
    ]
