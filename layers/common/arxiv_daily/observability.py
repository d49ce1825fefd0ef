"""The one logger and the one metrics object; service and namespace come from the template."""

from aws_lambda_powertools import Logger, Metrics

logger = Logger(use_rfc3339=True, utc=True)
metrics = Metrics()
