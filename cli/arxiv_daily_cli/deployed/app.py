"""The commands for a deployed stack."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.progress import track

from arxiv_daily.editions.view import edition_view
from arxiv_daily.editions.window import edition_date, window_of
from arxiv_daily.models import EditionFacts
from arxiv_daily.publishing.documents import edition_document
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily_cli.deployed.stack import DeployedStack, StackUnusable, find
from arxiv_daily_cli.functions import FunctionFailed

errors = Console(stderr=True, highlight=False, soft_wrap=True)

_EXPECTED = (StackUnusable, BotoCoreError, ClientError)


def _a_date(text: str) -> date:
    """Raises typer.BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no date: write it like 2026-02-12") from error


StackName = Annotated[str, typer.Option(help="Name of the deployed stack.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def edition(
    day: Annotated[date, typer.Argument(parser=_a_date, metavar="DATE", help="Date of the edition, as 2026-02-12.")],
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Tell what stands in an edition, or why nothing does."""
    with _readable_errors():
        document = find(stack_name).edition(day) or _unpublished(day)
    if as_json:
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    counts = document["counts"]
    typer.echo(f"{day}  {document['status']}  {document['status_text']}")
    typer.echo("  ".join(f"{name} {counts[name]}" for name in counts if counts[name]) or "no papers")
    for seen in document["papers"]:
        rule = f" ({seen['hidden_by']})" if seen["hidden_by"] else ""
        typer.echo(f"  {seen['paper_id']}  {seen['kind']:7} {seen['state']}{rule}  {seen['title']}")
    for source in document["sources"]:
        outcome = source["error"] or f"{source['seen']} papers"
        typer.echo(f"  {source['witness']} at {source['at']}: {source['state']}, {outcome}")


def _unpublished(day: date) -> dict[str, Any]:
    """What arXiv's calendar alone says of a date that this stack has no edition of."""
    facts = EditionFacts(date=day, window=window_of(day))
    errors.print(f"This stack has published no edition of {day}; arXiv's calendar says:")
    return edition_document(edition_view(facts, [], {}, [], calendar_day(day)))


def backfill(
    first: Annotated[date, typer.Argument(parser=_a_date, metavar="DATE", help="The date, or the first of a range.")],
    last: Annotated[
        date | None, typer.Argument(parser=_a_date, metavar="[LAST]", help="The last date of the range.")
    ] = None,
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Fill the editions of past dates from what arXiv lists for them; a filled one is left as it is."""
    days = _range(first, last or first)
    with _readable_errors():
        stack = find(stack_name)
        reports = [
            _filled(stack, day)
            for day in track(days, "Filling", console=errors, transient=True, disable=not errors.is_terminal)
        ]
    if as_json:
        typer.echo(json.dumps(reports, ensure_ascii=False))
    else:
        failed = sum("error" in report for report in reports)
        joined = sum(report.get("joined", 0) for report in reports)
        typer.echo(f"{len(reports)} dates: {joined} papers joined, {failed} dates failed.")
    if any("error" in report for report in reports):
        raise typer.Exit(1)


def _range(first: date, last: date) -> list[date]:
    """Raises typer.BadParameter."""
    if last < first:
        raise typer.BadParameter(f"the range ends on {last}, before it begins on {first}")
    if last > (today := edition_date(datetime.now(UTC))):
        raise typer.BadParameter(f"{last} is to come: the latest edition is that of {today}")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _filled(stack: DeployedStack, day: date) -> dict[str, Any]:
    try:
        report = stack.backfill(day)
    except FunctionFailed as failure:
        errors.print(f"{day}: {failure}; run the command again to go on", style="red", markup=False)
        return {"edition_date": day.isoformat(), "error": str(failure)}
    errors.print(f"{day}: {report['seen']} papers, {report['joined']} of them new here")
    return report


@contextmanager
def _readable_errors() -> Iterator[None]:
    """What a person can mend is told in a sentence."""
    try:
        yield
    except _EXPECTED as error:
        errors.print(f"Error: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
