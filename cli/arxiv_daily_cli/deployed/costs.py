"""`arxiv-daily costs`: what Claude was paid, a day at a time."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from arxiv_daily.digests.cost import PRICES_DATE
from arxiv_daily.editions.window import budget_day
from arxiv_daily.models import BudgetDay
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily_cli.deployed.command import AsJson, StackName, dollars, readable_errors
from arxiv_daily_cli.deployed.stack import find

Figures = dict[str, int]

_TITLES = {
    "papers": "Papers",
    "calls": "Calls",
    "input_tokens": "Tokens in",
    "output_tokens": "Tokens out",
    "spent": "Spent",
    "committed": "Committed",
}
"""Of the figures of a BudgetDay that add up."""
_MONEY = {"spent", "committed"}


def costs(
    days: Annotated[int, typer.Option("--days", min=1, help="How many days, up to today.")] = 14,
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Tell what each day's calls of Claude cost. Days are those of Asia/Shanghai; JSON is in micro-dollars."""
    today = budget_day(datetime.now(UTC))
    first = today - timedelta(days=days - 1)
    with readable_errors():
        recorded = BudgetStore(find(stack_name).table).days(first, today)
    total = {name: sum(_figures(day)[name] for day in recorded) for name in _TITLES}
    if as_json:
        typer.echo(json.dumps(_document(first, today, recorded, total)))
        return
    Console(highlight=False).print(_table(first, today, recorded, total))
    if unsettled := sum(day.unsettled for day in recorded):
        typer.echo(f"Calls under way, or whose run was cut off: {unsettled}. They count as committed.")
    typer.echo(f"Prices of {PRICES_DATE}.")


def _span(first: date, last: date, recorded: list[BudgetDay]) -> list[BudgetDay]:
    """Every day, those without a record included."""
    known = {day.date: day for day in recorded}
    dates = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [known.get(day, BudgetDay(date=day)) for day in dates]


def _document(first: date, last: date, recorded: list[BudgetDay], total: Figures) -> dict[str, object]:
    days = [day.model_dump(mode="json") for day in _span(first, last, recorded)]
    return {"prices_of": str(PRICES_DATE), "unit": "micro-dollars", "days": days, "total": total}


def _table(first: date, last: date, recorded: list[BudgetDay], total: Figures) -> Table:
    table = Table(show_footer=True)
    table.add_column("Date", footer="Total")
    for name, title in _TITLES.items():
        table.add_column(title, footer=_written(name, total[name]), justify="right")
    for day in _span(first, last, recorded):
        figures = _figures(day)
        cells = [_written(name, figures[name]) for name in figures] if any(figures.values()) else ["none"]
        table.add_row(str(day.date), *cells)
    return table


def _figures(day: BudgetDay) -> Figures:
    return {name: getattr(day, name) for name in _TITLES}


def _written(name: str, figure: int) -> str:
    return dollars(figure, 4) if name in _MONEY else f"{figure:,}"
