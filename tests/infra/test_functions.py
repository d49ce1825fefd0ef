"""What each function is given: code, environment, logs."""

from typing import Any

import pytest

from arxiv_daily.settings import (
    AggregateSettings,
    FetchSettings,
    NotifySettings,
    OnDemandSettings,
    Settings,
    SummarizeSettings,
)
from tests.infra.conftest import ROOT

Json = dict[str, Any]

SETTINGS: dict[str, type[Settings]] = {
    "fetch": FetchSettings,
    "summarize": SummarizeSettings,
    "on_demand": OnDemandSettings,
    "aggregate": AggregateSettings,
    "notify": NotifySettings,
}


def test_every_function_folder_is_in_the_template_and_every_function_has_a_folder(
    functions: dict[str, Json],
) -> None:
    folders = {folder.name for folder in (ROOT / "functions").iterdir() if (folder / "app.py").exists()}
    assert set(functions) == folders


@pytest.mark.parametrize("name", SETTINGS)
def test_a_function_s_environment_holds_its_settings_and_nothing_else(name: str, functions: dict[str, Json]) -> None:
    variables = set(functions[name]["Environment"]["Variables"])
    assert variables == {field.upper() for field in SETTINGS[name].model_fields}


def test_every_function_gets_the_powertools_variables_and_both_layers(template: Json) -> None:
    shared = template["Globals"]["Function"]
    assert set(shared["Environment"]["Variables"]) == {
        "POWERTOOLS_METRICS_NAMESPACE",
        "POWERTOOLS_SERVICE_NAME",
        "POWERTOOLS_LOG_LEVEL",
    }
    assert shared["Layers"] == [{"Ref": "DependenciesLayer"}, {"Ref": "CommonLayer"}]


def test_every_function_runs_on_arm64_with_python_3_13_and_is_traced(translated: Json) -> None:
    made = [
        resource["Properties"]
        for resource in translated["Resources"].values()
        if resource["Type"] == "AWS::Lambda::Function"
    ]
    assert {(one["Runtime"], *one["Architectures"], one["Handler"], one["TracingConfig"]["Mode"]) for one in made} == {
        ("python3.13", "arm64", "app.lambda_handler", "Active")
    }


@pytest.mark.parametrize("name", SETTINGS)
def test_a_function_logs_to_a_group_of_its_own_that_forgets_when_the_operator_says(
    name: str, functions: dict[str, Json], properties: dict[str, Json]
) -> None:
    groups = [function["LoggingConfig"]["LogGroup"]["Ref"] for function in functions.values()]
    group = functions[name]["LoggingConfig"]["LogGroup"]["Ref"]
    assert groups.count(group) == 1
    assert properties[group]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


@pytest.mark.parametrize("layer", ["DependenciesLayer", "CommonLayer"])
def test_a_layer_is_built_for_the_functions_runtime(layer: str, template: Json) -> None:
    assert template["Resources"][layer]["Metadata"] == {
        "BuildMethod": template["Globals"]["Function"]["Runtime"],
        "BuildArchitecture": "arm64",
    }
