"""That the commands know which records of the table's stream the template hands to aggregate."""

from typing import Any

import pytest
from moto.events.models import EventPattern

from arxiv_daily_cli.deployed.redrive.filtering import reaches_aggregate
from tests.infra.conftest import Json

KEYS = (
    *(
        ("EDITION#2026-02-12", "FACTS"),
        ("EDITION#2026-02-12", "PAPER#2602.10934"),
        ("GATE", "CLAUDE"),
        ("GATE", "ARXIV"),
    ),
    *(("PAPER#2602.10934", "V#1"), ("PAPER#2602.10934", "PAPER"), ("PAPER#2602.10934", "CALL#0")),
    *(
        ("BUDGET", "2026-02-12"),
        ("SITE", "EDITION#2026-02-12"),
        ("SITE", "V#1"),
        ("PAPERS", "V#1"),
        ("GATES", "CLAUDE"),
    ),
)
IMAGES: tuple[Any, ...] = (
    None,  # it was removed
    *({"state": {"S": state}} for state in ("queued", "working", "done", "failed")),
    {"state": {"S": "working"}, "taken_down": {"M": {"at": {"S": "2026-02-12T01:00:00Z"}}}},
    {"state": {"S": "queued"}, "taken_down": {"M": {"reason": {"S": "a wish"}}}},
)


@pytest.fixture
def patterns(functions: dict[str, Json]) -> list[Any]:
    """As moto reads those of EventBridge, which Lambda's filters are like."""
    criteria = functions["aggregate"]["Events"]["TableChanges"]["Properties"]["FilterCriteria"]
    return [EventPattern.load(one["Pattern"]) for one in criteria["Filters"]]


@pytest.mark.parametrize("image", IMAGES)
def test_a_record_reaches_aggregate_where_the_template_s_filter_lets_it_pass(
    image: Json | None, patterns: list[Any]
) -> None:
    expected, found = list[str](), list[str]()
    for partition, sort in KEYS:
        change: Json = {"Keys": {"PK": {"S": partition}, "SK": {"S": sort}}, **({"NewImage": image} if image else {})}
        if any(pattern.matches_event({"dynamodb": change}) for pattern in patterns):
            expected.append(f"{partition} {sort}")
        if reaches_aggregate(change):
            found.append(f"{partition} {sort}")
    assert found == expected
    assert 3 <= len(expected) < len(KEYS)  # the editions' items and the gate to Claude always
