"""A stack's condition on one screen."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily_cli.deployed.command import dollars, papers
from arxiv_daily_cli.deployed.status.condition import Condition
from arxiv_daily_cli.deployed.status.verdict import Problem

_NAMED = 5
"""Pending and failed papers each; the others are counted."""
_UNKNOWN = "not known"


def show(found: Condition, needed: Sequence[Problem]) -> None:
    console = Console(highlight=False)
    console.print(_facts(found))
    if found.editions is not None:
        console.print(_editions(found) if found.editions else "There is no edition yet.")
    for part in (_pending(found), _failed(found)):
        if part:
            console.print(part)
    console.print()
    console.print(_verdict(needed))


def moment(at: datetime) -> str:
    """As Thu 26 Nov 08:50, in this machine's zone."""
    return f"{at.astimezone():%a %d %b %H:%M}"


def _facts(found: Condition) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_row("Stack", Text(f"{found.stack}  {found.stack_status}  {found.site_url}"))
    grid.add_row("Schedule", _schedule(found))
    grid.add_row("Claude", _claude(found))
    grid.add_row("Budget", _budget(found))
    grid.add_row("Dead letters", _letters(found))
    grid.add_row("Alarms", _alarms(found))
    if found.holidays.are_ending:
        grid.add_row("Holidays", _holidays(found))
    return grid


def _schedule(found: Condition) -> Text:
    schedule = found.schedule
    if schedule is None:
        return Text(_UNKNOWN, "yellow")
    if not schedule.is_on:
        return Text("paused; arxiv-daily resume switches it on", "yellow")
    if schedule.next_probe is None:
        return Text(f"on; {schedule.expression} in {schedule.zone}")
    there, here = schedule.next_probe.astimezone(EDITION_ZONE), schedule.next_probe.astimezone()
    local = f"; {here:%a %H:%M} {here.tzname()} here" if here.utcoffset() != there.utcoffset() else ""
    return Text(f"on; next probe {there:%a %d %b %H:%M} {EDITION_ZONE.key}{local}")


def _claude(found: Condition) -> Text:
    if found.claude is None:
        return Text(_UNKNOWN, "yellow")
    if not found.claude.closed:
        return Text("answers")
    until = f"; tried again from {moment(found.claude.until)}" if found.claude.until else ""
    return Text(f"closed: {found.claude.closed}{until}", "red")


def _budget(found: Condition) -> Text:
    budget = found.budget
    if budget is None:
        return Text(_UNKNOWN, "yellow")
    held = budget.committed - budget.spent
    more = [f"{dollars(held, 4)} held"] if held else []
    more += [f"{papers(budget.papers)} asked about"] if budget.papers else []
    more += [f"{papers(budget.unpaid)} waiting for a better day"] if budget.unpaid else []
    said = f"{dollars(budget.spent, 4)} of {dollars(budget.limit)} spent on {budget.date}"
    return Text("; ".join([said, *more]), "red" if budget.is_used_up else "")


def _letters(found: Condition) -> Text:
    if found.dead_letters is None:
        return Text(_UNKNOWN, "yellow")
    counted = "  ".join(f"{queue.name} {queue.messages}" for queue in found.dead_letters)
    return Text(counted, "red" if any(queue.messages for queue in found.dead_letters) else "")


def _alarms(found: Condition) -> Text:
    if found.alarms is None:
        return Text(_UNKNOWN, "yellow")
    on = ", ".join(alarm.name for alarm in found.alarms.on)
    return Text(f"{on} (of {found.alarms.known})", "red") if on else Text(f"none of {found.alarms.known} is on")


def _holidays(found: Condition) -> Text:
    until = found.holidays.until
    update = f"update to a release that lists {until.year + 1}"
    return Text(f"listed until {until}; later, an empty day's reason may be wrong: {update}", "yellow")


def _editions(found: Condition) -> Table:
    table = Table()
    table.add_column("Edition")
    table.add_column("Status")
    figures = ("announced", "shown", "ready", "pending", "failed")
    for name in figures:
        table.add_column(name.capitalize(), justify="right")
    for line in found.editions or ():
        table.add_row(str(line.date), line.status, *(str(getattr(line.counts, name)) for name in figures))
    return table


def _pending(found: Condition) -> RenderableType | None:
    rows = [
        (
            one.paper,
            str(one.edition_date),
            one.reason + (f" (not before {moment(one.not_before)})" if one.not_before else ""),
        )
        for one in found.pending or ()
    ]
    return _list("Pending, oldest first", rows)


def _failed(found: Condition) -> RenderableType | None:
    return _list("Failed", [(one.paper, str(one.edition_date), one.reason) for one in found.failed or ()])


def _list(title: str, rows: Sequence[tuple[str, str, str]]) -> RenderableType | None:
    if not rows:
        return None
    grid = Table.grid(padding=(0, 2), expand=False)
    grid.title, grid.title_justify, grid.title_style = f"{title} ({len(rows)})", "left", "bold"
    for row in rows[:_NAMED]:
        grid.add_row(*map(Text, row))
    if len(rows) > _NAMED:
        grid.add_row(f"and {len(rows) - _NAMED} more", "", "")
    return Padding(grid, (1, 0, 0, 0))


def _verdict(needed: Iterable[Problem]) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    for problem in needed:
        grid.add_row(Text("!", "red"), Text(f"{problem.what[:1].upper()}{problem.what[1:]}"))
        grid.add_row("", Text(f"→ {problem.next}", "dim"))
    return grid if grid.row_count else Text("All is well.", "green")
