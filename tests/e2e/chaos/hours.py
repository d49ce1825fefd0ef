"""Hours that pass: what the table remembers of machine time lies that much further back.

Functions know of time only what they wrote into the table, and what their machine's clock says now; so leases run out,
waits end and failures grow old as they would overnight. Nobody may be at work meanwhile: it would live on as if no
time had passed.
"""

import json
from datetime import timedelta
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from boto3.dynamodb.conditions import Attr
from botocore.exceptions import ClientError

_TIMES = ("sent_at", "lease_until", "not_before", "ended_at", "next_at", "until")
_ENDED = {"done"}


def let_pass(table: Any, time: timedelta) -> None:
    """Of every paper that is not read from its full text, of the gates, and of notices that are being told."""
    back = Decimal(str(time.total_seconds()))
    for item in _items(table):
        names = [name for name in _TIMES if isinstance(item.get(name), Decimal)]
        if names and not _is_over(item):
            _shift(table, item, names, back)


def _items(table: Any) -> list[dict[str, Any]]:
    condition = reduce(or_, (Attr(name).exists() for name in _TIMES))
    items: list[dict[str, Any]] = []
    asked: dict[str, Any] = {"FilterExpression": condition, "ConsistentRead": True}
    while True:
        answer = table.scan(**asked)
        items += answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return items
        asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _is_over(item: dict[str, Any]) -> bool:
    """Nothing is ever done again for a paper that was read from its full text."""
    digest = json.loads(item.get("digest", "{}"))
    return item.get("state") in _ENDED and digest.get("provenance", {}).get("source") != "abstract"


def _shift(table: Any, item: dict[str, Any], names: list[str], back: Decimal) -> None:
    """Unless a worker wrote it since."""
    placed = {f"#n{number}": name for number, name in enumerate(names)}
    values = {f":v{number}": item[name] - back for number, name in enumerate(names)}
    seen = {f":s{number}": item[name] for number, name in enumerate(names)}
    changes = ", ".join(f"#n{number} = :v{number}" for number in range(len(names)))
    same = " AND ".join(f"#n{number} = :s{number}" for number in range(len(names)))
    try:
        table.update_item(
            Key={"PK": item["PK"], "SK": item["SK"]},
            UpdateExpression=f"SET {changes}",
            ConditionExpression=same,
            ExpressionAttributeNames=placed,
            ExpressionAttributeValues={**values, **seen},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
