"""Deciding what a deployment sets, from defaults, the stack, the command and the answers of a person."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

import typer

from arxiv_daily_cli.deployed.command import errors
from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying.asking import ask, ask_key
from arxiv_daily_cli.deploying.key import USUAL_BEGINNING, KeyParameter, checked, parameter_for
from arxiv_daily_cli.deploying.parameters import BadParameter, Parameters
from arxiv_daily_cli.deploying.runbook import RUNBOOK
from arxiv_daily_cli.deploying.wishes import Wishes, confirm

KEY, SECRET = "AnthropicApiKeyParameter", "AnthropicApiKeySecretArn"
_SHORT = 100
"""Characters of a value that the summary shows."""


@dataclass(frozen=True)
class Plan:
    values: dict[str, str]
    """Every parameter of the stack as it will be."""
    overrides: dict[str, str]
    """Those that CloudFormation must be told; it keeps the others."""

    @property
    def needs_key(self) -> bool:
        return self.values["ClaudePlatform"] == "anthropic" and not self.values[SECRET]


def plan(
    name: str,
    parameters: Parameters,
    stack: Mapping[str, str],
    before: Mapping[str, str],
    wishes: Wishes,
    *,
    runbook: str | None = None,
) -> Plan:
    """Decide every parameter; people are asked about a new stack, or when they wish so.

    `stack` is what the stack has, nothing for a new one, and `before` what it had before it was deleted. `runbook` is
    the runbook's address, which people who are asked see in place of its path.
    """
    current = _current(name, parameters, {**before, **stack}, wishes)
    asked = is_asked(stack, wishes)
    answers = ask(parameters, current) if asked else {}
    link = {RUNBOOK: runbook} if asked and runbook and current[RUNBOOK] == parameters[RUNBOOK].default else {}
    values = {**current, **answers, **link}
    known = {one.name: stack.get(one.name, one.default) for one in parameters.values()}
    return Plan(values, {one: value for one, value in values.items() if value != known[one]})


def is_asked(stack: Mapping[str, str], wishes: Wishes) -> bool:
    return (not stack or wishes.guided) and not wishes.yes


def agree(decided: Plan) -> None:
    """Show what will be set and let a person say yes. Raises typer.Exit on a no."""
    errors.print("\nTo be set:" if decided.overrides else "\nEverything stays as the template proposes it.")
    for name, value in decided.overrides.items():
        shown = value if len(value) <= _SHORT else f"{value[:_SHORT]}…"
        errors.print(f"  {name} = {shown or 'nothing'}", markup=False)
    if not confirm("\nDeploy this?"):
        raise typer.Exit(1)


def require_key_to_replace(decided: Plan, wishes: Wishes) -> None:
    """Raises StackUnusable where another key was wished and none in the parameter store is used."""
    if not wishes.replace_key or decided.needs_key:
        return
    if (platform := decided.values["ClaudePlatform"]) != "anthropic":
        raise StackUnusable(f"there is no key to replace: Claude is reached by the functions' roles ({platform})")
    raise StackUnusable(
        f"the key is read from the secret {decided.values[SECRET]}, so --replace-key would change nothing: put the new "
        "key there, as the secret's whole text, in the console of Secrets Manager"
    )


def new_key(stored: KeyParameter, wishes: Wishes) -> str | None:
    """A key to store; None where one is there already, and shall stay. Raises StackUnusable."""
    if stored.is_there() and not wishes.replace_key:
        errors.print(f"\nThe Anthropic API key in {stored.name} stays (--replace-key stores another).", markup=False)
        return None
    named = os.environ.get("ANTHROPIC_API_KEY", "")
    if not named and wishes.yes:
        raise StackUnusable(f"there is no Anthropic API key in {stored.name}: set ANTHROPIC_API_KEY, and it goes there")
    try:
        key = checked(named) if named else ask_key(stored.name)
    except BadParameter as error:
        raise StackUnusable(f"ANTHROPIC_API_KEY cannot be used: {error}") from error
    if not key.startswith(USUAL_BEGINNING):
        errors.print(f"This is no usual key of Anthropic, which begins with {USUAL_BEGINNING}.", style="yellow")
    return key


def _current(name: str, parameters: Parameters, before: Mapping[str, str], wishes: Wishes) -> dict[str, str]:
    """Defaults, below what the stack has or had, below what the command was told."""
    defaults = {one.name: one.default for one in parameters.values()} | {KEY: parameter_for(name)}
    had = {one: value for one, value in before.items() if one in parameters}
    return {**defaults, **had, **wishes.chosen}
