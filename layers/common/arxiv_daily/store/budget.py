"""What a day may spend on Claude: reserved before a request, settled after it, counted as spent in between."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key

from arxiv_daily.models import SCHEMA_VERSION, BudgetDay, PaperRef, Usage
from arxiv_daily.store.table import Item, all_items, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_HOLD = "hold#"
_COUNTS = ("committed", "spent", "calls", "input_tokens", "output_tokens")


@dataclass(frozen=True)
class Reservation:
    """What a request may cost at most, on a day that may spend `limit` in all; both in micro-dollars."""

    day: date
    amount: int
    limit: int


@dataclass(frozen=True)
class Hold:
    """A reservation that was granted: an attribute `name` of the day's item, until it is settled or released."""

    day: date
    name: str
    amount: int


class BudgetStore:
    """The items BUDGET / date.

    Each change is one write of one item, safe among others at once. A hold has a name, so that a write whose answer was
    lost can be made again without counting twice; a hold that nobody settles stays in `committed`.
    """

    def __init__(self, table: "Table") -> None:
        self._table = table

    def reserve(self, paper_id: str, wanted: Reservation) -> Hold | None:
        """None when the day would commit more than its limit."""
        hold = Hold(wanted.day, f"{_HOLD}{paper_id}#{uuid.uuid4().hex[:12]}", wanted.amount)
        room = wanted.limit - wanted.amount
        if room < 0:
            return None
        granted = took_place(
            lambda: self._table.update_item(
                Key=budget_key(hold.day),
                UpdateExpression="SET #hold = :amount, schema_version = :schema ADD committed :amount",
                ConditionExpression="attribute_not_exists(#hold) AND "
                "(attribute_not_exists(committed) OR committed <= :room)",
                ExpressionAttributeNames={"#hold": hold.name},
                ExpressionAttributeValues={":amount": hold.amount, ":room": room, ":schema": SCHEMA_VERSION},
            )
        )
        return hold if granted or hold.name in self._item(hold.day) else None

    def settle(self, hold: Hold, ref: PaperRef, usage: Usage, cost: int, *, ends_wait: bool = False) -> bool:
        """Count what an answer about a paper really cost; False when that is done.

        With `ends_wait` the paper waits no more, as after `done`.
        """
        ending, refs = (" DELETE waiting :refs", {":refs": {str(ref)}}) if ends_wait else ("", {})
        return self._let_go(
            hold,
            f", spent :cost, calls :one, input_tokens :input, output_tokens :output, papers :papers{ending}",
            {
                **refs,
                ":change": cost - hold.amount,
                ":cost": cost,
                ":one": 1,
                ":input": usage.input_tokens,
                ":output": usage.output_tokens,
                ":papers": {ref.paper_id},
            },
        )

    def release(self, hold: Hold) -> bool:
        """Give back what was reserved for a request that nothing is billed for; False when that is done."""
        return self._let_go(hold, "", {":change": -hold.amount})

    def await_turn(self, day: date, refs: Collection[PaperRef]) -> None:
        """Note which papers are still to be read on a day, so that what the least about them costs is kept for them."""
        if not refs:
            return
        self._table.update_item(
            Key=budget_key(day),
            UpdateExpression="SET schema_version = :schema ADD waiting :refs",
            ExpressionAttributeValues={":refs": {str(ref) for ref in refs}, ":schema": SCHEMA_VERSION},
        )

    def done(self, day: date, ref: PaperRef) -> None:
        """A paper needs no more of the day's budget; one that did not wait changes nothing."""
        took_place(
            lambda: self._table.update_item(
                Key=budget_key(day),
                UpdateExpression="DELETE waiting :refs",
                ConditionExpression="contains(waiting, :ref)",
                ExpressionAttributeValues={":refs": {str(ref)}, ":ref": str(ref)},
            )
        )

    def state(self, day: date, besides: PaperRef | None = None) -> BudgetDay:
        """All zeros for a day on which nothing was asked; the papers that wait, `besides` one that is being read."""
        return budget_day(day, self._item(day), besides)

    def days(self, first: date, last: date) -> list[BudgetDay]:
        """The days on record from `first` to `last`, oldest first."""
        items = all_items(self._table, Key("PK").eq("BUDGET") & Key("SK").between(str(first), str(last)))
        return [budget_day(date.fromisoformat(item["SK"]), item) for item in items]

    def waited(self, first: date, last: date) -> dict[str, date]:
        """The papers that were still to be read at the end of a day from `first` to `last`, with the first such day."""
        items = all_items(self._table, Key("PK").eq("BUDGET") & Key("SK").between(str(first), str(last)))
        newest_first = sorted(items, key=lambda item: str(item["SK"]), reverse=True)
        return {str(ref): date.fromisoformat(item["SK"]) for item in newest_first for ref in item.get("waiting", ())}

    def _let_go(self, hold: Hold, counts: str, values: Item) -> bool:
        return took_place(
            lambda: self._table.update_item(
                Key=budget_key(hold.day),
                UpdateExpression=f"REMOVE #hold ADD committed :change{counts}",
                ConditionExpression="attribute_exists(#hold)",
                ExpressionAttributeNames={"#hold": hold.name},
                ExpressionAttributeValues=values,
            )
        )

    def _item(self, day: date) -> Item:
        found: Item = self._table.get_item(Key=budget_key(day), ConsistentRead=True).get("Item", {})
        return found


def budget_key(day: date) -> dict[str, str]:
    return {"PK": "BUDGET", "SK": day.isoformat()}


def budget_day(day: date, item: Item, besides: PaperRef | None = None) -> BudgetDay:
    return BudgetDay(
        date=day,
        papers=len(item.get("papers", ())),
        unsettled=sum(name.startswith(_HOLD) for name in item),
        waiting=sum(ref != str(besides) for ref in item.get("waiting", ())),
        **{name: int(item[name]) for name in _COUNTS if name in item},
    )
