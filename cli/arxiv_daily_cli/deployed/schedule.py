"""The schedule of a stack: whether it runs, and when it probes arXiv next."""

from datetime import datetime
from typing import Any

import boto3

from arxiv_daily.models import Value
from arxiv_daily_cli.deployed.stack import DeployedStack, StackUnusable
from arxiv_daily_cli.deploying.times import next_probe


class Schedule(Value):
    """As EventBridge Scheduler has it."""

    is_on: bool
    expression: str
    zone: str
    next_probe: datetime | None = None
    """None while it is off, and for an expression that is not understood here."""


def schedule_of(stack: DeployedStack, now: datetime) -> Schedule:
    """Raises StackUnusable when the stack has no schedule."""
    found = stack.resources("AWS::Scheduler::Schedule")
    if not found:
        raise StackUnusable(f"stack {stack.name} has no schedule: deploy it again")
    described: Any = boto3.client("scheduler").get_schedule(Name=found[0].physical_id.rpartition("/")[2])
    expression, zone = described["ScheduleExpression"], described.get("ScheduleExpressionTimezone", "UTC")
    is_on = described["State"] == "ENABLED"
    return Schedule(
        is_on=is_on,
        expression=expression,
        zone=zone,
        next_probe=next_probe(expression, now) if is_on else None,
    )
