"""Bringing back what another table holds: one restored from a point in time, or that of an earlier stack."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr, ConditionBase

from arxiv_daily.store.table import Item, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

GROWTH = 1000
"""By how much a revision grows beyond any that it may have had since: what is restored replaces what was published."""

_OF_THE_MOMENT = {"GATE"}
"""Turns and leases: those of another time mean nothing."""
_NEVER_REPLACED = {"SITE", "BUDGET"}
"""What follows from editions, and what was spent."""


_EDITIONS = Attr("PK").begins_with("EDITION#") | Attr("SK").begins_with("EDITION#")
_PAPERS = Attr("PK").begins_with("PAPER#")
_PHASES: tuple[ConditionBase, ...] = (~_EDITIONS & ~_PAPERS, _PAPERS, _EDITIONS)
"""The stream publishes what arrives: that an edition was told, and what it shows, is there before the edition."""


class Fate(StrEnum):
    """What became of an item of the other table."""

    ADDED = "added"
    """It was missing."""
    REPLACED = "replaced"
    SAME = "same"
    KEPT = "kept"
    """Another one is here, and stays."""
    PASSED_OVER = "passed over"
    """It belongs to its own time."""


def restore(source: "Table", target: "Table", *, replace: bool, tell: Callable[[Fate], object]) -> None:
    """Bring every item of `source` into `target` that is missing there; with `replace`, also those that differ.

    What carries a revision and was changed here while it was looked at is kept. A second time changes nothing.
    """
    for phase in _PHASES:
        for item in _all(source, phase):
            tell(_one(target, item, replace=replace))


def _all(table: "Table", phase: ConditionBase) -> Iterator[Item]:
    pages = table.meta.client.get_paginator("scan").paginate(
        TableName=table.name,
        ConsistentRead=True,
        FilterExpression=phase,  # type: ignore[arg-type]  # the resource's client takes conditions
    )
    for page in pages:
        yield from page["Items"]


def _one(target: "Table", item: Item, *, replace: bool) -> Fate:
    if item["PK"] in _OF_THE_MOMENT:
        return Fate.PASSED_OVER
    if _add(target, _grown(item, 0)):
        return Fate.ADDED
    here: Item = target.get_item(Key={"PK": item["PK"], "SK": item["SK"]}, ConsistentRead=True).get("Item", {})
    if _contents(here) == _contents(item):
        return Fate.SAME
    if not replace or item["PK"] in _NEVER_REPLACED:
        return Fate.KEPT
    return Fate.REPLACED if _replace(target, _grown(item, int(here.get("rev", 0))), here) else Fate.KEPT


def _add(target: "Table", item: Item) -> bool:
    return took_place(lambda: target.put_item(Item=item, ConditionExpression="attribute_not_exists(PK)"))


def _replace(target: "Table", item: Item, here: Item) -> bool:
    """Put it over what was found `here`, if that is still there."""
    if "rev" not in here:
        return took_place(lambda: target.put_item(Item=item))
    return took_place(
        lambda: target.put_item(
            Item=item, ConditionExpression="rev = :seen", ExpressionAttributeValues={":seen": here["rev"]}
        )
    )


def _grown(item: Item, here: int) -> Item:
    return {**item, "rev": max(int(item["rev"]), here) + GROWTH} if "rev" in item else item


def _contents(item: Item) -> Item:
    return {name: value for name, value in item.items() if name != "rev"}
