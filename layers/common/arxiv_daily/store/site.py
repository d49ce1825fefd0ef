"""What pages outside an edition need: a row per edition."""

from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key

from arxiv_daily.models import EditionRow
from arxiv_daily.store.table import all_items, document, stamped, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class SiteStore:
    """The items SITE / EDITION#date."""

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
