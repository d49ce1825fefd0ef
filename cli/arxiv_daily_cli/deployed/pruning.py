"""Removing objects that do not belong to the site: a part of `arxiv-daily rebuild`."""

from collections.abc import Collection
from datetime import datetime, timedelta

import boto3
import typer

from arxiv_daily.store.papers import PaperStore
from arxiv_daily_cli.deployed.command import errors
from arxiv_daily_cli.deployed.estimate import can_ask
from arxiv_daily_cli.deployed.stack import DeployedStack

_BATCH = 1000
"""Objects in one DeleteObjects; S3's limit."""
_NAMED = 20
_YOUNG = timedelta(hours=1)


def prune_site(stack: DeployedStack, belong: Collection[str], started: datetime, *, confirmed: bool) -> list[str]:
    """Delete what does not belong and was there an hour before `started`, after a question; the keys.

    What was written since may belong to an edition that nobody has listed; the hour is for a clock that is wrong. Pages
    of papers that the table knows stay: one that is just tried again is not among those that belong. Raises typer.Exit
    or typer.Abort when the answer is no.
    """
    client, bucket = boto3.client("s3"), stack.outputs["SiteBucketName"]
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    lies = [item for page in pages for item in page.get("Contents", [])]
    old = [item["Key"] for item in lies if item["LastModified"] < started - _YOUNG]
    surplus = sorted(key for key in old if key not in belong and not _is_of_a_known_paper(stack, key))
    if surplus:
        _ask(surplus, confirmed=confirmed)
    for batch in [surplus[start : start + _BATCH] for start in range(0, len(surplus), _BATCH)]:
        answer = client.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in batch]})
        for error in answer.get("Errors", []):
            errors.print(f"{error.get('Key')} could not be removed: {error.get('Message')}", style="red", markup=False)
            surplus.remove(str(error.get("Key")))
    return surplus


def _is_of_a_known_paper(stack: DeployedStack, key: str) -> bool:
    folder, _, rest = key.partition("/")
    paper_id = rest.removesuffix(".html").removesuffix(".json")
    return folder == "papers" and bool(PaperStore(stack.table).all_versions(paper_id))


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
