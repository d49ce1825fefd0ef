"""`arxiv-daily rebuild`: pages made again from the table, or readings made again."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.progress import track

from arxiv_daily.store.site import SiteStore, month_of
from arxiv_daily_cli.deployed.command import AsJson, StackName, Threshold, Yes, a_date, errors, readable_errors
from arxiv_daily_cli.deployed.pruning import prune_site
from arxiv_daily_cli.deployed.rereading import reread, total
from arxiv_daily_cli.deployed.stack import DeployedStack, find
from arxiv_daily_cli.functions import FunctionFailed

Report = dict[str, Any]


def rebuild(
    days: Annotated[list[date] | None, typer.Argument(parser=a_date, metavar="DATE", help="Of editions.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="The whole site, from the table alone.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="With --all: then remove objects that do not belong to the site.")
    ] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="Read again what an older prompt wrote, and nothing else.")
    ] = False,
    stack_name: StackName = "arxiv-daily",
    threshold: Threshold = 1.0,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Make pages again from the table, which costs no tokens; with --stale, have papers read again instead.

    That tells first what it will cost. Each paper keeps its reading until the new one is there.
    """
    _refuse_contradictions(days or [], everything=everything, prune=prune, stale=stale)
    started = datetime.now(UTC)
    with readable_errors():
        stack = find(stack_name)
        if stale:
            reports = reread(stack, days or [], round(threshold * 1_000_000), confirmed=yes)
            result: Any = reports
            said = f"{total(reports, 'messages')} papers of {len(reports)} editions are queued."
        else:
            reports = _rendered(stack, days or [], everything=everything)
            removed = _pruned(stack, reports, started, confirmed=yes) if prune else []
            written = total(reports, "written")
            result = {"objects": len(_keys(reports)), "written": written, "removed": removed}
            said = f"{len(_keys(reports))} objects are as the table says; {written} had to be written."
    typer.echo(json.dumps(result, ensure_ascii=False) if as_json else said)
    if any("error" in report for report in reports):
        raise typer.Exit(1)


def _refuse_contradictions(days: Sequence[date], *, everything: bool, prune: bool, stale: bool) -> None:
    """Raises typer.BadParameter."""
    if everything and (days or stale):
        raise typer.BadParameter("--all is the whole site: leave dates and --stale out")
    if prune and not everything:
        raise typer.BadParameter("--prune needs --all: only then it is known what belongs to the site")
    if not (everything or days or stale):
        raise typer.BadParameter("say what to make again: dates, --all, or --stale for what an older prompt wrote")


def _rendered(stack: DeployedStack, days: Sequence[date], *, everything: bool) -> list[Report]:
    """Editions, then their months, then what is beyond them; a report of each part."""
    chosen = [row.date for row in SiteStore(stack.table).rows()] if everything else days
    months = {month_of(day) for day in chosen}
    parts = [*map(str, sorted(chosen)), *sorted(months), "site"]
    bar = track(parts, "Making", console=errors, transient=True, disable=not errors.is_terminal)
    return [_made(stack, part) for part in bar]


def _made(stack: DeployedStack, part: str) -> Report:
    try:
        return stack.aggregate({"rebuild": part})
    except FunctionFailed as failure:
        errors.print(f"{part}: {failure}; run the command again to go on", style="red", markup=False)
        return {"rebuild": part, "error": str(failure)}


def _pruned(stack: DeployedStack, reports: Sequence[Report], started: datetime, *, confirmed: bool) -> list[str]:
    if any("error" in report for report in reports):
        errors.print("Nothing was removed: not every part could be made, so what belongs is not known.", style="red")
        return []
    return prune_site(stack, _keys(reports), started, confirmed=confirmed)


def _keys(reports: Sequence[Report]) -> set[str]:
    """What belongs to the site."""
    return {key for report in reports for key in report.get("keys", ())}
