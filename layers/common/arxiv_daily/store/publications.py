"""That an edition was told: claimed before the event is sent, and marked once it is."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from arxiv_daily.store.table import Item, stamped, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class PublicationStore:
    """The items SITE / TOLD#date: how often the edition's event was claimed, and when it was sent."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def claim(self, day: date) -> bool:
        """Whether the caller is to send the event: nobody did, and nobody claimed it since this looked.

        A claim holds nobody up. Whoever made one and was killed is run again, and sends then: so the event goes at
        least once, and more than once only where two runs are at it in the same moment.
        """
        found = self._item(day)
        if "sent_at" in found:
            return False
        claims, claim = int(found.get("claims", 0)), uuid.uuid4().hex
        granted = took_place(
            lambda: self._table.put_item(
                Item=stamped({**_key(day), "claims": claims + 1, "claim": claim}),
                ConditionExpression="attribute_not_exists(PK) OR claims = :seen",
                ExpressionAttributeValues={":seen": claims},
            )
        )
        return granted or self._item(day).get("claim") == claim  # it took place although its answer was lost

    def sent(self, day: date, now: datetime) -> None:
        """Nobody is to send it again."""
        self._table.put_item(Item=stamped({**_key(day), "sent_at": now.isoformat()}))

    def _item(self, day: date) -> Item:
        found: Item = self._table.get_item(Key=_key(day), ConsistentRead=True).get("Item", {})
        return found


def _key(day: date) -> dict[str, str]:
    return {"PK": "SITE", "SK": f"TOLD#{day}"}
