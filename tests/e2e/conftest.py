"""The deployed template on the embedded AWS, started by the command that people use, over real HTTP."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import boto3
import pytest
import requests
from botocore.config import Config

from arxiv_daily_cli.functions import PATIENT
from arxiv_daily_cli.standins.process import stand_in

COMMAND = str(Path(sys.executable).with_name("arxiv-daily"))
SAMPLE = Path(__file__).parents[2] / "cli" / "arxiv_daily_cli" / "sample"
PATIENCE_SECONDS = 300.0
"""More than the 90 seconds for which a killed worker may still hold the turn at arXiv, and what the day then takes."""

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}

Json = dict[str, Any]
T = TypeVar("T")


def environment(**named: str) -> dict[str, str]:
    """This environment without what chooses services or colours, and with what is named."""
    chosen = (
        "ANTHROPIC_",
        "ARXIV_",
        "AWS_",
        "CLICOLOR",
        "COLUMNS",
        "FORCE_COLOR",
        "GITHUB_ACTIONS",
        "PY_COLORS",
        "TTY_",
    )
    return {name: value for name, value in os.environ.items() if not name.startswith(chosen)} | named


def run_command(*arguments: str | Path, **named: str) -> subprocess.CompletedProcess[str]:
    """Run `arxiv-daily` to its end."""
    return subprocess.run(
        [COMMAND, *map(str, arguments)], env=environment(**named), capture_output=True, text=True, check=False
    )


def wait_until(look: Callable[[], T], what: str, of: Callable[[T], object] = bool) -> T:
    """The first result of `look` of which `of` is true; fails the test when it takes too long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    pause = threading.Event()
    while not of(found := look()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        pause.wait(0.1)
    return found


@dataclass(frozen=True)
class StandIn:
    """A stand-in for Claude that a test talks to beside the product."""

    url: str

    def take_on(self, paper_id: str, *moods: str) -> None:
        requests.post(f"{self.url}/_moods", json={"paper_id": paper_id, "moods": moods}, timeout=10).raise_for_status()

    def asked(self) -> list[Json]:
        found: list[Json] = requests.get(f"{self.url}/_requests", timeout=10).json()
        return found


@dataclass(frozen=True)
class Stack:
    """A running stack, as its first line describes it."""

    endpoint: str
    site_url: str
    outputs: dict[str, str]
    process: subprocess.Popen[str]
    claude: StandIn

    def client(self, service: str) -> Any:
        return _client(self.endpoint, service)

    @cached_property
    def table(self) -> Any:
        return _session().resource("dynamodb", endpoint_url=self.endpoint).Table(self.outputs["TableName"])

    def invoke(self, output: str, event: Json) -> Json:
        """Call a function and return its answer, or its error."""
        answer = self.client("lambda").invoke(FunctionName=self.outputs[output], Payload=json.dumps(event))
        found: Json = json.loads(answer["Payload"].read())
        return found

    @contextmanager
    def holding_the_stream(self) -> Iterator[None]:
        """Publish what happens within the block at its end, as a long batching window would.

        The engine knows no window: it makes every page again for every paper that was read.
        """
        self._let_the_stream_flow(flowing=False)
        try:
            yield
        finally:
            self._let_the_stream_flow(flowing=True)

    def hold_the_stream(self) -> None:
        """Publish nothing any more, save what aggregate is called for."""
        self._let_the_stream_flow(flowing=False)

    def _let_the_stream_flow(self, *, flowing: bool) -> None:
        client, name = self.client("lambda"), self.outputs["AggregateFunctionName"]
        (stream,) = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        client.update_event_source_mapping(UUID=stream["UUID"], Enabled=flowing)

    def limit(self, *, workers: int | None = None, daily_budget: Decimal | None = None) -> None:
        """How many papers are read at once, and what a day may cost at most, in US dollars, from now on."""
        client, name = self.client("lambda"), self.outputs["SummarizeFunctionName"]
        if daily_budget is not None:
            variables = client.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
            variables["DAILY_BUDGET"] = f"{daily_budget:f}"
            client.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
        if workers is not None:
            (papers,) = client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
            client.update_event_source_mapping(UUID=papers["UUID"], ScalingConfig={"MaximumConcurrency": workers})

    def messages(self, *kinds: str) -> int:
        """How many wait for a worker (""), are with one or come back later ("NotVisible"), or are "Delayed"."""
        names = [f"ApproximateNumberOfMessages{kind}" for kind in kinds]
        found = self.client("sqs").get_queue_attributes(QueueUrl=self.outputs["PapersQueueUrl"], AttributeNames=names)
        return sum(map(int, found["Attributes"].values()))

    def is_idle(self) -> bool:
        return not self.messages("", "NotVisible", "Delayed")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an operator's command on this stack to its end."""
        return run_command(*arguments, AWS_ENDPOINT_URL=self.endpoint, **CREDENTIALS)

    def get(self, key: str) -> requests.Response:
        """Ask CloudFront for a file of the site."""
        host = self.site_url.removeprefix("http://")
        return requests.get(f"{self.endpoint}/{key}", headers={"Host": host}, timeout=10)

    def edition(self, day: str) -> Json | None:
        answer = self.get(f"editions/{day}.json")
        return answer.json() if answer.ok else None

    def complete_edition(self, day: str, papers: int) -> Json:
        def look() -> Json | None:
            edition = self.edition(day)
            full = edition and edition["counts"]["announced"] == papers and not edition["counts"]["pending"]
            return edition if full else None

        edition = wait_until(look, f"the edition of {day}")
        assert edition
        return edition


@cache
def _session() -> boto3.Session:
    return boto3.Session("test", "test", region_name="us-east-1")


@cache
def _client(endpoint: str, service: str) -> Any:
    """Made once: making one takes longer than most of what is asked of it."""
    make: Any = _session().client
    config = PATIENT if service == "lambda" else Config(read_timeout=120)
    return make(service, endpoint_url=endpoint, config=config)


@contextmanager
def stack_over(
    sample: Path, state: Path | None = None, *, latency: float = 0.0, interval: float = 0.0
) -> Iterator[Stack]:
    """`arxiv-daily local up` over stand-ins that the test owns, interrupted at the end as by Ctrl-C.

    Claude takes `latency` seconds to answer; arXiv is asked every `interval` seconds at most.
    """
    with stand_in("claude", sample, "--latency", str(latency)) as claude, stand_in("arxiv", sample) as arxiv:
        addresses = {
            "ARXIV_API_URL": f"{arxiv}/api/query",
            "ARXIV_FEED_URL": f"{arxiv}/atom",
            "ARXIV_SITE_URL": arxiv,
            "ARXIV_REQUEST_INTERVAL_SECONDS": str(interval),
        }
        with stack_at(addresses, claude, state) as running:
            yield running


@contextmanager
def stack_at(arxiv: Mapping[str, str], claude: str, state: Path | None = None) -> Iterator[Stack]:
    """`arxiv-daily local up` with arXiv's addresses and Claude's, interrupted at the end as by Ctrl-C."""
    process = subprocess.Popen(
        [COMMAND, "local", "up", *(("--state", str(state)) if state else ())],
        env=environment(**arxiv, ANTHROPIC_BASE_URL=claude),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        assert first, process.stderr.read()
        found = json.loads(first)
        try:
            yield Stack(found["endpoint"], found["site_url"], found["outputs"], process, StandIn(claude))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """A stack over the sample day that tests share: each looks at papers and days of its own."""
    with stack_over(SAMPLE) as running:
        yield running
