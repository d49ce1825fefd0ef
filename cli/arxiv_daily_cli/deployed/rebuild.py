"""`arxiv-daily rebuild`: readings made again."""

import json
from datetime import date
from typing import Annotated, Any

import typer
from rich.progress import track

from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed.command import AsJson, StackName, Threshold, Yes, a_date, dollars, errors, readable_errors
from arxiv_daily_cli.deployed.estimate import ask_above
from arxiv_daily_cli.deployed.stack import DeployedStack, find
from arxiv_daily_cli.functions import FunctionFailed


def rebuild(
    days: Annotated[
        list[date] | None, typer.Argument(parser=a_date, metavar="[DATE]...", help="Of editions; all of them without.")
    ] = None,
    *,
    stale: Annotated[bool, typer.Option("--stale", help="Read again what an older prompt wrote, and nothing else.")],
    stack_name: StackName = "arxiv-daily",
    threshold: Threshold = 1.0,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Have papers read again, after an estimate; each keeps its reading until the new one is there."""
    if not stale:
        raise typer.BadParameter("say what to make again: --stale, what an older prompt wrote")
    with readable_errors():
        stack = find(stack_name)
        chosen = sorted(days or (row.date for row in SiteStore(stack.table).rows()))
        estimates = _each(stack, chosen, estimate=True)
        papers, cost = _sum(estimates, "stale"), _sum(estimates, "expected_cost")
        errors.print(f"{papers} papers of {len(chosen)} editions are stale: about {dollars(cost)} to read them again.")
        ask_above(round(threshold * 1_000_000), cost, confirmed=yes)
        due = [date.fromisoformat(report["edition_date"]) for report in estimates if report.get("stale")]
        reports = _each(stack, due, estimate=False)
    _tell(reports, as_json=as_json)
    if any("error" in report for report in (*estimates, *reports)):
        raise typer.Exit(1)


def _each(stack: DeployedStack, days: list[date], *, estimate: bool) -> list[dict[str, Any]]:
    what = "Looking" if estimate else "Queueing"
    bar = track(days, what, console=errors, transient=True, disable=not errors.is_terminal)
    return [_asked(stack, day, estimate=estimate) for day in bar]


def _asked(stack: DeployedStack, day: date, *, estimate: bool) -> dict[str, Any]:
    try:
        return stack.fetch({"reread_stale": day.isoformat(), "estimate": estimate})
    except FunctionFailed as failure:
        errors.print(f"{day}: {failure}; run the command again to go on", style="red", markup=False)
        return {"edition_date": day.isoformat(), "error": str(failure)}


def _sum(reports: list[dict[str, Any]], name: str) -> int:
    return sum(report.get(name, 0) for report in reports)


def _tell(reports: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(reports, ensure_ascii=False))
    else:
        typer.echo(f"{_sum(reports, 'messages')} papers of {len(reports)} editions are queued.")
