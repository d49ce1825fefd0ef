"""infra/template.yaml as values: as written, and as CloudFormation receives it from SAM."""

from pathlib import Path
from typing import Any

import pytest

from tests.infra import translation

ROOT, TEMPLATE = translation.ROOT, translation.TEMPLATE

Json = dict[str, Any]


@pytest.fixture(scope="session")
def template() -> Json:
    """As written."""
    return translation.written()


@pytest.fixture(scope="session")
def translated(template: Json) -> Json:
    """As SAM hands it to CloudFormation, with packaged code."""
    return translation.translated(template)


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
