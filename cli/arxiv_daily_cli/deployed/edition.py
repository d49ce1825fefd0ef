"""`arxiv-daily edition`: what stands in an edition."""

import json
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer

from arxiv_daily.editions.view import edition_view
from arxiv_daily.editions.window import window_of
from arxiv_daily.models import DayKind, EditionFacts
from arxiv_daily.publishing.documents import edition_document
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed.command import AsJson, StackName, a_date, errors, fail, readable_errors
from arxiv_daily_cli.deployed.stack import DeployedStack, find


def edition(
    day: Annotated[date, typer.Argument(parser=a_date, metavar="DATE", help="Date of the edition, as 2026-02-12.")],
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Tell what stands in an edition, or why nothing does."""
    with readable_errors():
        stack = find(stack_name)
        document = stack.edition(day) or _unpublished(stack, day)
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


def _unpublished(stack: DeployedStack, day: date) -> dict[str, Any]:
    """What arXiv's calendar alone says of a date that has no page.

    Raises typer.Exit where that would be no explanation: of a past date on which arXiv announced papers, and of an
    edition that there is.
    """
    calendar = calendar_day(day)
    is_to_come = calendar.listed_at > datetime.now(UTC)
    if EditionStore(stack.table).known([day]):
        fail(
            f"the edition of {day} is in the table and not on the site: its page comes within minutes of a change, and "
            f"arxiv-daily rebuild {day} makes it at once"
        )
    if calendar.kind is DayKind.MAILING and not is_to_come:
        fail(f"there is no edition of {day}: {_why_missing(stack, day)}; arxiv-daily backfill {day} makes it")
    why = "is still to come" if is_to_come else "was not made"
    errors.print(f"This stack has published no edition of {day}, which {why}; arXiv's calendar says:")
    facts = EditionFacts(date=day, window=window_of(day))
    return edition_document(edition_view(facts, [], {}, [], calendar))


def _why_missing(stack: DeployedStack, day: date) -> str:
    made = SiteStore(stack.table).rows()
    if not made:
        return "this stack has made none yet"
    first = made[-1].date
    return f"the first one is that of {first}" if day < first else "it was never made"
