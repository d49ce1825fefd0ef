"""What checkov asks and is not done has its reason beside it; `make audit` runs checkov itself."""

import re
from typing import Any

import yaml

from tests.infra.conftest import ROOT

Json = dict[str, Any]

CONFIG = ROOT / "infra" / "checkov.yaml"


def skipped_everywhere() -> list[str]:
    found: list[str] = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["skip-check"]
    return found


def test_a_check_is_left_out_for_a_kind_of_resource_only_below_its_reason() -> None:
    reasons = re.findall(r"^  # .+\n  - (CKV\w+)$", CONFIG.read_text(encoding="utf-8"), re.MULTILINE)
    assert reasons == skipped_everywhere()


def test_a_check_is_left_out_for_one_resource_only_with_a_sentence(template: Json) -> None:
    skips = [
        skip
        for resource in template["Resources"].values()
        for skip in resource.get("Metadata", {}).get("checkov", {}).get("skip", [])
    ]
    assert skips
    for skip in skips:
        assert re.fullmatch(r"[A-Z].{30,}\.", skip["comment"])
        assert skip["id"] not in skipped_everywhere()
