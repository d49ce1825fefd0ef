"""The site lost and made again by `arxiv-daily rebuild --all`, the table by `restore`, on the deployed template."""

import json
from typing import Any

from tests.e2e.conftest import Stack, wait_until

DAY, ASKED = "2026-03-05", "2699.00008"


def objects(stack: Stack) -> dict[str, bytes]:
    client, bucket = stack.client("s3"), stack.outputs["SiteBucketName"]
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
    return {key: client.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}


def command(stack: Stack, *arguments: str) -> Any:
    done = stack.command(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_site_that_was_lost_comes_back_byte_for_byte_and_take_downs_with_it(stack: Stack) -> None:
    stack.invoke("FetchFunctionName", {"time": f"{DAY}T00:50:00Z"})
    stack.complete_edition(DAY, papers=8)
    assert command(stack, "hide", ASKED, "--reason", "译文有误")["taken_down"]
    wait_until(lambda: stack.get("feed.json").text, "the feed", of=lambda text: "译文有误" in text)
    wait_until(lambda: (stack.edition(DAY) or {})["counts"]["taken_down"], "the edition's data", of=lambda n: n == 1)
    grown = objects(stack)
    for key in grown:
        stack.client("s3").delete_object(Bucket=stack.outputs["SiteBucketName"], Key=key)
    found = command(stack, "rebuild", "--all")
    made = objects(stack)
    assert {key for key in grown.keys() | made.keys() if grown.get(key) != made.get(key)} == set()
    assert found["objects"] == len(made)
    command(stack, "hide", ASKED, "--undo")
    wait_until(lambda: stack.get("feed.json").text, "the feed", of=lambda text: "译文有误" not in text)


def test_a_table_that_lost_an_edition_gets_it_back_from_a_point_in_time(stack: Stack) -> None:
    """The drill of docs/operating.md."""
    stack.invoke("FetchFunctionName", {"time": f"{DAY}T00:50:00Z"})
    before = stack.complete_edition(DAY, papers=8)
    restored = restore_to_a_point_in_time(stack)
    lost = [{"PK": item["PK"], "SK": item["SK"]} for item in stack.table.scan()["Items"] if item["PK"] != "GATE"]
    for key in lost:
        stack.table.delete_item(Key=key)
    found = command(stack, "restore", restored)
    assert found["added"] == len(lost)
    assert command(stack, "restore", restored)["added"] == 0
    assert command(stack, "rebuild", "--all")["objects"] > 0
    assert stack.edition(DAY) == before
    stack.invoke("FetchFunctionName", {"time": f"{DAY}T04:50:00Z"})
    assert stack.complete_edition(DAY, papers=8)["papers"] == before["papers"]


def restore_to_a_point_in_time(stack: Stack) -> str:
    client, name = stack.client("dynamodb"), f"{stack.outputs['TableName']}-restored"
    client.restore_table_to_point_in_time(
        SourceTableName=stack.outputs["TableName"], TargetTableName=name, UseLatestRestorableTime=True
    )
    wait_until(lambda: client.describe_table(TableName=name)["Table"]["TableStatus"] == "ACTIVE", "the restored table")
    return name
