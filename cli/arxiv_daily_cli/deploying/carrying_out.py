"""Doing what was decided, with what to do when it fails."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import boto3

from arxiv_daily_cli.deployed.command import errors
from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying import sam
from arxiv_daily_cli.deploying.failures import failures
from arxiv_daily_cli.deploying.standing import Found, Standing, look


def build(built: Path | None) -> Path:
    """The built template, which is made unless it is there. Raises StackUnusable."""
    if built is None:
        errors.print("\nBuilding (some minutes the first time) …")
        sam.build()
    return built or sam.BUILT


def carry_out(session: boto3.Session, name: str, built: Path, overrides: Mapping[str, str], *, confirm: bool) -> Found:
    """Run `sam deploy`; how the stack stands then. Raises StackUnusable, after telling what failed and why."""
    client = session.client("cloudformation")
    started = datetime.now(UTC).replace(microsecond=0)
    try:
        sam.deploy(built, name, session.region_name, overrides, confirm=confirm)
    except sam.SamFailed as failure:
        found = look(client, name)
        if found.stack_id:
            _tell_failures(session, name, started)
        raise StackUnusable(f"{failure}. {_consequence(name, found)}") from failure
    except KeyboardInterrupt:
        raise StackUnusable(f"interrupted: what CloudFormation has begun with {name} goes on without us") from None
    return look(client, name)


def _tell_failures(session: boto3.Session, name: str, since: datetime) -> None:
    for failure in failures(session.client("cloudformation"), name, since):
        errors.print(f"{failure.resource} ({failure.kind}): {failure.reason}", style="red", markup=False)
        if failure.advice:
            errors.print(f"  What to do: {failure.advice}.", markup=False)


def _consequence(name: str, found: Found) -> str:
    match found.standing:
        case Standing.ABSENT:
            return "Nothing was deployed."
        case Standing.STILLBORN:
            return f"Nothing of {name} was kept: mend the cause, then deploy again."
        case Standing.FINE if found.is_bare:
            return (
                f"{name} holds the table and the bucket that were brought back, with their papers and pages, but no "
                "functions and no site yet: mend the cause, then deploy again. Its former values are proposed again."
            )
        case Standing.FINE:
            return f"{name} works on as it was before, with its papers and pages."
        case _:
            return f"{name} is {found.status}: deploy again, and you are told how to go on."
