"""The alarms of a stack, and what is said of those that are on."""

from typing import TYPE_CHECKING

import boto3

from arxiv_daily.models import Value
from arxiv_daily_cli.deployed.stack import DeployedStack

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch.type_defs import MetricAlarmTypeDef

_NAMES = 100
"""In one DescribeAlarms; CloudWatch's limit."""


class Alarm(Value):
    """An alarm that is on, and acts: those of a paused schedule stay on with their actions off."""

    name: str
    """Its logical id in the template, by which the runbook names it."""
    description: str
    """What is the matter, and what to do."""

    @property
    def first_sentence(self) -> str:
        return self.description.partition(". ")[0].rstrip(".") + "."


class Alarms(Value):
    known: int
    on: tuple[Alarm, ...]


def alarms_of(stack: DeployedStack) -> Alarms:
    names = {one.physical_id: one.logical_id for one in stack.resources("AWS::CloudWatch::Alarm")}
    if not names:
        return Alarms(known=0, on=())
    found = boto3.client("cloudwatch").describe_alarms(AlarmNames=list(names)[:_NAMES])["MetricAlarms"]
    on = [_alarm(alarm, names) for alarm in found if _is_on(alarm)]
    return Alarms(known=len(names), on=tuple(sorted(on, key=lambda alarm: alarm.name)))


def _is_on(found: "MetricAlarmTypeDef") -> bool:
    return found.get("StateValue") == "ALARM" and found.get("ActionsEnabled", True)


def _alarm(found: "MetricAlarmTypeDef", names: dict[str, str]) -> Alarm:
    return Alarm(name=names[found["AlarmName"]], description=found.get("AlarmDescription", "No description"))
