"""`arxiv-daily restore`: what was lost, out of a table that was restored or kept."""

import json
from collections import Counter
from typing import Annotated

import boto3
import typer
from rich.progress import Progress, SpinnerColumn, TextColumn

from arxiv_daily.store.restoring import Fate
from arxiv_daily.store.restoring import restore as bring_back
from arxiv_daily_cli.deployed.command import AsJson, StackName, errors, readable_errors
from arxiv_daily_cli.deployed.stack import find


def restore(
    table: Annotated[
        str, typer.Argument(help="Name or ARN of the table to bring items from; it stays as it is.", metavar="TABLE")
    ],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Bring back also items that differ here.")] = False,
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Bring into the stack's table what another table holds and it lacks; then make the site again: rebuild --all.

    The other table is one restored from a point in time, or one that an earlier stack left behind. Revisions grow,
    so that what comes back replaces what was published since.
    """
    fates: Counter[Fate] = Counter()
    with readable_errors():
        stack = find(stack_name)
        if table in {stack.outputs["TableName"], stack.table.table_arn}:
            raise typer.BadParameter("this is the stack's own table")
        with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=errors, transient=True) as progress:
            task = progress.add_task("looking …")

            def tell(fate: Fate) -> None:
                fates[fate] += 1
                progress.update(task, description=f"{fates.total():,} items looked at, {fates[Fate.ADDED]:,} added")

            bring_back(boto3.resource("dynamodb").Table(table), stack.table, replace=replace, tell=tell)
    if as_json:
        typer.echo(json.dumps({str(fate): fates[fate] for fate in Fate}))
        return
    typer.echo(", ".join(f"{fates[fate]:,} {fate}" for fate in Fate) + ".")
    if fates[Fate.ADDED] or fates[Fate.REPLACED]:
        typer.echo("Now make the site again: arxiv-daily rebuild --all")
    elif fates[Fate.KEPT]:
        typer.echo("Nothing was missing. Items that differ were kept; --replace brings those back, too.")
