"""`arxiv-daily hide`: a reading taken down."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from pydantic import ValidationError

from arxiv_daily.models import PaperVersion, TakeDown
from arxiv_daily.store.papers import PaperStore
from arxiv_daily_cli.deployed.command import AsJson, StackName, a_paper, errors, readable_errors
from arxiv_daily_cli.deployed.stack import find


def hide(
    paper: Annotated[str, typer.Argument(metavar="ID", help="2602.10934; 2602.10934v1 is that version alone.")],
    *,
    reason: Annotated[str, typer.Option(help="Why, for readers: it stands on the page.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Show the reading again.")] = False,
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Take a paper's reading down: its pages show the abstract and the reason from then on, rebuilt ones too."""
    ref, taken_down, now = a_paper(paper), _take_down(reason, undo=undo), datetime.now(UTC)
    with readable_errors():
        store = PaperStore(find(stack_name).table)
        stored = [version.paper.ref for version in store.all_versions(ref.paper_id)]
        chosen = sorted((one for one in stored if ref.version in {None, one.version}), key=str)
        for one in chosen:
            store.change(one, lambda version: _with(version, taken_down, now))
    if not chosen:
        errors.print(f"Error: this stack has never read {ref}; nothing was changed.", style="red", markup=False)
        raise typer.Exit(1)
    if as_json:
        typer.echo(json.dumps({"papers": [str(one) for one in chosen], "taken_down": taken_down is not None}))
    else:
        deed = "is shown again" if undo else "is taken down"
        typer.echo(f"The reading of {', '.join(map(str, chosen))} {deed}; the pages follow in a few seconds.")


def _take_down(reason: str, *, undo: bool) -> TakeDown | None:
    """Raises typer.BadParameter."""
    if undo == bool(reason.strip()):
        raise typer.BadParameter("say --reason, which readers will see, or --undo")
    if undo:
        return None
    try:
        return TakeDown(reason=reason, at=datetime.now(UTC))
    except ValidationError as error:
        raise typer.BadParameter(f"the reason {error.errors()[0]['msg']}") from error


def _with(version: PaperVersion, taken_down: TakeDown | None, now: datetime) -> PaperVersion:
    """What was taken back is remembered, since readers are told when a page changed."""
    if taken_down is None and version.down:
        taken_down = version.down.model_copy(update={"lifted_at": now})
    return version.model_copy(update={"taken_down": taken_down or version.taken_down})
