"""What is looked at before a paper is read, and before Claude is asked about it: in one read each."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from arxiv_daily.models import BudgetDay, ModelGate, PaperRef, PaperVersion, Reply
from arxiv_daily.store.budget import budget_day, budget_key
from arxiv_daily.store.calls import stored_reply
from arxiv_daily.store.model_gate import CLAUDE, model_gate
from arxiv_daily.store.papers import stored_version
from arxiv_daily.store.table import Item, Key, batch_get, call_key, version_key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class BeforeReading(NamedTuple):
    """A paper, the gate to Claude and the day's budget, in which the paper is not among those that wait."""

    version: PaperVersion
    gate: ModelGate
    budget: BudgetDay


class BeforeAsking:
    """The items PAPER#id / V#n, GATE / CLAUDE, BUDGET / date and PAPER#id / CALL#hash."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def paper_gate_and_budget(self, ref: PaperRef, day: date) -> BeforeReading:
        """Raises KeyError when the version is not stored."""
        version, gate, budget = self._items(version_key(ref), CLAUDE, budget_key(day))
        return BeforeReading(stored_version(ref, version), model_gate(gate), budget_day(day, budget, besides=ref))

    def reply_and_gate(self, paper_id: str, request_hash: str) -> tuple[Reply | None, ModelGate]:
        """The stored answer to a request, if there is one, and the gate."""
        call, gate = self._items(call_key(paper_id, request_hash), CLAUDE)
        return stored_reply(call), model_gate(gate)

    def _items(self, *keys: Key) -> tuple[Item, ...]:
        """Empty for an item that is not there."""
        found = {(item["PK"], item["SK"]): item for item in batch_get(self._table, keys)}
        return tuple(found.get((key["PK"], key["SK"]), {}) for key in keys)
