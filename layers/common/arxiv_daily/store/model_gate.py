"""The gate to Claude: closed for all papers at once when asking cannot help before a person did something."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from arxiv_daily.models import SCHEMA_VERSION, ModelGate
from arxiv_daily.store.table import Item, moment, seconds, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

TRIAL_EVERY = timedelta(minutes=10)
"""How often one worker asks, while the gate is closed, whether things were mended."""

CLAUDE = {"PK": "GATE", "SK": "CLAUDE"}


class ModelGateStore:
    """The item GATE / CLAUDE."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def state(self) -> ModelGate:
        return model_gate(self._item())

    def enter(self, gate: ModelGate, now: datetime) -> ModelGate:
        """The gate, as it was just seen, for one worker: open, or closed until it is worth coming back.

        While it is closed, one worker at a time is let through to try: for it `until` has come.
        """
        if gate.closed is None or gate.until is None or gate.until > now:
            return gate
        ours = seconds(now + TRIAL_EVERY)
        if self._take_trial(gate.until, ours):
            return gate
        item = self._item()
        return gate if item.get("until") == ours else model_gate(item)  # it took place although its answer was lost

    def close(self, reason: str, now: datetime) -> bool:
        """Let nobody ask; False when it was closed for that reason already. `reason` is a sentence for readers."""
        return self._write(
            "SET closed = :reason, #until = :until, schema_version = :schema ADD rev :one",
            "attribute_not_exists(closed) OR closed <> :reason",
            {":reason": reason, ":until": seconds(now + TRIAL_EVERY), ":one": 1, ":schema": SCHEMA_VERSION},
        )

    def open(self) -> bool:
        """Let everybody ask again; False when nothing was closed."""
        return self._write("REMOVE closed, #until ADD rev :one", "attribute_exists(closed)", {":one": 1})

    def _take_trial(self, seen: datetime, until: Decimal) -> bool:
        return self._write(
            "SET #until = :until",
            "attribute_exists(closed) AND #until = :seen",
            {":until": until, ":seen": seconds(seen)},
        )

    def _write(self, change: str, condition: str, values: Item) -> bool:
        """False when the condition does not hold; `until` is a word of DynamoDB's own, and written #until."""
        return took_place(
            lambda: self._table.update_item(
                Key=CLAUDE,
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeNames={"#until": "until"},
                ExpressionAttributeValues=values,
            )
        )

    def _item(self) -> Item:
        found: Item = self._table.get_item(Key=CLAUDE, ConsistentRead=True).get("Item", {})
        return found


def model_gate(item: Item) -> ModelGate:
    return ModelGate(
        closed=item.get("closed"),
        until=moment(item["until"]) if "until" in item else None,
        rev=int(item.get("rev", 0)),
    )
