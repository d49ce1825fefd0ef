"""The one logger; its service name and level come from the template."""

from aws_lambda_powertools import Logger

logger = Logger(use_rfc3339=True, utc=True)
