"""A stack for chaos: each function asks AWS through a proxy of its own, and lost work comes back soon."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from arxiv_daily_cli.standins.process import stand_in
from tests.e2e.chaos import clocks
from tests.e2e.chaos.bought import Bought
from tests.e2e.chaos.faults import Orders, Stage
from tests.e2e.chaos.proxy import proxy
from tests.e2e.chaos.workers import Workers
from tests.e2e.conftest import Json, Stack, stack_at
from tests.e2e.updating import update
from tests.simulation import SimulatedArxiv, World

SECONDS = {Stage.SUMMARIZE: 30, Stage.ON_DEMAND: 60, Stage.NOTIFY: 10}
"""What runs may take here, so that a lost one is missed soon: the least that lets Claude be asked."""
RECEIVES = 15
"""How often a message is received before it is a dead letter; fifty times take too long for one that cannot be read."""
_PARAMETER = "/arxiv-daily/webhooks"


@dataclass
class Chaos:
    """A running stack, what is ordered against it, and what stands around it."""

    stack: Stack
    arxiv: SimulatedArxiv
    addresses: dict[Stage, str]
    group: HTTPServer
    told: list[str]
    orders: Orders = field(default_factory=Orders)
    bought: Bought = field(default_factory=Bought)
    skewed: Mapping[Stage, int] = field(default_factory=dict)
    """By how many seconds functions' clocks are off. Then their runs take as long as the template lets them."""
    interval: float = 0.0
    """Seconds between two requests to arXiv at least."""
    variables: dict[Stage, dict[str, str]] = field(default_factory=dict)
    """What functions are told by their environment beside what the template tells them."""

    @cached_property
    def _workers(self) -> Workers:
        return Workers(int(self.stack.endpoint.rpartition(":")[2]))

    def name(self, stage: Stage) -> str:
        return self.stack.outputs[f"{stage}FunctionName"]

    def deploy(self, **parameters: str) -> None:
        """Update the stack; it knows of no proxies, so they are put before the functions again."""
        update(self.stack, **parameters)
        self.attach()

    def attach(self) -> None:
        """Lead every function's calls through its proxy."""
        client = self.stack.client("lambda")
        for stage, address in self.addresses.items():
            found = client.get_function_configuration(FunctionName=self.name(stage))
            variables = found["Environment"]["Variables"] | {"AWS_ENDPOINT_URL": address}
            variables |= self.variables.get(stage, {}) | clocks.environment(self.skewed.get(stage, 0))
            client.update_function_configuration(
                FunctionName=self.name(stage),
                Environment={"Variables": variables},
                Timeout=found["Timeout"] if self.skewed else SECONDS.get(stage, found["Timeout"]),
            )
        self._hurry("PapersQueueUrl", str(2 * SECONDS[Stage.SUMMARIZE]))
        self._hurry("NotifyQueueUrl", str(SECONDS[Stage.NOTIFY] + 1))

    def _hurry(self, queue: str, visibility: str) -> None:
        client, url = self.stack.client("sqs"), self.url(queue)
        found = client.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"])["Attributes"]
        policy = json.loads(found["RedrivePolicy"]) | {"maxReceiveCount": RECEIVES}
        attributes = {"VisibilityTimeout": visibility, "RedrivePolicy": json.dumps(policy)}
        client.set_queue_attributes(QueueUrl=url, Attributes=attributes)

    def url(self, output: str) -> str:
        """A queue's address."""
        return self.stack.outputs.get(output) or self._notify_queue

    @cached_property
    def _notify_queue(self) -> str:
        """No output names it."""
        listed = self.stack.client("lambda").list_event_source_mappings(FunctionName=self.name(Stage.NOTIFY))
        name = listed["EventSourceMappings"][0]["EventSourceArn"].rpartition(":")[2]
        return str(self.stack.client("sqs").get_queue_url(QueueName=name)["QueueUrl"])

    def is_at_work(self) -> bool:
        """Whether any function runs, or a message is to be had."""
        return self._workers.are_at_work() or self.stack.messages("") > 0 or self.messages("NotifyQueueUrl", "") > 0

    def drop_messages(self) -> None:
        self.stack.client("sqs").purge_queue(QueueUrl=self.url("PapersQueueUrl"))

    def messages(self, output: str, *kinds: str) -> int:
        names: Any = [f"ApproximateNumberOfMessages{kind}" for kind in kinds]
        found = self.stack.client("sqs").get_queue_attributes(QueueUrl=self.url(output), AttributeNames=names)
        return sum(map(int, found["Attributes"].values()))

    def invoke(self, stage: Stage, event: Json) -> Json:
        return self.stack.invoke(f"{stage}FunctionName", event)


@dataclass(frozen=True)
class Around:
    """What stands around a stack and outlives it."""

    arxiv: SimulatedArxiv
    claude: str
    group: HTTPServer


@contextmanager
def surroundings(world: World, folder: Path) -> Iterator[Around]:
    """A simulated arXiv, a stand-in for Claude over the folder, and a chat group."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with SimulatedArxiv(world) as arxiv, stand_in("claude", folder) as claude, HTTPServer() as group:
        yield Around(arxiv, claude, group)


@contextmanager
def chaos(
    around: Around, state: Path | None = None, skewed: Mapping[Stage, int] | None = None, interval: float = 0.0
) -> Iterator[Chaos]:
    """A stack each of whose functions has a proxy, and a group that hears of editions."""
    named = {
        "ARXIV_API_URL": around.arxiv.api_url,
        "ARXIV_FEED_URL": around.arxiv.feed_url,
        "ARXIV_SITE_URL": around.arxiv.site_url,
        "ARXIV_REQUEST_INTERVAL_SECONDS": str(interval),
    }
    with stack_at(named, around.claude, state) as stack, ExitStack() as proxies:
        found = Chaos(stack, around.arxiv, {}, around.group, [], skewed=skewed or {}, interval=interval)
        for stage in Stage:
            address = proxies.enter_context(proxy(stack.endpoint, stage, found.orders, found.bought))
            found.addresses[stage] = address
        _listen(found)
        found.deploy(WebhooksParameter=_PARAMETER, NoticesAddress="group@example.org")
        yield found


def _listen(chaos: Chaos) -> None:
    def hear(request: Request) -> Response:
        chaos.told.append(json.dumps(request.get_json(), ensure_ascii=False))
        return Response("ok")

    chaos.group.expect_request("/slack", method="POST").respond_with_handler(hear)
    listed = [{"kind": "slack", "url": chaos.group.url_for("/slack")}]
    client = chaos.stack.client("ssm")
    client.put_parameter(Name=_PARAMETER, Value=json.dumps(listed), Type="SecureString", Overwrite=True)
