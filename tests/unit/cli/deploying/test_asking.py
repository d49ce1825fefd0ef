"""The questions of a first deployment."""

import json
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner, Result

from arxiv_daily_cli.deploying.asking import ask, ask_key
from arxiv_daily_cli.deploying.parameters import Parameters
from tests.unit.cli.deploying.test_parameters import PARAMETERS

ONLY = {
    name: PARAMETERS[name]
    for name in ("Categories", "ScheduleExpression", "ClaudePlatform", "AnthropicWorkspaceId", "Model", "SecondModel")
}
DEFAULTS = {name: one.default for name, one in PARAMETERS.items()}


def asked(*answers: str, parameters: Parameters = ONLY, **current: str) -> Result:
    """What is asked of a person who answers so; an empty answer takes what is proposed."""
    app = typer.Typer()
    app.command()(lambda: typer.echo(json.dumps(ask(parameters, {**DEFAULTS, **current}))))
    return CliRunner().invoke(app, input="".join(f"{answer}\n" for answer in answers))


def answers_of(done: Result) -> dict[str, str]:
    """The last line; what was typed stands above it."""
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_whoever_takes_what_is_proposed_gets_the_template_s_defaults() -> None:
    answers = answers_of(asked("", "", "", ""))
    assert answers == {name: DEFAULTS[name] for name in ("Categories", "ScheduleExpression", "ClaudePlatform", "Model")}


def test_a_bad_answer_is_refused_with_the_parameter_s_words_and_asked_again() -> None:
    done = asked("speech!", "cs.CL", "at nine", "9:10", "", "")
    assert "Categories cannot be 'speech!': it must be categories such as cs.SD,eess.AS" in done.stderr
    assert "at is no time of day" in done.stderr
    answers = answers_of(done)
    assert (answers["Categories"], answers["ScheduleExpression"]) == ("cs.CL", "cron(10 9 * * ? *)")


def test_what_unusual_times_mean_is_said_at_once() -> None:
    assert "From November to March arXiv announces at 09:00" in asked("", "8:50", "", "").stderr


def test_claude_on_aws_needs_a_workspace() -> None:
    done = asked("", "", "aws", "", "wrkspc_1", "")
    assert "Claude Platform on AWS needs a workspace" in done.stderr
    assert answers_of(done)["AnthropicWorkspaceId"] == "wrkspc_1"


def test_models_are_proposed_by_their_names_on_bedrock() -> None:
    answers = answers_of(asked("", "", "bedrock", "", ""))
    assert answers["Model"] == f"anthropic.{DEFAULTS['Model']}"
    assert answers["SecondModel"] == f"anthropic.{DEFAULTS['SecondModel']}"


def test_what_the_stack_has_is_proposed() -> None:
    assert answers_of(asked("", "", "", "", Categories="cs.CV"))["Categories"] == "cs.CV"


def test_a_parameter_that_may_be_empty_shows_no_empty_brackets() -> None:
    mail = replace(PARAMETERS["Contact"], name="AlarmsAddress")
    done = asked("", parameters={"AlarmsAddress": mail}, AlarmsAddress="")
    assert answers_of(done) == {"AlarmsAddress": ""}
    assert "[]" not in done.stderr


def test_a_question_without_an_answer_ends_the_command() -> None:
    assert asked("cs.CL").exit_code == 1


@pytest.mark.parametrize("slip", ["sk-ant two words", "", "ключ"])
def test_the_key_is_asked_again_after_a_slip_and_never_shown(slip: str) -> None:
    app = typer.Typer()
    app.command()(lambda: typer.echo(len(ask_key("/arxiv-daily/anthropic-api-key"))))
    done = CliRunner().invoke(app, input=f"{slip}\n  sk-ant-secret \n")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == str(len("sk-ant-secret"))
    assert "sk-ant" not in done.output
