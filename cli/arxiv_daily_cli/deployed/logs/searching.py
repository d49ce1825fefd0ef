"""The lines of all functions of a stack that are about a paper or an edition."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import boto3

from arxiv_daily_cli.deployed.logs.lines import Line, line
from arxiv_daily_cli.deployed.stack import DeployedStack

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

_ENDED = '?"Task timed out" ?"Runtime exited"'
"""What Lambda writes of a function that ended in the middle: it names the run, never the paper."""
_KIND = "AWS::Logs::LogGroup"
_SUFFIX = "LogGroup"


def lines_about(stack: DeployedStack, what: str, since: datetime) -> list[Line]:
    """In the order of time; a run that Lambda ended while it was about this is told as well."""
    client, found = boto3.client("logs"), list[Line]()
    groups = {_function(group.logical_id): group.physical_id for group in stack.resources(_KIND)}
    for function, group in groups.items():
        found += [one for one in _search(client, function, group, f'"{what}"', since) if one.names(what)]
    runs = {run for one in found for run in one.requests}
    for function, group in groups.items() if runs else ():
        ended = _search(client, function, group, _ENDED, since)
        found += [one for one in ended if one.fields is None and one.requests & runs]
    return sorted(found, key=lambda one: one.at)


def _search(client: "CloudWatchLogsClient", function: str, group: str, pattern: str, since: datetime) -> Iterator[Line]:
    pages = client.get_paginator("filter_log_events").paginate(
        logGroupName=group, filterPattern=pattern, startTime=int(since.timestamp() * 1000)
    )
    for page in pages:
        yield from (line(function, event["timestamp"], event["message"]) for event in page["events"])


def _function(logical_id: str) -> str:
    """OnDemandLogGroup is that of on_demand."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", logical_id.removesuffix(_SUFFIX)).lower()
