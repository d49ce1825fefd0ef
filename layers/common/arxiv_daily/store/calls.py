"""Requests to Claude and their answers: what was answered once is never bought again."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from arxiv_daily.models import SCHEMA_VERSION, Reply
from arxiv_daily.store.table import call_key, document, seconds

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

KEPT_FOR = timedelta(days=30)


class CallStore:
    """The items PAPER#id / CALL#hash."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def reply(self, paper_id: str, request_hash: str) -> Reply | None:
        """The stored answer to a request; None when it was never answered, or the answer was lost."""
        key = call_key(paper_id, request_hash)
        found = self._table.get_item(Key=key, ConsistentRead=True).get("Item", {})
        return Reply.model_validate(found["reply"]) if "reply" in found else None

    def reserve(self, paper_id: str, request_hash: str, now: datetime) -> None:
        """Note that a request is about to be sent; `asked` above 1 counts answers that were lost."""
        self._table.update_item(
            Key=call_key(paper_id, request_hash),
            UpdateExpression="SET expires = :expires, schema_version = :schema ADD asked :one",
            ExpressionAttributeValues={
                ":expires": round(seconds(now + KEPT_FOR)),
                ":schema": SCHEMA_VERSION,
                ":one": 1,
            },
        )

    def answer(self, paper_id: str, request_hash: str, reply: Reply, now: datetime) -> None:
        """Keep an answer until its expiry."""
        self._table.update_item(
            Key=call_key(paper_id, request_hash),
            UpdateExpression="SET reply = :reply, answered_at = :now",
            ExpressionAttributeValues={":reply": document(reply), ":now": seconds(now)},
        )
