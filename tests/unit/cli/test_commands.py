import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from arxiv_daily_cli.main import app

COMMANDS = (
    *("status", "doctor", "edition", "costs", "logs"),
    *("paper", "backfill", "hide", "pause", "rebuild", "redrive", "resume"),
)


def test_help_shows_every_command_in_its_group() -> None:
    said = CliRunner().invoke(app, ["--help"]).stdout
    look, act, local = (said.index(group) for group in ("Look at", "Act on", "Without an AWS"))
    places = [said.index(f"│ {name} ") for name in COMMANDS]
    assert all(look < place < act for place in places[:5])
    assert all(act < place < local for place in places[5:])
    assert said.index("│ local ") > local


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_json(command: str) -> None:
    said = CliRunner().invoke(app, [command, "--help"]).stdout
    assert "--json" in said
    assert "--stack-name" in said


def test_a_shell_gets_its_completion() -> None:
    command = Path(sys.executable).with_name("arxiv-daily")
    script = f"{command} --show-completion; true"  # so that the shell stays, and is found
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)  # noqa: S607
    assert "complete -o default -F _arxiv_daily_completion arxiv-daily" in done.stdout


def test_completion_names_the_commands() -> None:
    command = Path(sys.executable).with_name("arxiv-daily")
    asked = {"_ARXIV_DAILY_COMPLETE": "complete_bash", "COMP_WORDS": "arxiv-daily re", "COMP_CWORD": "1"}
    done = subprocess.run([command], env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) == {"rebuild", "redrive", "restore", "resume"}


def test_help_says_how_the_shell_learns_to_complete() -> None:
    assert "arxiv-daily --install-completion" in " ".join(CliRunner().invoke(app, ["--help"]).stdout.split())
