"""When the day's probes run."""

import json
import re
from typing import Any

import pytest

Json = dict[str, Any]

# Minutes, hours, day of month, month, day of week, year
# (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html).
FIELDS = [(0, 59), (0, 23), (1, 31), (1, 12), (1, 7), (1970, 2199)]


@pytest.fixture
def schedule(properties: dict[str, Json]) -> Json:
    return properties["FetchFunctionSchedule"]


@pytest.fixture
def fields(template: Json) -> list[str]:
    expression = template["Parameters"]["ScheduleExpression"]["Default"]
    match = re.fullmatch(r"cron\((.+)\)", expression)
    assert match
    return match[1].split(" ")


def test_the_schedule_reads_clocks_in_shanghai(schedule: Json) -> None:
    assert schedule["ScheduleExpressionTimezone"] == "Asia/Shanghai"


def test_the_default_schedule_is_a_cron_of_six_fields_within_their_bounds(fields: list[str]) -> None:
    assert len(fields) == len(FIELDS)
    for field, (low, high) in zip(fields, FIELDS, strict=True):
        assert field in ("*", "?") or all(low <= int(value) <= high for value in field.split(","))


def test_the_default_schedule_leaves_one_of_the_two_day_fields_open(fields: list[str]) -> None:
    assert (fields[2], fields[4]).count("?") == 1


def test_the_first_probe_of_a_day_is_the_anchor(fields: list[str]) -> None:
    minutes, hours = fields[0], fields[1]
    assert (min(map(int, hours.split(","))), int(minutes)) == (8, 50)


def test_the_event_tells_the_time_that_was_scheduled(schedule: Json) -> None:
    assert json.loads(schedule["Target"]["Input"]) == {"time": "<aws.scheduler.scheduled-time>"}


def test_the_schedule_can_be_switched_off(schedule: Json, template: Json) -> None:
    assert schedule["State"] == {"Ref": "ScheduleState"}
    assert template["Parameters"]["ScheduleState"]["AllowedValues"] == ["ENABLED", "DISABLED"]


def test_a_start_that_failed_is_tried_again(schedule: Json) -> None:
    assert schedule["Target"]["RetryPolicy"]["MaximumRetryAttempts"] > 0
