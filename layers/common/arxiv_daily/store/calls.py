"""Requests to Claude and their answers: what was answered once is never bought again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from arxiv_daily.models import SCHEMA_VERSION, PaperRef, Reply, Usage
from arxiv_daily.observability import logger
from arxiv_daily.store.budget import BudgetStore, Hold, Reservation
from arxiv_daily.store.table import Item, call_key, document, seconds

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Call:
    """A request that is about to be sent, and what is held of the day's budget for it."""

    ref: PaperRef
    request_hash: str
    hold: Hold


class CallStore:
    """The items PAPER#id / CALL#hash, and what their answers cost."""

    def __init__(self, table: "Table") -> None:
        self._table = table
        self._budget = BudgetStore(table)

    def reserve(self, ref: PaperRef, request_hash: str, wanted: Reservation) -> Call | None:
        """Before a request is sent; None when the day's budget has no room for it."""
        hold = self._budget.reserve(ref.paper_id, wanted)
        return Call(ref, request_hash, hold) if hold else None

    def release(self, call: Call) -> None:
        """The request was refused, so that nothing is billed. What may have been answered is never released."""
        self._budget.release(call.hold)

    def keep(self, call: Call, reply: Reply, cost: int, now: datetime) -> None:
        """Keep an answer until its expiry, with what it cost, in micro-dollars.

        Settling comes after it: should that fail, the day has committed too much, and nothing is lost.
        """
        self._table.update_item(
            Key=call_key(call.ref.paper_id, call.request_hash),
            UpdateExpression="SET reply = :reply, cost = :cost, answered_at = :now, expires = :expires, "
            "schema_version = :schema",
            ExpressionAttributeValues={
                ":reply": document(reply),
                ":cost": cost,
                ":now": seconds(now),
                ":expires": round(seconds(now + KEPT_FOR)),
                ":schema": SCHEMA_VERSION,
            },
        )

    def settle(self, call: Call, usage: Usage, cost: int, *, ends_wait: bool = False) -> bool:
        """Put what an answer cost in the place of what was held for it; False, and a warning, when AWS refuses."""
        try:
            self._budget.settle(call.hold, call.ref, usage, cost, ends_wait=ends_wait)
        except (BotoCoreError, ClientError):
            logger.warning("an answer was stored and its cost not settled", exc_info=True)
            return False
        return True


def stored_reply(item: Item) -> Reply | None:
    """The answer of a call's item; None when the request was never answered, or the answer was lost."""
    return Reply.model_validate(item["reply"]) if "reply" in item else None
