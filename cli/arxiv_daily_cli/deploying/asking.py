"""The questions of a first deployment, each from the template's own words, asked again until the answer fits."""

from collections.abc import Callable, Mapping
from datetime import datetime

import typer

from arxiv_daily.editions.window import EDITION_ZONE
from arxiv_daily_cli.deployed.command import errors
from arxiv_daily_cli.deploying import times
from arxiv_daily_cli.deploying.key import checked
from arxiv_daily_cli.deploying.parameters import BadParameter, Parameter, Parameters

ASKED = (
    *("Categories", "Language", "ScheduleExpression", "ClaudePlatform", "AnthropicWorkspaceId", "Model", "SecondModel"),
    *("DailyBudget", "AlarmsAddress", "NoticesAddress"),
)
"""In this order, where the template has them; all others keep what they are."""

_BEDROCK = "anthropic."
"""What names of models begin with on Amazon Bedrock, and nowhere else."""


def ask(parameters: Parameters, current: Mapping[str, str]) -> dict[str, str]:
    """A checked value for each parameter that is asked; what is proposed is `current`."""
    answers: dict[str, str] = {}
    for name in ASKED:
        if name in parameters and _applies(name, {**current, **answers}):
            answers[name] = _answer(parameters[name], _proposed(name, {**current, **answers}))
    return answers


def ask_key(where: str) -> str:
    """An Anthropic API key, typed without being shown."""
    errors.print("\n[bold]The Anthropic API key[/bold]")
    errors.print(f"From platform.claude.com; it is stored encrypted, in {where}.", markup=False)
    return _prompt("", checked, hide=True)


def _applies(name: str, values: Mapping[str, str]) -> bool:
    match name:
        case "AnthropicWorkspaceId":
            return values["ClaudePlatform"] == "aws"
        case "SecondModel":  # asked only where the usual name is another one
            return values[name] != _proposed(name, values)
        case _:
            return True


def _proposed(name: str, values: Mapping[str, str]) -> str:
    value = values[name]
    if name not in {"Model", "SecondModel"} or not value:
        return value
    bare = value.removeprefix(_BEDROCK)
    return _BEDROCK + bare if values["ClaudePlatform"] == "bedrock" else bare


def _answer(parameter: Parameter, proposed: str) -> str:
    errors.print(f"\n[bold]{parameter.name}[/bold]", highlight=False)
    errors.print(parameter.description, markup=False)
    if parameter.allowed:
        errors.print(f"One of {', '.join(parameter.allowed)}.", markup=False)
    if parameter.name == "ScheduleExpression":
        return _schedule(parameter, proposed)
    if parameter.name == "AnthropicWorkspaceId":
        return _prompt(proposed, lambda text: _workspace(parameter, text))
    return _prompt(proposed, lambda text: _accepted(parameter, text))


def _schedule(parameter: Parameter, proposed: str) -> str:
    now = datetime.now(EDITION_ZONE)
    errors.print(f"Times of day there, where it is {now:%H:%M} now, or a cron expression.")
    cron = _prompt(times.said(proposed), lambda text: _accepted(parameter, times.expression(text)))
    for remark in times.remarks(cron):
        errors.print(remark, style="yellow", markup=False)
    return cron


def _prompt(proposed: str, value_of: Callable[[str], str], *, hide: bool = False) -> str:
    """Ask until `value_of` takes the answer."""

    def checked_answer(text: str) -> str:
        try:
            return value_of(text)
        except BadParameter as error:
            raise typer.BadParameter(str(error)) from error

    shown = bool(proposed)
    answer: str = typer.prompt(
        "",
        default=proposed,
        value_proc=checked_answer,
        err=True,
        hide_input=hide,
        prompt_suffix="> ",
        show_default=shown,
    )
    return answer


def _accepted(parameter: Parameter, text: str) -> str:
    value = text.strip()
    parameter.check(value)
    return value


def _workspace(parameter: Parameter, text: str) -> str:
    if not text.strip():
        raise BadParameter("Claude Platform on AWS needs a workspace")
    return _accepted(parameter, text)
