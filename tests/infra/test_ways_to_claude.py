"""Each way to Claude gives the functions that ask it what that way needs, and nothing of the others."""

from typing import Any

import pytest

from tests.infra.conditions import decided
from tests.infra.conftest import ROOT

Json = dict[str, Any]

SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:claude-AbCdEf"  # noqa: S105 - a name
ASKING = ["SummarizeFunctionRole", "OnDemandFunctionRole"]
PREFIXES = ("ssm:", "secretsmanager:", "bedrock", "aws-external-anthropic:")
WAYS = {
    "a key in SSM": ({}, "ssm:GetParameter", ":parameter${AnthropicApiKeyParameter}"),
    "a key in Secrets Manager": (
        {"AnthropicApiKeySecretArn": SECRET},
        "secretsmanager:GetSecretValue",
        "AnthropicApiKeySecretArn",
    ),
    "Claude Platform on AWS": (
        {"ClaudePlatform": "aws", "AnthropicWorkspaceId": "wrkspc_1"},
        "aws-external-anthropic:CreateInference",
        ":aws-external-anthropic:${AWS::Region}:${AWS::AccountId}:workspace/${AnthropicWorkspaceId}",
    ),
    "Amazon Bedrock": (
        {"ClaudePlatform": "bedrock"},
        "bedrock-mantle:CreateInference",
        ":bedrock-mantle:${AWS::Region}:${AWS::AccountId}:project/default",
    ),
}


def statements(translated: Json, role: str, parameters: dict[str, str]) -> list[Json]:
    """What the role may do that has to do with Claude."""
    policies = decided(translated, **parameters)[role]["Properties"]["Policies"]
    found = [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]
    return [one for one in found if str(one["Action"]).startswith(PREFIXES)]


@pytest.mark.parametrize("role", ASKING)
@pytest.mark.parametrize("way", WAYS)
def test_a_way_grants_one_action_on_one_resource(way: str, role: str, translated: Json) -> None:
    parameters, action, resource = WAYS[way]
    [statement] = statements(translated, role, parameters)
    assert statement["Action"] == action
    [where] = statement["Resource"].values()
    assert where.endswith(resource)


@pytest.mark.parametrize("role", ASKING)
def test_bedrock_is_asked_for_the_configured_models_alone(role: str, translated: Json) -> None:
    [statement] = statements(translated, role, WAYS["Amazon Bedrock"][0])
    assert statement["Condition"] == {
        "StringEquals": {"bedrock-mantle:Model": [{"Ref": "Model"}, {"Ref": "SecondModel"}]}
    }


@pytest.mark.parametrize("role", ["FetchFunctionRole", "AggregateFunctionRole"])
@pytest.mark.parametrize("way", WAYS)
def test_functions_that_do_not_ask_claude_may_not(way: str, role: str, translated: Json) -> None:
    assert statements(translated, role, WAYS[way][0]) == []


def test_claude_platform_on_aws_is_refused_without_a_workspace(template: Json) -> None:
    rule = template["Rules"]["WorkspaceOnAws"]
    assert rule["RuleCondition"] == {"Fn::Equals": [{"Ref": "ClaudePlatform"}, "aws"]}
    [assertion] = rule["Assertions"]
    assert assertion["Assert"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "AnthropicWorkspaceId"}, ""]}]}


def test_the_environment_of_a_function_names_where_the_key_is_and_never_holds_it(functions: dict[str, Json]) -> None:
    for name in ("summarize", "on_demand"):
        variables = functions[name]["Environment"]["Variables"]
        assert variables["ANTHROPIC_API_KEY_PARAMETER"] == {"Ref": "AnthropicApiKeyParameter"}
        assert variables["ANTHROPIC_API_KEY_SECRET_ARN"] == {"Ref": "AnthropicApiKeySecretArn"}
        assert "ANTHROPIC_API_KEY" not in variables


def test_no_value_in_the_template_is_a_key() -> None:
    assert "sk-ant-" not in (ROOT / "infra" / "template.yaml").read_text(encoding="utf-8")
