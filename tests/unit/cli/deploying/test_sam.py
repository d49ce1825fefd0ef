"""What SAM is started with."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.deploying import sam

VALUES = {
    "ScheduleExpression": "cron(50 8,10 * * ? *)",
    "KeywordsIn": "",
    "SiteNotice": 'it\'s "quoted", a=b 样例',
    "Authors": r"back\slash, \ space, \"q\" \\ end",
    "Contact": '"whole"',
}


class Started:
    """Notes how a program was started, and the parameters that it was handed."""

    command: list[str]
    environment: dict[str, str]
    parameters: dict[str, str]

    def __call__(self, command: list[str], env: dict[str, str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.command, self.environment = command, env
        files = [part.removeprefix("file://") for part in command if part.startswith("file://")]
        self.parameters = yaml.safe_load(Path(files[0]).read_text(encoding="utf-8")) if files else {}
        return subprocess.CompletedProcess(command, 0)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Started:
    note = Started()
    monkeypatch.setattr(subprocess, "run", note)
    monkeypatch.setattr(sam, "SAM", tmp_path)
    return note


def as_sam_unquotes(value: str) -> str:
    """What aws-sam-cli 1.170 does to each value of a parameters file."""
    if value and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return re.sub(r"\\ ", " ", value).replace('\\"', '"').replace("\\'", "'")


def test_every_value_reaches_cloudformation_as_it_was_given(started: Started) -> None:
    sam.deploy(Path("built.yaml"), "arxiv-daily", "us-east-1", VALUES, confirm=False)
    assert {name: as_sam_unquotes(value) for name, value in started.parameters.items()} == VALUES


def test_no_value_stands_among_the_arguments(started: Started) -> None:
    sam.deploy(Path("built.yaml"), "arxiv-daily", "us-east-1", VALUES, confirm=False)
    assert not [part for part in started.command for value in VALUES.values() if value and value in part]


def test_nothing_is_overridden_where_nothing_changes(started: Started) -> None:
    sam.deploy(Path("built.yaml"), "arxiv-daily", "us-east-1", {}, confirm=True)
    assert "--parameter-overrides" not in started.command
    assert "--confirm-changeset" in started.command


def test_sam_never_sees_the_key(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-secret")
    sam.deploy(Path("built.yaml"), "arxiv-daily", "us-east-1", {}, confirm=False)
    assert "sk-ant-secret" not in [*started.command, *started.environment.values()]


def test_without_sam_it_is_said_how_to_get_it(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sam, "SAM", Path("/nowhere/sam"))
    with pytest.raises(StackUnusable, match="run `make build` first"):
        sam.deploy(Path("built.yaml"), "arxiv-daily", "us-east-1", {}, confirm=False)
