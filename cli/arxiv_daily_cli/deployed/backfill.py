"""`arxiv-daily backfill`: the editions of past dates."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.progress import track

from arxiv_daily.editions.window import budget_day, edition_date
from arxiv_daily_cli.deployed.command import AsJson, StackName, Threshold, Yes, a_date, errors, readable_errors
from arxiv_daily_cli.deployed.estimate import ask_above, backfill_estimate
from arxiv_daily_cli.deployed.stack import DeployedStack, find
from arxiv_daily_cli.functions import FunctionFailed


def backfill(
    first: Annotated[date, typer.Argument(parser=a_date, metavar="DATE", help="The date, or the first of a range.")],
    last: Annotated[
        date | None, typer.Argument(parser=a_date, metavar="LAST", help="The last date of the range.")
    ] = None,
    *,
    stack_name: StackName = "arxiv-daily",
    threshold: Threshold = 1.0,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Fill the editions of past dates from what arXiv lists for them; a filled one is left as it is."""
    now = datetime.now(UTC)
    days = _range(first, last or first, edition_date(now))
    with readable_errors():
        stack = find(stack_name)
        estimate = backfill_estimate(stack, days, budget_day(now))
        errors.print(str(estimate))
        ask_above(round(threshold * 1_000_000), estimate.cost, confirmed=yes)
        reports = [
            _filled(stack, day)
            for day in track(days, "Filling", console=errors, transient=True, disable=not errors.is_terminal)
        ]
    _tell(reports, as_json=as_json)
    if any("error" in report for report in reports):
        raise typer.Exit(1)


def _range(first: date, last: date, today: date) -> list[date]:
    """Raises typer.BadParameter."""
    if last < first:
        raise typer.BadParameter(f"the range ends on {last}, before it begins on {first}")
    if last > today:
        raise typer.BadParameter(f"{last} is to come: the latest edition is that of {today}")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _filled(stack: DeployedStack, day: date) -> dict[str, Any]:
    try:
        report = stack.fetch({"edition_date": day.isoformat()})
    except FunctionFailed as failure:
        errors.print(f"{day}: {failure}; run the command again to go on", style="red", markup=False)
        return {"edition_date": day.isoformat(), "error": str(failure)}
    errors.print(f"{day}: {report['seen']} papers, {report['joined']} of them new here")
    return report


def _tell(reports: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(reports, ensure_ascii=False))
        return
    failed = sum("error" in report for report in reports)
    joined = sum(report.get("joined", 0) for report in reports)
    typer.echo(f"{len(reports)} dates: {joined} papers joined, {failed} dates failed.")
