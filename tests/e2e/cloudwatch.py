"""What CloudWatch does and the engine does not: take in embedded metrics and the depth of queues, judge alarms.

The engine keeps the figures (PutMetricData), and tells the alarm's topic when a state is set.
"""

import operator
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.e2e.conftest import Json, Stack
from tests.embedded_metrics import documents

_COMPARISONS = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
}
_JOINED: dict[str, Callable[[list[float]], float]] = {"Maximum": max, "Minimum": min, "Sum": sum}
_MISSING = {"breaching": "ALARM", "notBreaching": "OK"}


@dataclass
class CloudWatch:
    stack: Stack
    later: timedelta = timedelta()
    """How far its clock is ahead of this machine's."""
    taken: Counter[str] = field(default_factory=Counter)
    """Of each log group, how many events were read."""

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    def state(self, alarm: str) -> str:
        """What an alarm of the template, by its logical id, says now; whoever its actions name is told of a change."""
        self._take_in()
        client, found = self.stack.client("cloudwatch"), self._alarm(alarm)
        judged = self._judge(found)
        if judged != found["StateValue"]:
            client.set_alarm_state(AlarmName=found["AlarmName"], StateValue=judged, StateReason="judged by its figures")
        return judged

    def _alarm(self, logical: str) -> Json:
        alarms = self.stack.client("cloudwatch").describe_alarms()["MetricAlarms"]
        [found] = [alarm for alarm in alarms if f"-{logical}-" in alarm["AlarmName"]]
        return dict(found)

    def _judge(self, alarm: Json) -> str:
        """As Amazon CloudWatch's user guide says of one evaluation period and of missing data."""
        values = self._values(alarm)
        if not values:
            return _MISSING.get(alarm["TreatMissingData"], str(alarm["StateValue"]))
        value = _JOINED[alarm["Statistic"]](values)
        return "ALARM" if _COMPARISONS[alarm["ComparisonOperator"]](value, alarm["Threshold"]) else "OK"

    def _values(self, alarm: Json) -> list[float]:
        """The alarm's statistic in each period that its last one touches."""
        found = self.stack.client("cloudwatch").get_metric_statistics(
            Namespace=alarm["Namespace"],
            MetricName=alarm["MetricName"],
            Dimensions=alarm["Dimensions"],
            Period=alarm["Period"],
            StartTime=self.now - timedelta(seconds=alarm["Period"]),
            EndTime=self.now + timedelta(seconds=1),
            Statistics=[alarm["Statistic"]],
        )
        return [float(point[alarm["Statistic"]]) for point in found["Datapoints"]]

    def _take_in(self) -> None:
        for document in documents(self._fresh_lines()):
            [directive] = document["_aws"]["CloudWatchMetrics"]
            [names] = directive["Dimensions"]
            dimensions = [{"Name": name, "Value": document[name]} for name in names]
            data = [self._datum(one["Name"], dimensions, document[one["Name"]]) for one in directive["Metrics"]]
            self.stack.client("cloudwatch").put_metric_data(Namespace=directive["Namespace"], MetricData=data)
        for name, url in self.stack.outputs.items():
            if name.endswith("QueueUrl"):
                self._measure_queue(url)

    def _datum(self, name: str, dimensions: list[Json], values: list[float]) -> Any:
        return {"MetricName": name, "Dimensions": dimensions, "Values": values, "Timestamp": self.now}

    def _fresh_lines(self) -> list[str]:
        logs, lines = self.stack.client("logs"), list[str]()
        for group in logs.describe_log_groups()["logGroups"]:
            name = group["logGroupName"]
            fresh = logs.filter_log_events(logGroupName=name)["events"][self.taken[name] :]
            self.taken[name] += len(fresh)
            lines += [event["message"] for event in fresh]
        return lines

    def _measure_queue(self, url: str) -> None:
        counted = "ApproximateNumberOfMessages"
        found = self.stack.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=[counted])["Attributes"]
        dimensions = [{"Name": "QueueName", "Value": url.rpartition("/")[2]}]
        data = [self._datum("ApproximateNumberOfMessagesVisible", dimensions, [float(found[counted])])]
        self.stack.client("cloudwatch").put_metric_data(Namespace="AWS/SQS", MetricData=data)
