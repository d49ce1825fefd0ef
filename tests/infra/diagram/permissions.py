"""Arrows out of permissions: what a function's role lets it ask of other parts, and of whom it knows the address."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.infra.diagram import parts
from tests.infra.diagram.template import Json, branches, named

SILENT = {"logs", "xray", "sts"}
"""Services that every function uses, by which the diagram would show nothing."""
SERVICES = {
    "ssm": parts.PARAMETERS,
    "secretsmanager": parts.SECRETS,
    "bedrock-mantle": parts.CLAUDE,
    "aws-external-anthropic": parts.CLAUDE,
}
"""Whom a permission leads to that names no part."""
VARIABLES = {
    "ARXIV_API_URL": parts.ARXIV,
    "ARXIV_FEED_URL": parts.ARXIV,
    "ARXIV_SITE_URL": parts.ARXIV,
    "ANTHROPIC_BASE_URL": parts.CLAUDE,
    "WEBHOOKS_PARAMETER": parts.CHATS,
}
"""Whom a function reaches without a permission, by the variable that says where."""
POLLERS = {
    *("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "dynamodb:DescribeStream"),
    *("dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"),
}
"""What Lambda does for an event source, which has an arrow of its own."""

_VERBS = {
    **dict.fromkeys(("Get", "BatchGet", "Query", "Scan", "List", "Describe"), "reads"),
    **dict.fromkeys(("PutItem", "PutObject", "Update", "DeleteItem", "DeleteObject"), "writes"),
    **dict.fromkeys(("SendMessage", "Publish", "PutEvents"), "tells"),
    "ChangeMessageVisibility": "puts off",
    "CreateInference": "asks",
    "InvokeFunction": "calls",
}
"""By how an action's name begins."""


class Arrow(NamedTuple):
    source: str
    target: str
    label: str
    is_delivery: bool
    """Whether AWS brings something along it; else the source asks."""


def permission_arrows(translated: Json) -> Iterator[Arrow]:
    """One for each verb. Raises LookupError for a permission that leads to nobody the diagram knows."""
    known = parts.parts(translated)
    for name, resource in translated["Resources"].items():
        if resource["Type"] == "AWS::Lambda::Function":
            for statement in _statements(translated, resource):
                yield from _of_statement(name, statement, known)
            for variable in resource["Properties"]["Environment"]["Variables"].keys() & VARIABLES.keys():
                verb = "tells" if VARIABLES[variable] == parts.CHATS else "asks"
                yield Arrow(name, VARIABLES[variable], verb, is_delivery=False)


def _statements(translated: Json, function: Json) -> Iterator[Json]:
    """Of the function's role, and of the template's managed policies that the role names."""
    resources = translated["Resources"]
    [role] = named(function["Properties"]["Role"])
    properties = resources[role]["Properties"]
    documents = [policy["PolicyDocument"] for policy in branches(properties.get("Policies", []))]
    managed = named(list(branches(properties.get("ManagedPolicyArns", [])))) & resources.keys()
    documents += [resources[policy]["Properties"]["PolicyDocument"] for policy in sorted(managed)]
    for document in documents:
        yield from branches(document["Statement"])


def _of_statement(function: str, statement: Json, known: dict[str, str]) -> Iterator[Arrow]:
    if statement["Effect"] != "Allow":
        return
    targets = named(list(branches(statement["Resource"]))) & known.keys()
    for action in branches(statement["Action"]):
        service = action.partition(":")[0]
        if service in SILENT or action in POLLERS:
            continue
        for target in targets or {_outside(action, service)}:
            yield Arrow(function, target, _verb(action), is_delivery=False)


def _outside(action: str, service: str) -> str:
    if service not in SERVICES:
        raise LookupError(f"{action} is allowed on nothing that the diagram knows: say in SERVICES who that is")
    return SERVICES[service]


def _verb(action: str) -> str:
    name = action.partition(":")[2]
    found = [verb for beginning, verb in _VERBS.items() if name.startswith(beginning)]
    return found[0] if found else name
