"""A deployed stack as the commands see it, made of what moto has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import boto3

from arxiv_daily_cli.deployed.stack import DeployedStack, StackResource

PARAMETERS = {
    "AnthropicApiKeyParameter": "/arxiv-daily/anthropic-api-key",
    "AnthropicApiKeySecretArn": "",
    "AnthropicBaseUrl": "",
    "ArxivApiUrl": "https://export.arxiv.org/api/query",
    "ArxivRequestIntervalSeconds": "0",
    "ClaudePlatform": "anthropic",
    "Contact": "",
    "DailyBudget": "3",
    "MaximumConcurrency": "5",
    "Model": "claude-haiku-5-5",
    "ScheduleState": "ENABLED",
    "SecondModel": "",
}
Answer = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class StackHere(DeployedStack):
    """Its resources are those that a test made; its functions answer what a test says."""

    made: list[StackResource] = field(default_factory=list)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def resources(self, kind: str) -> Sequence[StackResource]:
        return [one for one in self.made if one.kind == kind]

    def make(self, kind: str, logical_id: str, physical_id: str) -> None:
        self.made.append(StackResource(logical_id, kind, physical_id))

    def queue(self, output: str) -> str:
        """A queue whose address is that output; the address."""
        url = boto3.client("sqs").create_queue(QueueName=output)["QueueUrl"]
        self.outputs[output] = url
        return url

    def _call(self, what: str, output: str, event: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(event)
        return self.answers[what](event)


def a_stack(table_name: str) -> StackHere:
    """Deployed a moment ago."""
    outputs = {"TableName": table_name, "SiteUrl": "https://papers.example.org"}
    return StackHere("arxiv-daily", outputs, dict(PARAMETERS), changed_at=datetime.now(UTC))
