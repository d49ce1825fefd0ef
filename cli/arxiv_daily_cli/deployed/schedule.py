"""The schedule of a stack: whether it runs, and when it probes arXiv next."""

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import boto3
from cronsim import CronSim, CronSimError

from arxiv_daily.models import Value
from arxiv_daily_cli.deployed.stack import DeployedStack, StackUnusable

_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
_DAY_NUMBER = re.compile(r"(?<![#/\d])\d+")


class Schedule(Value):
    """As EventBridge Scheduler has it."""

    is_on: bool
    expression: str
    zone: str
    next_probe: datetime | None = None
    """None while it is off, and for an expression that cannot be foretold here."""


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
        next_probe=next_time(expression, zone, now) if is_on else None,
    )


def next_time(expression: str, zone: str, now: datetime) -> datetime | None:
    """When AWS's cron(…) fires after `now`; None for one of a single year, or that is no such expression."""
    match = _CRON.fullmatch(expression)
    if match is None or match[6] != "*":
        return None
    minutes, hours, day, month, weekday, _ = match.groups()
    weekday = _DAY_NUMBER.sub(lambda number: str(int(number[0]) - 1), weekday)  # AWS counts them from 1
    fields = [minutes, hours, *("*" if field == "?" else field for field in (day, month, weekday))]
    try:
        return next(CronSim(" ".join(fields), now.astimezone(ZoneInfo(zone)))).astimezone(UTC)
    except (CronSimError, StopIteration):
        return None
