"""The template as a whole."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from cfnlint.api import lint_file

from tests.infra.conftest import TEMPLATE

Json = dict[str, Any]

OUTPUTS = {
    "FetchFunctionName",
    "SummarizeFunctionName",
    "OnDemandFunctionName",
    "AggregateFunctionName",
    "TableName",
    "SiteBucketName",
    "PapersQueueUrl",
    "PapersDeadLetterQueueUrl",
    "AggregateFailuresQueueUrl",
    "EditionsBusName",
    "NotifyFunctionName",
    "NotifyDeadLetterQueueUrl",
    "SiteUrl",
}
PHYSICAL_NAMES = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::Events::Rule": "Name",
    "AWS::IAM::Role": "RoleName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Scheduler::Schedule": "Name",
}


def _findings(path: Path) -> list[str]:
    return [f"{one.rule.id} {one.message} ({one.linenumber})" for one in lint_file(path)]


def test_the_template_is_clean_as_written() -> None:
    assert _findings(TEMPLATE) == []


def test_the_template_is_clean_as_cloudformation_receives_it(translated: Json, tmp_path: Path) -> None:
    path = tmp_path / "translated.json"
    path.write_text(json.dumps(translated), encoding="utf-8")
    assert _findings(path) == []


def test_cfn_lint_would_have_found_a_mistake(translated: Json, tmp_path: Path) -> None:
    broken = copy.deepcopy(translated)
    broken["Resources"]["SummarizeFunctionPapers"]["Properties"]["BatchSize"] = 0
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    assert _findings(path)


def test_the_outputs_that_people_script_against_are_all_there(template: Json) -> None:
    assert template["Outputs"].keys() >= OUTPUTS


def test_every_parameter_and_output_says_what_it_is(template: Json) -> None:
    described = {**template["Parameters"], **template["Outputs"]}
    assert not [name for name, one in described.items() if not one.get("Description")]


def test_every_parameter_has_a_default_so_that_a_first_deployment_asks_nothing(template: Json) -> None:
    assert not [name for name, one in template["Parameters"].items() if "Default" not in one]


def test_every_parameter_stands_in_one_group_of_the_console_s_form(template: Json) -> None:
    groups = template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    grouped = [name for group in groups for name in group["Parameters"]]
    assert sorted(grouped) == sorted(template["Parameters"])


@pytest.mark.parametrize(("kind", "name"), PHYSICAL_NAMES.items())
def test_nothing_has_a_fixed_name_so_that_one_account_can_hold_two_stacks(
    kind: str, name: str, translated: Json
) -> None:
    resources = [one for one in translated["Resources"].values() if one["Type"] == kind]
    assert resources
    assert not [one for one in resources if name in one.get("Properties", {})]


def test_the_bus_which_must_have_a_name_is_named_after_its_stack(template: Json) -> None:
    assert template["Resources"]["EditionsBus"]["Properties"]["Name"] == {"Fn::Sub": "${AWS::StackName}-editions"}


def test_no_secret_can_be_a_parameter(template: Json) -> None:
    secrets = [name for name in template["Parameters"] if name.endswith(("Key", "Secret", "Token"))]
    assert not secrets
