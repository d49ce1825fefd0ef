"""What is looked at before a paper is read, and before Claude is asked about it: two items in one read each."""

from datetime import date
from typing import TYPE_CHECKING

from arxiv_daily.models import BudgetDay, ModelGate, Reply
from arxiv_daily.store.budget import budget_day, budget_key
from arxiv_daily.store.calls import stored_reply
from arxiv_daily.store.model_gate import CLAUDE, model_gate
from arxiv_daily.store.table import Item, Key, batch_get, call_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class BeforeAsking:
    """The items GATE / CLAUDE, BUDGET / date and PAPER#id / CALL#hash."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def gate_and_budget(self, day: date) -> tuple[ModelGate, BudgetDay]:
        gate, budget = self._two(CLAUDE, budget_key(day))
        return model_gate(gate), budget_day(day, budget)

    def reply_and_gate(self, paper_id: str, request_hash: str) -> tuple[Reply | None, ModelGate]:
        """The stored answer to a request, if there is one, and the gate."""
        call, gate = self._two(call_key(paper_id, request_hash), CLAUDE)
        return stored_reply(call), model_gate(gate)

    def _two(self, *keys: Key) -> tuple[Item, ...]:
        """Empty for an item that is not there."""
        found = {(item["PK"], item["SK"]): item for item in batch_get(self._table, keys)}
        return tuple(found.get((key["PK"], key["SK"]), {}) for key in keys)
