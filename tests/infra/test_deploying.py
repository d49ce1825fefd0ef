"""What lets the template be deployed anywhere, and a table and a bucket come back into a new stack."""

import json
import re
from typing import Any

import pytest

from tests.infra.translation import ROOT

Json = dict[str, Any]

IN_ARN = {"AWS::IAM::Role": "role", "AWS::IAM::ManagedPolicy": "policy"}
"""What a kind of resource is called in its ARN, and in the names of IAM's actions."""


@pytest.mark.parametrize("name", ["Table", "SiteBucket"])
def test_what_outlives_its_stack_can_be_imported_alone(name: str, translated: Json) -> None:
    kept = translated["Resources"][name]
    assert kept["DeletionPolicy"] == "RetainExceptOnCreate"
    text = json.dumps(kept)
    assert '"Ref"' not in text
    assert '"Fn::' not in text


def test_nothing_reserves_concurrency_of_which_a_new_account_has_little(properties: dict[str, Json]) -> None:
    reserving = ("ReservedConcurrentExecutions", "ProvisionedConcurrencyConfig")
    assert not [name for name, found in properties.items() for one in reserving if one in found]


def test_papers_read_at_once_leave_room_in_a_new_account(template: Json) -> None:
    assert int(template["Parameters"]["MaximumConcurrency"]["Default"]) <= 5


def test_no_region_and_no_account_is_written_down(template: Json) -> None:
    text = json.dumps(template["Resources"])
    assert "us-east-1" not in text
    assert "arn:aws:" not in text


def documented_permissions() -> list[Json]:
    """The statements of the policy in docs/deploying.md."""
    text = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    found = re.search(r"```json\n(.+?)```", text, re.DOTALL)
    assert found
    statements: list[Json] = json.loads(found[1])["Statement"]
    return statements


def test_the_document_s_permissions_are_for_each_kind_of_iam_resource_in_the_template(translated: Json) -> None:
    kinds = {one["Type"] for one in translated["Resources"].values() if one["Type"].startswith("AWS::IAM::")}
    allowed = {one["Resource"]: set(one["Action"]) for one in documented_permissions()}
    assert allowed.keys() == {f"arn:aws:iam::*:{IN_ARN[kind]}/arxiv-daily-*" for kind in kinds}
    for kind in kinds:
        actions = {f"iam:{verb}{IN_ARN[kind].title()}" for verb in ("Create", "Delete", "Get", "Tag", "Untag")}
        assert actions <= allowed[f"arn:aws:iam::*:{IN_ARN[kind]}/arxiv-daily-*"]


def test_no_iam_resource_has_a_name_that_the_document_s_permissions_do_not_cover(translated: Json) -> None:
    """CloudFormation's own names begin with the stack's; a path would stand before them."""
    made = [one["Properties"] for one in translated["Resources"].values() if one["Type"] in IN_ARN]
    assert not [one for one in made if one.keys() & {"RoleName", "ManagedPolicyName", "Path"}]
