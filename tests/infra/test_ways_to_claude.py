"""What the ways to Claude need besides their permissions (which test_permissions.py lists)."""

from typing import Any

from tests.infra.conftest import ROOT

Json = dict[str, Any]


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
