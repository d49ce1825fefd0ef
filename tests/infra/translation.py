"""What CloudFormation receives from SAM; `python -m tests.infra.translation FILE` writes it for tools."""

import copy
import json
import os
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "infra" / "template.yaml"

Json = dict[str, Any]


class _NoManagedPolicies:
    """SAM asks AWS for its managed policies; the template names none."""

    def load(self) -> dict[str, str]:
        return {}


def written() -> Json:
    """The template as it is written."""
    parsed: Json = yaml_parse(TEMPLATE.read_text(encoding="utf-8"))
    return parsed


def translated(template: Json) -> Json:
    """A template as SAM hands it to CloudFormation, with packaged code."""
    packaged = copy.deepcopy(template)
    for resource in packaged["Resources"].values():
        for kind in {"CodeUri", "ContentUri"} & resource.get("Properties", {}).keys():
            resource["Properties"][kind] = "s3://artifacts/code.zip"
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": "us-east-1"}):
        result: Json = transform(packaged, {}, _NoManagedPolicies())
    return result


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(translated(written()), indent=2), encoding="utf-8")
