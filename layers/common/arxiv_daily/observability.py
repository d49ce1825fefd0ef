"""The one logger, and figures for alarms; service, namespace and level come from the template."""

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.metrics import MetricUnit

logger = Logger(use_rfc3339=True, utc=True)


def count(name: str, value: int) -> None:
    """Write a figure in CloudWatch's embedded metric format; a zero is what clears an alarm."""
    with single_metric(name=name, unit=MetricUnit.Count, value=value):
        pass
