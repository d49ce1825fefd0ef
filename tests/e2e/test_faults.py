"""A day on which much goes wrong ends as the day on which nothing did, and nothing is bought twice."""

import json
import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import SAMPLE, Json, Stack, stack_over, wait_until

DAY = "2026-03-05"
EVENT = {"time": "2026-03-05T00:50:00Z"}
PAPERS = 8
SHORT_TIME = 30
"""Seconds that a worker of the summarize function may take here, so that a lost one is missed soon."""
KILLED, OVERLOADED, LIMITED, NONSENSE, NOT_JSON = (f"2699.0000{number}" for number in (1, 2, 3, 4, 7))


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """The day without faults: the sample without its moods."""
    folder = tmp_path_factory.mktemp("calm")
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    for reply in (folder / "replies").glob("*.json"):
        reply.write_text(json.dumps(json.loads(reply.read_text(encoding="utf-8")) | {"moods": []}), encoding="utf-8")
    with stack_over(folder) as stack:
        stack.invoke("FetchFunctionName", EVENT)
        stack.complete_edition(DAY, PAPERS)
        assert len(stack.claude.asked()) == PAPERS
        return contents(stack)


@pytest.fixture(scope="module")
def stormy() -> Iterator[Stack]:
    """The same day with a killed worker, an overloaded Claude, and answers that are none; its event comes thrice."""
    with stack_over(SAMPLE) as stack:
        give_little_time(stack)
        stack.claude.take_on(KILLED, "hang")
        stack.claude.take_on(OVERLOADED, "overloaded", "overloaded")
        stack.claude.take_on(LIMITED, "rate_limited")
        stack.claude.take_on(NONSENSE, "nonsense")
        stack.claude.take_on(NOT_JSON, "not_json")
        stack.invoke("FetchFunctionName", EVENT)
        stack.invoke("FetchFunctionName", EVENT)
        wait_until(lambda: [asked for asked in stack.claude.asked() if asked["mood"] == "hang"], "the call that hangs")
        kill_workers(stack)
        stack.invoke("FetchFunctionName", EVENT)
        stack.complete_edition(DAY, PAPERS)
        yield stack


def give_little_time(stack: Stack) -> None:
    stack.client("lambda").update_function_configuration(
        FunctionName=stack.outputs["SummarizeFunctionName"], Timeout=SHORT_TIME
    )


def kill_workers(stack: Stack) -> None:
    """SIGKILL to every process that runs the summarize function."""
    name = f"AWS_LAMBDA_FUNCTION_NAME={stack.outputs['SummarizeFunctionName']}".encode()
    port = f"GATEWAY_PORT={stack.endpoint.rpartition(':')[2]}".encode()
    killed = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes().split(b"\0")
        except OSError:  # it ended meanwhile
            continue
        if name in environment and port in environment:
            os.kill(int(process.name), signal.SIGKILL)
            killed += 1
    assert killed


def contents(stack: Stack) -> Json:
    """What readers get of the day, without when and at what cost it was made, and at which address it lies."""
    documents = {paper: stack.get(f"papers/{paper}.json").json() for paper in ids(stack)}
    for document in documents.values():
        for name in ("generated_at", "usage", "cost"):
            del document["digest"]["provenance"][name]
    post = stack.client("s3").get_object(Bucket=stack.outputs["SiteBucketName"], Key=f"_posts/{DAY}-arxiv.md")
    return {
        "edition": stack.edition(DAY),
        "page": stack.get(f"editions/{DAY}.html").text.replace(stack.site_url, ""),
        "post": post["Body"].read().decode(),
        "home": stack.get("index.html").text.replace(stack.site_url, ""),
        "papers": documents,
    }


def ids(stack: Stack) -> list[str]:
    edition = stack.edition(DAY)
    assert edition
    return [paper["paper_id"] for paper in edition["papers"]]


def answered(stack: Stack) -> list[Json]:
    """Requests that Claude answered with a message, which is what costs."""
    return [asked for asked in stack.claude.asked() if asked["status"] == 200]


def test_the_stormy_day_ends_like_the_calm_one(calm: Json, stormy: Stack) -> None:
    assert contents(stormy) == calm


def test_the_storm_really_blew(stormy: Stack) -> None:
    moods = Counter(asked["mood"] for asked in stormy.claude.asked())
    assert moods["hang"] == moods["nonsense"] == moods["not_json"] == moods["rate_limited"] == 1
    assert moods["overloaded"] == 3  # two of them planned here, one by the sample
    assert moods["server_error"] == 1


def test_no_answered_request_was_bought_twice(stormy: Stack) -> None:
    usable = [asked["body_sha256"] for asked in answered(stormy) if asked["mood"] != "not_json"]
    assert len(usable) == len(set(usable)) == PAPERS + 1  # one answer was nonsense, and corrected once


def test_nothing_is_left_in_the_queues(stormy: Stack) -> None:
    for name in ("PapersQueueUrl", "PapersDeadLetterQueueUrl"):
        wait_until(lambda name=name: is_empty(stormy, name), f"an empty {name}")  # type: ignore[misc]


def is_empty(stack: Stack, name: str) -> bool:
    counted = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    found = stack.client("sqs").get_queue_attributes(QueueUrl=stack.outputs[name], AttributeNames=counted)
    return not any(int(found["Attributes"][one]) for one in counted)


def test_a_run_repeated_after_the_day_changes_no_object(stormy: Stack) -> None:
    before = objects(stormy)
    stormy.invoke("FetchFunctionName", EVENT)
    assert objects(stormy) == before
    assert len(answered(stormy)) == PAPERS + 2


def objects(stack: Stack) -> dict[str, str]:
    """When each object was last written."""
    listed = stack.client("s3").list_objects_v2(Bucket=stack.outputs["SiteBucketName"])
    return {item["Key"]: str(item["LastModified"]) for item in listed["Contents"]}


def test_a_time_that_nobody_put_in_is_refused_with_what_to_send(stormy: Stack) -> None:
    answer = stormy.invoke("FetchFunctionName", {"time": "<aws.scheduler.scheduled-time>"})
    assert "2026-02-12T00:50:00Z" in json.dumps(answer)
