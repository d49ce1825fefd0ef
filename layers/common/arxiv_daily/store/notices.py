"""Who was told of an edition: each mail address and each chat group once."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING

from arxiv_daily.store.table import seconds, stamped, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

REMEMBERED = timedelta(days=400)


class Claim(Enum):
    TAKEN = auto()
    """The caller is to tell."""
    HELD = auto()
    """Another run is at it, or was killed a moment ago."""
    TOLD = auto()


class NoticeStore:
    """The items SITE / TOLD#date#who: who is being told, until when at most, and whether it was done."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def claim(self, day: date, who: str, now: datetime, until: datetime) -> Claim:
        """Take it on oneself to tell somebody of an edition, until then at most."""
        taken = took_place(
            lambda: self._table.put_item(
                Item=stamped({**_key(day, who), "lease_until": seconds(until), "expires": _expiry(now)}),
                ConditionExpression="attribute_not_exists(PK) OR lease_until <= :now",
                ExpressionAttributeValues={":now": seconds(now)},
            )
        )
        if taken:
            return Claim.TAKEN
        found = self._table.get_item(Key=_key(day, who), ConsistentRead=True).get("Item", {})
        return Claim.TOLD if "told_at" in found else Claim.HELD

    def told(self, day: date, who: str, now: datetime) -> None:
        """Nobody is to do it again."""
        self._table.put_item(Item=stamped({**_key(day, who), "told_at": now.isoformat(), "expires": _expiry(now)}))

    def release(self, day: date, who: str, now: datetime, until: datetime) -> None:
        """Give a claim back, the one that was made until then: the next run may try at once."""
        took_place(
            lambda: self._table.put_item(
                Item=stamped({**_key(day, who), "lease_until": seconds(now), "expires": _expiry(now)}),
                ConditionExpression="lease_until = :ours",
                ExpressionAttributeValues={":ours": seconds(until)},
            )
        )


def _key(day: date, who: str) -> dict[str, str]:
    return {"PK": "SITE", "SK": f"TOLD#{day}#{who}"}


def _expiry(now: datetime) -> Decimal:
    return seconds(now + REMEMBERED)
