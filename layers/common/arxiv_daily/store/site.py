"""What is known beyond one edition: a row per edition, and since when each category is followed."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key

from arxiv_daily.models import EditionRow
from arxiv_daily.store.table import all_items, document, stamped, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class SiteStore:
    """The items SITE / EDITION#date and SITE / HORIZON#category."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def put(self, row: EditionRow) -> None:
        """Write a row, unless one of the same or a newer revision is there."""
        item = {"PK": "SITE", "SK": f"EDITION#{row.date}", "row": document(row), "rev": row.rev}
        took_place(
            lambda: self._table.put_item(
                Item=stamped(item),
                ConditionExpression="attribute_not_exists(PK) OR rev < :rev",
                ExpressionAttributeValues={":rev": row.rev},
            )
        )

    def rows(self) -> list[EditionRow]:
        """Every edition, newest first."""
        editions = Key("PK").eq("SITE") & Key("SK").begins_with("EDITION#")
        items = all_items(self._table, editions, newest_first=True)
        return [EditionRow.model_validate(item["row"]) for item in items]

    def horizons(self, categories: Collection[str], start: datetime) -> dict[str, datetime]:
        """Since when each category is followed: from `start` on, for one that was not followed before."""
        known = Key("PK").eq("SITE") & Key("SK").begins_with("HORIZON#")
        found = {item["SK"].partition("#")[2]: item["start"] for item in all_items(self._table, known)}
        for category in categories:
            if category not in found:
                found[category] = self._open_horizon(category, start)
        return {category: datetime.fromisoformat(found[category]) for category in categories}

    def _open_horizon(self, category: str, start: datetime) -> str:
        """What stands there afterwards; another run may have been faster."""
        key = {"PK": "SITE", "SK": f"HORIZON#{category}"}
        item = stamped({**key, "start": start.isoformat()})
        took_place(lambda: self._table.put_item(Item=item, ConditionExpression="attribute_not_exists(PK)"))
        return str(self._table.get_item(Key=key, ConsistentRead=True)["Item"]["start"])
