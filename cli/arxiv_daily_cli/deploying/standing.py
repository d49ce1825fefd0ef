"""How a stack stands: what can be done with it now."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying.failures import failures

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import StackTypeDef

LOOK_SECONDS = 1.0


class Standing(Enum):
    ABSENT = auto()
    FINE = auto()
    STILLBORN = auto()
    """Its creation, or the import that made it, failed; such a stack can only be deleted, and holds nothing."""
    STUCK = auto()
    """An update failed, and its undoing too."""
    UNDELETED = auto()
    """Its deletion failed half-way; it can only be deleted."""
    BUSY = auto()


_STANDINGS = {
    "DELETE_COMPLETE": Standing.ABSENT,
    "CREATE_FAILED": Standing.STILLBORN,
    "ROLLBACK_COMPLETE": Standing.STILLBORN,
    "ROLLBACK_FAILED": Standing.STILLBORN,
    "UPDATE_ROLLBACK_FAILED": Standing.STUCK,
    "IMPORT_ROLLBACK_FAILED": Standing.STUCK,
    "DELETE_FAILED": Standing.UNDELETED,
}

_UNDONE_IMPORTS = {"IMPORT_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_FAILED"}
_NOT_HELD = {"DELETE_COMPLETE", "DELETE_SKIPPED", "IMPORT_FAILED", "IMPORT_ROLLBACK_COMPLETE"}
"""Statuses of resources that a stack has no longer."""


@dataclass(frozen=True)
class Found:
    """A stack as CloudFormation describes it."""

    status: str = "DELETE_COMPLETE"
    stack_id: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    is_empty: bool = False
    """Whether the import that made it was undone, so that it holds nothing."""

    @property
    def is_bare(self) -> bool:
        """Whether it holds what was imported alone: the deployment that follows an import has not worked yet."""
        return self.standing is Standing.FINE and not self.outputs

    @property
    def standing(self) -> Standing:
        if self.is_empty:
            return Standing.STILLBORN
        busy = self.status.endswith("_IN_PROGRESS")
        return _STANDINGS.get(self.status, Standing.BUSY if busy else Standing.FINE)


def look(client: "CloudFormationClient", stack: str) -> Found:
    """A stack by its name, or its id once it was deleted; a change set that nobody executed makes none."""
    try:
        found = client.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if error.response["Error"].get("Code") != "ValidationError":  # its code for a stack that does not exist
            raise
        return Found()
    if found["StackStatus"] == "REVIEW_IN_PROGRESS":
        return Found()
    return _found(found, is_empty=found["StackStatus"] in _UNDONE_IMPORTS and _holds_nothing(client, stack))


def settled(client: "CloudFormationClient", stack: str) -> Found:
    """The stack once nothing of it is in progress."""
    while (found := look(client, stack)).standing is Standing.BUSY:
        time.sleep(LOOK_SECONDS)
    return found


def delete(client: "CloudFormationClient", found: Found) -> None:
    """Delete the stack and wait for it. Raises StackUnusable when something of it could not be deleted."""
    started = datetime.now(UTC).replace(microsecond=0)
    client.delete_stack(StackName=found.stack_id)
    after = settled(client, found.stack_id)
    if after.standing is not Standing.ABSENT:
        reasons = "; ".join(f"{one.resource}: {one.reason}" for one in failures(client, found.stack_id, started))
        raise StackUnusable(f"the stack could not be deleted whole ({reasons}). Mend that, then run the command again")


def mend(client: "CloudFormationClient", found: Found, name: str, may: Callable[[str], bool]) -> Found:
    """Bring the stack to where it can be deployed to, if `may` says yes to what that takes. Raises StackUnusable."""
    match found.standing:
        case Standing.ABSENT | Standing.FINE:
            return found
        case Standing.STILLBORN if may(f"Stack {name} was never created whole and holds nothing. Delete it first?"):
            delete(client, found)
            return Found()
        case Standing.STUCK if may(f"The last update of {name} failed, and so did its undoing. Go on undoing it?"):
            client.continue_update_rollback(StackName=name)
            return _undone(settled(client, name), name)
        case Standing.UNDELETED:
            raise StackUnusable(f"stack {name} was half deleted: finish that with `arxiv-daily leave`, then deploy")
        case Standing.BUSY:
            raise StackUnusable(f"stack {name} is {found.status}: somebody changes it now. Wait, then deploy again")
    raise StackUnusable(f"stack {name} is {found.status}, and nothing can be deployed to it until that is mended")


def _undone(found: Found, name: str) -> Found:
    if found.standing is not Standing.FINE:
        raise StackUnusable(
            f"stack {name} is {found.status} still: its events in the console of CloudFormation say which resource "
            "stands in the way, and `Continue update rollback` there can skip it"
        )
    return found


def _holds_nothing(client: "CloudFormationClient", stack: str) -> bool:
    """Whether the import was into a new stack; another one holds what it held before."""
    found = client.describe_stack_resources(StackName=stack)["StackResources"]
    return all(one["ResourceStatus"] in _NOT_HELD for one in found)


def _found(stack: "StackTypeDef", *, is_empty: bool) -> Found:
    return Found(
        status=stack["StackStatus"],
        stack_id=stack.get("StackId", ""),
        parameters={one["ParameterKey"]: one.get("ParameterValue", "") for one in stack.get("Parameters", [])},
        outputs={one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])},
        is_empty=is_empty,
    )
