"""What deployments find of a deleted stack of the same name, also where a stack came back half-way."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from arxiv_daily_cli.deploying.earlier import parameters_before
from arxiv_daily_cli.deploying.plan import plan
from arxiv_daily_cli.deploying.standing import Found, look
from arxiv_daily_cli.deploying.wishes import Wishes
from tests.unit.cli.deploying.test_parameters import PARAMETERS

NOW = datetime(2026, 2, 12, tzinfo=UTC)
DEFAULTS = {name: one.default for name, one in PARAMETERS.items()}


@dataclass
class FakeStack:
    status: str
    table: str
    parameters: dict[str, str] = field(default_factory=dict)
    worked: bool = False


class FakeCloudFormation:
    """Stacks of one name, the oldest first; the last one is described under its name, each under its number as id."""

    def __init__(self, *stacks: FakeStack) -> None:
        self.stacks = stacks

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        number = self._number(StackName)
        stack = self.stacks[number]
        given = [{"ParameterKey": key, "ParameterValue": value} for key, value in stack.parameters.items()]
        outputs = [{"OutputKey": "TableName", "OutputValue": stack.table}] if stack.worked else []
        one = {"StackId": str(number), "StackStatus": stack.status, "Parameters": given, "Outputs": outputs}
        return {"Stacks": [one]}

    def describe_stack_resources(self, StackName: str) -> dict[str, Any]:
        table = self.stacks[self._number(StackName)].table
        return {"StackResources": [{"LogicalResourceId": "Table", "PhysicalResourceId": table}]}

    def get_paginator(self, _: str) -> "FakeCloudFormation":
        return self

    def paginate(self, StackStatusFilter: list[str]) -> list[dict[str, Any]]:
        gone = [number for number, stack in enumerate(self.stacks) if stack.status in StackStatusFilter]
        times = {number: NOW + timedelta(days=number) for number in gone}
        one = {"StackName": "arxiv-daily", "CreationTime": NOW}
        return [{"StackSummaries": [{**one, "StackId": str(number), "DeletionTime": times[number]} for number in gone]}]

    def _number(self, name: str) -> int:
        return int(name) if name.isdigit() else len(self.stacks) - 1


def found_before(*stacks: FakeStack) -> dict[str, str]:
    client: Any = FakeCloudFormation(*stacks)
    return parameters_before(client, "arxiv-daily", look(client, "arxiv-daily"))


def deleted(table: str, **parameters: str) -> FakeStack:
    return FakeStack("DELETE_COMPLETE", table, parameters)


def test_a_stack_that_came_back_half_way_has_its_former_values_proposed() -> None:
    bare = FakeStack("IMPORT_COMPLETE", "table")
    before = found_before(deleted("table", **DEFAULTS | {"DailyBudget": "7"}), bare)
    assert plan("arxiv-daily", PARAMETERS, {}, before, Wishes(yes=True)).overrides == {"DailyBudget": "7"}


def test_a_half_way_stack_that_was_deleted_again_hides_no_values() -> None:
    halfway = deleted("table")
    bare = FakeStack("UPDATE_ROLLBACK_COMPLETE", "table")
    assert found_before(deleted("table", DailyBudget="7"), halfway, bare) == {"DailyBudget": "7"}


def test_the_values_are_of_the_latest_stack_with_the_same_table() -> None:
    earlier = (deleted("table", DailyBudget="6"), deleted("table", DailyBudget="7"), deleted("other", DailyBudget="8"))
    assert found_before(*earlier, FakeStack("IMPORT_COMPLETE", "table")) == {"DailyBudget": "7"}


def test_values_of_a_stack_that_worked_go_before_those_of_a_try_to_bring_it_back() -> None:
    worked = FakeStack("DELETE_COMPLETE", "table", {"DailyBudget": "7"}, worked=True)
    assert found_before(worked, deleted("table", DailyBudget="3"), FakeStack("IMPORT_COMPLETE", "table")) == {
        "DailyBudget": "7"
    }


def test_a_stack_is_half_way_back_until_a_deployment_gave_it_outputs() -> None:
    assert Found("IMPORT_COMPLETE", "id").is_bare
    assert not Found("UPDATE_COMPLETE", "id", outputs={"TableName": "table"}).is_bare
    assert not Found().is_bare
