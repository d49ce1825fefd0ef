"""The diagram of docs/architecture.md shows the template, and says when it no longer does."""

import copy
import re
from typing import Any

import pytest

from tests.infra.diagram.__main__ import PAGE
from tests.infra.diagram.mermaid import BEGIN, arrows, diagram, with_diagram
from tests.infra.diagram.parts import OUTSIDE
from tests.infra.translation import translated as translate

Json = dict[str, Any]

SHOWN = {
    "AWS::CloudFront::Distribution",
    "AWS::DynamoDB::Table",
    "AWS::Events::EventBus",
    "AWS::Lambda::Function",
    "AWS::S3::Bucket",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::Scheduler::Schedule",
}


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def with_resource(template: Json, **resources: Json) -> Json:
    changed = copy.deepcopy(template)
    changed["Resources"] |= resources
    return translate(changed)


def ends(translated: Json) -> set[tuple[str, str]]:
    return {(arrow.source, arrow.target) for arrow in arrows(translated)}


def test_the_page_shows_the_diagram_that_the_template_makes(page: str, translated: Json) -> None:
    assert with_diagram(page, diagram(translated)) == page, "stale: run make diagram"


def test_every_part_of_the_template_is_in_the_diagram_and_nothing_else(page: str, translated: Json) -> None:
    drawn = set(re.findall(r"^    (\w+)[\[\](){}/]", page.partition(BEGIN)[2], re.MULTILINE))
    wanted = {name for name, one in translated["Resources"].items() if one["Type"] in SHOWN}
    assert drawn - OUTSIDE.keys() == wanted


def test_every_part_of_the_template_is_explained_on_the_page(page: str, translated: Json) -> None:
    before, _, rest = page.partition(BEGIN)
    prose = before + rest.partition("```")[2]
    shown = [name for name, one in translated["Resources"].items() if one["Type"] in SHOWN]
    assert [name for name in shown if f"`{name}`" not in prose] == []


def test_nobody_stands_in_the_diagram_alone(translated: Json) -> None:
    drawn = arrows(translated)
    connected = {end for arrow in drawn for end in arrow[:2]}
    assert {name for name, one in translated["Resources"].items() if one["Type"] in SHOWN} <= connected


def test_an_arrow_goes_when_its_permission_goes(template: Json) -> None:
    changed = copy.deepcopy(template)
    [statements] = _permissions_on(changed, "PapersQueue", "sqs:SendMessage")
    statements[:] = [one for one in statements if one.get("Action") != "sqs:SendMessage"]
    before, after = ends(translate(template)), ends(translate(changed))
    assert before - after == {("FetchFunction", "PapersQueue")}
    assert not after - before


def _permissions_on(value: Any, part: str, action: str) -> list[list[Json]]:
    """The lists of statements in which the action is allowed on the part."""
    if isinstance(value, dict):
        return [found for one in value.values() for found in _permissions_on(one, part, action)]
    if not isinstance(value, list):
        return []
    here = [one for one in value if isinstance(one, dict) and one.get("Action") == action and part in str(one)]
    return [value] if here else [found for one in value for found in _permissions_on(one, part, action)]


def test_a_bus_with_its_rule_and_queue_draws_itself(template: Json) -> None:
    bus = {"Type": "AWS::Events::EventBus", "Properties": {"Name": "later"}}
    queue = {"Type": "AWS::SQS::Queue", "Properties": {}}
    rule = {
        "Type": "AWS::Events::Rule",
        "Properties": {
            "EventBusName": {"Ref": "LaterBus"},
            "EventPattern": {"detail-type": ["Later"]},
            "Targets": [{"Id": "Later", "Arn": {"Fn::GetAtt": ["LaterQueue", "Arn"]}}],
        },
    }
    drawn = diagram(with_resource(template, LaterBus=bus, LaterQueue=queue, LaterRule=rule))
    assert "LaterBus -->|Later| LaterQueue" in drawn


def test_a_mail_subscription_leads_out_and_a_queue_to_its_dead_letters(translated: Json) -> None:
    assert {("AlarmsTopic", "Mail"), ("PapersQueue", "PapersDeadLetterQueue")} <= ends(translated)


def test_both_ways_of_a_condition_are_drawn(translated: Json) -> None:
    """The key lies in one of two places, as a parameter says."""
    wanted = {("SummarizeFunction", "ParameterStore"), ("SummarizeFunction", "SecretsManager")}
    assert wanted <= ends(translated)


def test_a_permission_on_somebody_unknown_is_an_error(translated: Json) -> None:
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}
    policy = {"PolicyName": "Later", "PolicyDocument": {"Statement": [statement]}}
    changed = copy.deepcopy(translated)
    for resource in changed["Resources"].values():
        if resource["Type"] == "AWS::IAM::Role":
            resource["Properties"]["Policies"] = [policy]
    with pytest.raises(LookupError, match="kms:Decrypt"):
        diagram(changed)


def test_a_page_without_a_diagram_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place for a diagram"):
        with_diagram("# Architecture\n", "")
