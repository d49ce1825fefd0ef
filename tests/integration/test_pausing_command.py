"""`arxiv-daily pause` and `resume`, on a stack of moto's CloudFormation."""

import json

import boto3
import pytest
from typer.testing import CliRunner, Result

from arxiv_daily_cli.deployed import pausing
from arxiv_daily_cli.main import app

TEMPLATE = {
    "Parameters": {
        "ScheduleState": {"Type": "String", "Default": "ENABLED"},
        "Categories": {"Type": "String", "Default": "cs.SD"},
    },
    "Resources": {
        "Table": {
            "Type": "AWS::SQS::Queue",
            "Properties": {"Tags": [{"Key": "state", "Value": {"Ref": "ScheduleState"}}]},
        }
    },
    "Outputs": {"SiteBucketName": {"Value": "a-bucket"}, "Categories": {"Value": {"Ref": "Categories"}}},
}


@pytest.fixture(autouse=True)
def deployed(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pausing, "LOOK_EVERY_SECONDS", 0)
    boto3.client("cloudformation").create_stack(
        StackName="arxiv-daily",
        TemplateBody=json.dumps(TEMPLATE),
        Parameters=[{"ParameterKey": "Categories", "ParameterValue": "eess.AS"}],
    )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def parameters() -> dict[str, str]:
    (stack,) = boto3.client("cloudformation").describe_stacks(StackName="arxiv-daily")["Stacks"]
    return {one["ParameterKey"]: one["ParameterValue"] for one in stack["Parameters"]}


def test_pause_changes_the_schedule_and_nothing_else() -> None:
    result = run("pause")
    assert (result.exit_code, "is paused until arxiv-daily resume" in result.stdout) == (0, True)
    assert parameters() == {"ScheduleState": "DISABLED", "Categories": "eess.AS"}


def test_resume_undoes_it() -> None:
    run("pause")
    assert json.loads(run("resume", "--json").stdout) == {"schedule": "on", "changed": True}
    assert parameters()["ScheduleState"] == "ENABLED"


def test_what_is_so_already_is_left_and_said() -> None:
    result = run("resume")
    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing to do.")
    assert json.loads(run("resume", "--json").stdout) == {"schedule": "on", "changed": False}


def test_a_stack_that_is_not_there_is_named_with_the_region() -> None:
    result = run("pause", "--stack-name", "another")
    assert result.exit_code == 1
    assert "there is no stack another here (region us-east-1)" in result.stderr
