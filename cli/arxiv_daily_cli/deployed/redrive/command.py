"""`arxiv-daily redrive`: the command."""

import json
from collections.abc import Sequence
from typing import Annotated

import boto3
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from arxiv_daily.models import PaperRef
from arxiv_daily_cli.deployed.command import NEEDS_A_PERSON, AsJson, StackName, a_paper, readable_errors
from arxiv_daily_cli.deployed.redrive.changes import redrive_changes
from arxiv_daily_cli.deployed.redrive.notices import redrive_notices
from arxiv_daily_cli.deployed.redrive.outcome import Deed, Outcome
from arxiv_daily_cli.deployed.redrive.papers import redrive_letters, requeue
from arxiv_daily_cli.deployed.stack import DeployedStack, find

_LONGEST = 200
"""Characters of a letter's body that are shown."""


def redrive(
    refs: Annotated[
        list[PaperRef] | None,
        typer.Argument(parser=a_paper, metavar="ID", help="Papers to queue again; without any, the dead letters."),
    ] = None,
    *,
    discard: Annotated[
        bool, typer.Option("--discard", help="Show dead letters that cannot be used, and delete them.")
    ] = False,
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Put dead letters back to where they came from, or queue papers again by their ids.

    What was read and paid for is not bought again. The exit code is 3 when something was left for a person.
    """
    with readable_errors():
        stack = find(stack_name)
        outcomes = requeue(stack, refs) if refs else _letters(stack, discard=discard)
    if as_json:
        typer.echo(json.dumps([one.model_dump(mode="json") for one in outcomes], ensure_ascii=False))
    elif outcomes:
        Console(highlight=False).print(_table(outcomes))
    else:
        typer.echo("There are no dead letters.")
    if any(one.deed is Deed.LEFT for one in outcomes):
        raise typer.Exit(NEEDS_A_PERSON)


def _letters(stack: DeployedStack, *, discard: bool) -> list[Outcome]:
    return [
        *redrive_letters(stack, discard=discard),
        *redrive_changes(stack, boto3.client("dynamodbstreams"), discard=discard),
        *redrive_notices(stack, discard=discard),
    ]


def _table(outcomes: Sequence[Outcome]) -> Table:
    grid = Table.grid(padding=(0, 2))
    for one in outcomes:
        about = one.about if len(one.about) <= _LONGEST else f"{one.about[:_LONGEST]} …"
        said = f"{one.said} ({one.deed})" if one.deed in {Deed.LEFT, Deed.DISCARDED} else one.said
        grid.add_row(one.queue, Text(about), Text(said, "red" if one.deed is Deed.LEFT else ""))
    return grid
