"""A day of the deployed template on the embedded AWS, with everything counted that AWS would charge for."""

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.costing import copied_days
from tests.costing.files import DayUse, FunctionUse
from tests.costing.processors import Processors
from tests.costing.relay import Counts, relay
from tests.costing.units import item_bytes
from tests.e2e.conftest import Stack, stack_over

PROBES = ("00:50", "02:50", "04:50", "06:50", "10:50", "14:50")
"""In UTC: the template's schedule."""

_THINKING_SECONDS = 1.0
"""Of the stand-in for Claude, so that papers are done one after the other, as they are with the real one."""
_QUIET_SECONDS, _PATIENCE_SECONDS = 3.0, 1500.0
_EVENT_BYTES = 26
"""What CloudWatch Logs adds to each event."""
_REPORT = "REPORT RequestId: "
"""How the line begins that Lambda writes at the end of each run."""


def measured_day(folder: Path, papers: int) -> DayUse:
    """The sample's day with so many papers: the first probe, its readings, the later probes."""
    copied_days.write(folder, papers)
    with stack_over(folder, latency=_THINKING_SECONDS) as stack, _counting(stack) as counts:
        day, processors = copied_days.DAY, Processors(int(stack.endpoint.rpartition(":")[2]))
        for probe in PROBES:
            stack.invoke("FetchFunctionName", {"time": f"{day}T{probe}:00Z"})
            _wait_until_complete(stack, papers, processors)
            _wait_until_quiet(counts)
            processors.look()
        return _day_use(stack, counts, processors, papers)


@contextmanager
def _counting(stack: Stack) -> Iterator[dict[str, Counts]]:
    """What each function asks of AWS, by the function's logical name; each one gets a relay of its own."""
    client, counted = stack.client("lambda"), dict[str, Counts]()
    with ExitStack() as relays:
        for name, function in functions(stack).items():
            address, counted[name] = relays.enter_context(relay(stack.endpoint))
            variables = client.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
            variables |= {"AWS_ENDPOINT_URL": address}
            client.update_function_configuration(FunctionName=function, Environment={"Variables": variables})
        yield counted


def functions(stack: Stack) -> dict[str, str]:
    """The names of the stack's functions by those of their outputs."""
    ending = "FunctionName"
    return {key.removesuffix(ending): name for key, name in stack.outputs.items() if key.endswith(ending)}


def _wait_until_complete(stack: Stack, papers: int, processors: Processors) -> None:
    """Raises TimeoutError."""
    pause, deadline = threading.Event(), time.monotonic() + _PATIENCE_SECONDS
    while True:
        processors.look()
        edition = stack.edition(copied_days.DAY)
        if edition and edition["counts"]["announced"] == papers and not edition["counts"]["pending"]:
            return
        if time.monotonic() > deadline:
            raise TimeoutError(f"{papers} papers were not read in {_PATIENCE_SECONDS:.0f} s")
        pause.wait(1)


def _wait_until_quiet(counts: Mapping[str, Counts]) -> None:
    """Nobody has asked for anything for a while."""
    pause, last, since = threading.Event(), -1, time.monotonic()
    while time.monotonic() - since < _QUIET_SECONDS:
        if (now := sum(one.total() for one in counts.values())) != last:
            last, since = now, time.monotonic()
        pause.wait(0.2)


def _day_use(stack: Stack, counts: Mapping[str, Counts], processors: Processors, papers: int) -> DayUse:
    named = functions(stack)
    objects = _objects(stack)
    return DayUse(
        papers=papers,
        functions={name: _function_use(stack, named[name], calls, processors) for name, calls in counts.items()},
        table_bytes=_table_bytes(stack),
        site_bytes=sum(objects.values()),
        site_objects=len(objects),
        page_bytes=objects[f"editions/{copied_days.DAY}.html"],
    )


def _function_use(stack: Stack, name: str, calls: Counts, processors: Processors) -> FunctionUse:
    configuration = stack.client("lambda").get_function_configuration(FunctionName=name)
    lines = _log_lines(stack, configuration["LoggingConfig"]["LogGroup"])
    return FunctionUse(
        memory_mb=configuration["MemorySize"],
        invocations=sum(line.startswith(_REPORT) for line in lines),
        processor_seconds=round(processors.seconds(name), 2),
        log_bytes=sum(len(line.encode()) + _EVENT_BYTES for line in lines),
        calls=dict(sorted(calls.items())),
    )


def _log_lines(stack: Stack, group: str) -> list[str]:
    pages = stack.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
    return [event["message"] for page in pages for event in page["events"]]


def _table_bytes(stack: Stack) -> int:
    pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=stack.outputs["TableName"])
    return sum(item_bytes(item) for page in pages for item in page["Items"])


def _objects(stack: Stack) -> dict[str, int]:
    """The size of each object of the site."""
    pages = stack.client("s3").get_paginator("list_objects_v2").paginate(Bucket=stack.outputs["SiteBucketName"])
    return {item["Key"]: item["Size"] for page in pages for item in page.get("Contents", [])}
