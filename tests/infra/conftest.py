"""infra/template.yaml as values: as written, and as CloudFormation receives it from SAM."""

import copy
from pathlib import Path
from typing import Any

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "infra" / "template.yaml"

Json = dict[str, Any]


class _NoManagedPolicies:
    """SAM asks AWS for its managed policies; the template names none."""

    def load(self) -> dict[str, str]:
        return {}


@pytest.fixture(scope="session")
def template() -> Json:
    """As written."""
    parsed: Json = yaml_parse(TEMPLATE.read_text(encoding="utf-8"))
    return parsed


@pytest.fixture(scope="session")
def translated(template: Json) -> Json:
    """As SAM hands it to CloudFormation, with packaged code."""
    packaged = copy.deepcopy(template)
    for resource in packaged["Resources"].values():
        for kind in {"CodeUri", "ContentUri"} & resource.get("Properties", {}).keys():
            resource["Properties"][kind] = "s3://artifacts/code.zip"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_DEFAULT_REGION", "us-east-1")
        result: Json = transform(packaged, {}, _NoManagedPolicies())
    return result


@pytest.fixture(scope="session")
def functions(template: Json) -> dict[str, Json]:
    """Each function's properties by the name of its folder."""
    return {
        Path(resource["Properties"]["CodeUri"]).name: resource["Properties"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Serverless::Function"
    }


@pytest.fixture(scope="session")
def properties(translated: Json) -> dict[str, Json]:
    """Properties of what CloudFormation makes, by logical id."""
    return {name: resource.get("Properties", {}) for name, resource in translated["Resources"].items()}
