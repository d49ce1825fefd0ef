"""`arxiv-daily edition`: what stands in an edition."""

import json
from datetime import date
from typing import Annotated, Any

import typer

from arxiv_daily.editions.view import edition_view
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import EditionFacts
from arxiv_daily.publishing.documents import edition_document
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily_cli.deployed.command import AsJson, StackName, a_date, errors, readable_errors
from arxiv_daily_cli.deployed.stack import find


def edition(
    day: Annotated[date, typer.Argument(parser=a_date, metavar="DATE", help="Date of the edition, as 2026-02-12.")],
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Tell what stands in an edition, or why nothing does."""
    with readable_errors():
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
