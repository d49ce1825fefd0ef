"""`arxiv-daily doctor`: the command."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from arxiv_daily_cli.deployed.command import NEEDS_A_PERSON, AsJson, StackName, errors
from arxiv_daily_cli.deployed.doctor import account, arxiv, deployment, secret
from arxiv_daily_cli.deployed.doctor.finding import (
    NEEDS_CREDENTIALS,
    NEEDS_THE_STACK,
    Checked,
    Finding,
    Mark,
    checked,
    ok,
    unknown,
)
from arxiv_daily_cli.deployed.stack import DeployedStack, find

_AROUND: dict[str, Callable[[], Finding]] = {
    "versions": account.versions,
    "region": account.region,
    "credentials": account.credentials,
    "clock": account.clock,
    "holidays": account.holidays,
}
_OF_STACK: dict[str, Callable[[DeployedStack], Finding]] = {
    "status": deployment.status,
    "outputs": deployment.outputs,
    "drift": deployment.drift,
    "functions": deployment.functions,
    "triggers": deployment.triggers,
    "schedule": deployment.schedule,
    "log groups": deployment.log_groups,
    "quotas": deployment.quotas,
    "secret": secret.secret,
    "Claude": secret.claude,
    "gate": secret.gate,
    "arXiv": arxiv.arxiv,
}
_SIGNS = {Mark.OK: ("✓", "green"), Mark.NOTE: ("i", "yellow"), Mark.WRONG: ("✗", "red"), Mark.UNKNOWN: ("?", "yellow")}


def doctor(stack_name: StackName = "arxiv-daily", as_json: AsJson = False) -> None:
    """Check what may be wrong with a deployment, and say what to do. It asks arXiv once, in its turn.

    The exit code is 0 when all is well, 3 when something is wrong or could not be checked.
    """
    found = list(_checks(stack_name))
    if as_json:
        typer.echo(json.dumps([one.model_dump() for one in found], ensure_ascii=False))
    else:
        _show(found)
    if any(one.mark in {Mark.WRONG, Mark.UNKNOWN} for one in found):
        raise typer.Exit(NEEDS_A_PERSON)


def _checks(stack_name: str) -> Iterator[Checked]:
    around = [_watched(name, check) for name, check in _AROUND.items()]
    yield from around
    stacks: list[DeployedStack] = []

    def look() -> Finding:
        if any(one.check == "credentials" and one.mark is Mark.WRONG for one in around):
            return unknown(NEEDS_CREDENTIALS)
        stacks.append(find(stack_name))
        return ok(f"{stack_name} is an arXiv Daily")

    yield _watched("stack", look)
    for name, of_stack in _OF_STACK.items():
        yield _watched(name, partial(of_stack, stacks[0]) if stacks else lambda: unknown(NEEDS_THE_STACK))


def _watched(name: str, check: Callable[[], Finding]) -> Checked:
    """Looking for drift takes a minute: say what goes on."""
    with errors.status(f"Checking {name} …"):
        return checked(name, check)


def _show(found: Sequence[Checked]) -> None:
    grid = Table.grid(padding=(0, 1))
    told = [one for one in found if one.said != NEEDS_THE_STACK]
    for one in told:
        sign, style = _SIGNS[one.mark]
        grid.add_row(Text(sign, style), one.check, Text(one.said))
        if one.next:
            grid.add_row("", "", Text(f"→ {one.next}", "dim"))
    if left := [one.check for one in found if one.said == NEEDS_THE_STACK]:
        sign, style = _SIGNS[Mark.UNKNOWN]
        grid.add_row(Text(sign, style), "the rest", Text(f"{NEEDS_THE_STACK}: {', '.join(left)}"))
    Console(highlight=False).print(grid)
