"""Why a deployment failed, and what can be done about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

_CONSEQUENCES = ("cancelled", "The following resource(s) failed")

ADVICE = {
    "must be verified before": "a new account is verified for CloudFront by AWS Support: open a case of the kind "
    "'account and billing' that quotes the reason, and deploy again when they have answered",
    "not authorized": "your own identity lacks that permission: docs/deploying.md lists what deploying needs",
    "AccessDenied": "your own identity lacks that permission: docs/deploying.md lists what deploying needs",
    "LimitExceeded": "the account has as many of these as it may: delete some, or ask for a higher quota",
    "already exists": "something of that name was made outside this stack: delete it, or choose another name",
    "not supported in this region": "deploy to another region: export AWS_DEFAULT_REGION=us-east-1",
}
"""By words of a reason."""


@dataclass(frozen=True)
class Failure:
    resource: str
    kind: str
    reason: str

    @property
    def advice(self) -> str | None:
        return next((advice for words, advice in ADVICE.items() if words.lower() in self.reason.lower()), None)


def failures(client: "CloudFormationClient", stack: str, since: datetime) -> list[Failure]:
    """The resources that failed since then, first cause first; what failed only because of them is left out."""
    pages = client.get_paginator("describe_stack_events").paginate(StackName=stack)
    events = [event for page in pages for event in page["StackEvents"] if event["Timestamp"] >= since]
    found = [
        Failure(
            event.get("LogicalResourceId", ""),
            event.get("ResourceType", ""),
            event.get("ResourceStatusReason", "no reason given"),
        )
        for event in reversed(events)
        if event.get("ResourceStatus", "").endswith("_FAILED")
    ]
    return [failure for failure in found if not any(words in failure.reason for words in _CONSEQUENCES)]
