"""Removing objects that do not belong to the site: a part of `arxiv-daily rebuild`."""

from collections.abc import Collection
from datetime import datetime

import boto3
import typer

from arxiv_daily_cli.deployed.command import errors
from arxiv_daily_cli.deployed.estimate import can_ask
from arxiv_daily_cli.deployed.stack import DeployedStack

_BATCH = 1000
"""Objects in one DeleteObjects; S3's limit."""
_NAMED = 20


def prune_site(stack: DeployedStack, belong: Collection[str], started: datetime, *, confirmed: bool) -> list[str]:
    """Delete what does not belong and was there before `started`, after a question; the keys.

    What was written since may belong to an edition that nobody has listed. Raises typer.Exit or typer.Abort when
    the answer is no.
    """
    client, bucket = boto3.client("s3"), stack.outputs["SiteBucketName"]
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    lies = [item for page in pages for item in page.get("Contents", [])]
    surplus = sorted(item["Key"] for item in lies if item["Key"] not in belong and item["LastModified"] < started)
    if surplus:
        _ask(surplus, confirmed=confirmed)
    for start in range(0, len(surplus), _BATCH):
        batch = [{"Key": key} for key in surplus[start : start + _BATCH]]
        client.delete_objects(Bucket=bucket, Delete={"Objects": batch})  # type: ignore[typeddict-item]  # keys alone
    return surplus


def _ask(surplus: list[str], *, confirmed: bool) -> None:
    for key in surplus[:_NAMED]:
        errors.print(f"  {key}", markup=False)
    more = f", {len(surplus) - _NAMED} of them not named here" if len(surplus) > _NAMED else ""
    errors.print(f"{len(surplus)} objects do not belong to the site{more}.")
    if confirmed:
        return
    if not can_ask():
        errors.print("There is nobody to ask whether to remove them: say --yes. Nothing was removed.", style="red")
        raise typer.Exit(2)
    typer.confirm("Remove them?", abort=True, err=True)
