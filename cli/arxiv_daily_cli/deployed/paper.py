"""`arxiv-daily paper`: any paper, read when somebody asks for it."""

import json
from typing import Annotated

import typer

from arxiv_daily.models import PaperRef
from arxiv_daily.store.papers import PaperStore
from arxiv_daily_cli import reading
from arxiv_daily_cli.deployed.command import AsJson, StackName, a_paper, errors, readable_errors
from arxiv_daily_cli.deployed.stack import DeployedStack, find


def paper(
    ref: Annotated[
        PaperRef,
        typer.Argument(
            parser=a_paper,
            metavar="ID",
            help="2602.10934, arXiv:2602.10934v1, hep-th/9901001, or an arxiv.org address.",
        ),
    ],
    *,
    patience: Annotated[
        float, typer.Option("--patience", min=0, metavar="SECONDS", help="How long to ask again while it waits.")
    ] = 300,
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Read one paper now and tell what came of it; one that was read before costs nothing.

    The exit code is 1 when there is no reading.
    """
    with readable_errors():
        stack = find(stack_name)
        document = reading.read(lambda: stack.on_demand({"paper_id": str(ref)}), _tell, patience)
        reason = _why_waiting(stack, document) if document["state"] == "pending" else ""
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False))
    else:
        reading.show(document, f"{stack.outputs['SiteUrl']}/papers/{document['paper_id']}.html")
    if reason:
        errors.print(reason, markup=False)
    if document["state"] != "ready":
        raise typer.Exit(1)


def _tell(sentence: str) -> None:
    errors.print(sentence, markup=False)


def _why_waiting(stack: DeployedStack, document: reading.Document) -> str:
    ref = PaperRef(paper_id=document["paper_id"], version=document["version"])
    work = PaperStore(stack.table).version(ref).work
    until = f", not before {work.not_before.astimezone():%a %H:%M:%S}" if work.not_before else ""
    return f"{ref} still waits: {work.error or work.state}{until}. Ask again later."
