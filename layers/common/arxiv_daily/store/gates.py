"""Turns at services that must not be asked too often, shared by all functions."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from arxiv_daily.store.table import Item, moment, seconds, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_ARXIV = {"PK": "GATE", "SK": "ARXIV"}


class ArxivGate:
    """The item GATE / ARXIV: when the next request to arXiv may start."""

    def __init__(self, table: "Table", interval: timedelta) -> None:
        self._table = table
        self._interval = interval

    def turn(self, now: datetime) -> datetime:
        """Claim the next free turn; nobody else gets one within the interval after it."""
        while True:
            item: Item = self._table.get_item(Key=_ARXIV, ConsistentRead=True).get("Item", {})
            free: Decimal | None = item.get("next_at")
            start = now if free is None else max(now, moment(free))
            if self._claim(start, free):
                return start

    def _claim(self, start: datetime, expected: Decimal | None) -> bool:
        unchanged = "attribute_not_exists(next_at)" if expected is None else "next_at = :expected"
        values = {":next": seconds(start + self._interval)}
        return took_place(
            lambda: self._table.update_item(
                Key=_ARXIV,
                UpdateExpression="SET next_at = :next",
                ConditionExpression=unchanged,
                ExpressionAttributeValues=values if expected is None else {**values, ":expected": expected},
            )
        )
