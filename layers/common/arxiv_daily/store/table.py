"""The one table, its keys, and how a model becomes an item."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import boto3
from boto3.dynamodb.conditions import ConditionBase
from boto3.dynamodb.types import TypeDeserializer
from botocore.exceptions import ClientError

from arxiv_daily.models import SCHEMA_VERSION, PaperRef, Value

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

Item = dict[str, Any]
Key = dict[str, str]

_EPOCH = datetime.fromtimestamp(0, UTC)
_BATCH = 100
"""Keys in one BatchGetItem; DynamoDB's limit."""
_DESERIALIZER = TypeDeserializer()
"""For the items in errors, which boto3 leaves as they came."""


def connect(table_name: str) -> "Table":
    """The table, with the region, credentials and endpoint of the environment."""
    return boto3.resource("dynamodb").Table(table_name)


def paper_key(paper_id: str) -> Key:
    return {"PK": f"PAPER#{paper_id}", "SK": "PAPER"}


def version_key(ref: PaperRef) -> Key:
    return {"PK": f"PAPER#{ref.paper_id}", "SK": f"V#{ref.version}"}


def call_key(paper_id: str, request_hash: str) -> Key:
    return {"PK": f"PAPER#{paper_id}", "SK": f"CALL#{request_hash}"}


def all_items(
    table: "Table", condition: ConditionBase, *, newest_first: bool = False, limit: int | None = None
) -> list[Item]:
    """Every item that the key condition names, or so many of them, in the order of the sort key, over all pages."""
    pages = table.meta.client.get_paginator("query").paginate(
        TableName=table.name,
        KeyConditionExpression=condition,  # type: ignore[arg-type]  # the resource's client takes conditions
        ScanIndexForward=not newest_first,
        ConsistentRead=True,
        PaginationConfig={"MaxItems": limit, "PageSize": limit} if limit else {},
    )
    return [item for page in pages for item in page["Items"]]


def batch_get(table: "Table", keys: Sequence[Key], attributes: Sequence[str] = ()) -> list[Item]:
    """Those items that there are, in no order; of each only `attributes`, if any are named."""
    items: list[Item] = []
    only: Any = {"ProjectionExpression": ", ".join(attributes)} if attributes else {}
    for start in range(0, len(keys), _BATCH):
        wanted: Any = {table.name: {"Keys": list(keys[start : start + _BATCH]), "ConsistentRead": True, **only}}
        while wanted:
            answer = table.meta.client.batch_get_item(RequestItems=wanted)
            items += answer["Responses"].get(table.name, [])
            wanted = answer["UnprocessedKeys"]
    return items


def document(value: Value) -> Item:
    """A model as DynamoDB stores it: text, whole numbers, lists and maps; absent fields left out."""
    return value.model_dump(mode="json", exclude_none=True)


def seconds(moment: datetime) -> Decimal:
    """Machine time as a number, so that conditions can compare it.

    Milliseconds are kept and never rounded down: what waits until then does not begin too early.
    """
    return Decimal(-((_EPOCH - moment) // timedelta(milliseconds=1))) / 1000


def moment(number: Decimal) -> datetime:
    return datetime.fromtimestamp(float(number), UTC)


def _is_refused_condition(error: ClientError) -> bool:
    """Whether DynamoDB refused a write because its condition did not hold (alone or in a transaction)."""
    code = error.response.get("Error", {}).get("Code")
    if code == "TransactionCanceledException":
        reasons = error.response.get("CancellationReasons", [])
        return any(reason.get("Code") == "ConditionalCheckFailed" for reason in reasons)
    return code == "ConditionalCheckFailedException"


def took_place(write: Callable[[], object]) -> bool:
    """Make a conditional write; False when its condition did not hold."""
    try:
        write()
    except ClientError as error:
        if _is_refused_condition(error):
            return False
        raise
    return True


def conditional_update(table: "Table", key: Key, change: str, condition: str, values: Item) -> tuple[bool, Item]:
    """Change an item where a condition holds: whether it did, and the item, as it is then or as it was found."""
    try:
        answer = table.update_item(
            Key=key,
            UpdateExpression=change,
            ConditionExpression=condition,
            ExpressionAttributeValues=values,
            ReturnValues="ALL_NEW",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except ClientError as error:
        if not _is_refused_condition(error):
            raise
        found = cast(Item, error.response).get("Item", {})
        return False, {name: _DESERIALIZER.deserialize(value) for name, value in found.items()}
    return True, answer["Attributes"]


def is_conflict(error: ClientError) -> bool:
    """Whether a transaction met another one on the same item: it may hold the next time."""
    reasons = error.response.get("CancellationReasons", [])
    return any(reason.get("Code") == "TransactionConflict" for reason in reasons)


def stamped(item: Item) -> Item:
    return {**item, "schema_version": SCHEMA_VERSION}
