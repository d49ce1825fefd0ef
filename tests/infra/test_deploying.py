"""What lets the template be deployed anywhere, and a table and a bucket come back into a new stack."""

import json
from typing import Any

import pytest

Json = dict[str, Any]


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
