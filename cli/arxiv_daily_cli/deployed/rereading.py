"""What an older prompt wrote, read again: a part of `arxiv-daily rebuild`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.progress import track

from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed.command import dollars, errors
from arxiv_daily_cli.deployed.estimate import ask_above
from arxiv_daily_cli.deployed.stack import DeployedStack
from arxiv_daily_cli.functions import FunctionFailed

Report = dict[str, Any]


def reread(stack: DeployedStack, days: Sequence[date], threshold: int, *, confirmed: bool) -> list[Report]:
    """Queue what is stale in these editions, or in all, after an estimate; a report of each edition.

    One that could not be looked at or queued has an error in its report.
    """
    chosen = sorted(days or (row.date for row in SiteStore(stack.table).rows()))
    estimates = _each(stack, chosen, estimate=True)
    papers, cost = total(estimates, "stale"), total(estimates, "expected_cost")
    errors.print(f"{papers} papers of {len(chosen)} editions are stale: about {dollars(cost)} to read them again.")
    ask_above(threshold, cost, confirmed=confirmed)
    due = [date.fromisoformat(report["edition_date"]) for report in estimates if report.get("stale")]
    return [report for report in estimates if "error" in report] + _each(stack, due, estimate=False)


def total(reports: Sequence[Report], name: str) -> int:
    return sum(report.get(name, 0) for report in reports)


def _each(stack: DeployedStack, days: list[date], *, estimate: bool) -> list[Report]:
    what = "Looking" if estimate else "Queueing"
    bar = track(days, what, console=errors, transient=True, disable=not errors.is_terminal)
    return [_asked(stack, day, estimate=estimate) for day in bar]


def _asked(stack: DeployedStack, day: date, *, estimate: bool) -> Report:
    try:
        return stack.fetch({"reread_stale": day.isoformat(), "estimate": estimate})
    except FunctionFailed as failure:
        errors.print(f"{day}: {failure}; run the command again to go on", style="red", markup=False)
        return {"edition_date": day.isoformat(), "error": str(failure)}
