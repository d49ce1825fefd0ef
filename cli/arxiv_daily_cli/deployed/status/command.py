"""`arxiv-daily status`: the command."""

import json
from typing import Annotated

import typer

from arxiv_daily_cli.deployed.command import NEEDS_A_PERSON, AsJson, StackName, readable_errors
from arxiv_daily_cli.deployed.stack import find
from arxiv_daily_cli.deployed.status.condition import condition_of
from arxiv_daily_cli.deployed.status.screen import show
from arxiv_daily_cli.deployed.status.verdict import problems


def status(
    last: Annotated[int, typer.Option("--editions", min=1, help="How many of the newest editions.")] = 5,
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Tell on one screen how things stand. The exit code is 0 when all is well, 3 when something needs a person."""
    with readable_errors():
        found = condition_of(find(stack_name), last)
    needed = problems(found)
    if as_json:
        document = {**found.model_dump(mode="json"), "problems": [one.model_dump() for one in needed]}
        typer.echo(json.dumps(document, ensure_ascii=False))
    else:
        show(found, needed)
    if needed:
        raise typer.Exit(NEEDS_A_PERSON)
