"""Editions: their facts, and the conditional write that records which papers each has shown."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key
from botocore.exceptions import ClientError

from arxiv_daily.models import SCHEMA_VERSION, EditionFacts, Entry, Kind, Probe, Seen, Window
from arxiv_daily.store.table import (
    Item,
    all_items,
    batch_get,
    document,
    is_conflict,
    paper_key,
    stamped,
    took_place,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


_TRIES = 5
_NEWS = "attribute_not_exists(probes.#probe) OR probes.#probe <> :outcome"


class EditionStore:
    """The items EDITION#date / FACTS, EDITION#date / ENTRY#id and EDITION#date / SEEN#id."""

    def __init__(self, table: "Table") -> None:
        self._table = table

    def open(self, day: date, window: Window) -> EditionFacts:
        """The facts of an edition, created when this is its first run."""
        item = {
            **_facts_key(day),
            "date": day.isoformat(),
            "window": document(window),
            "probes": {},
            "rev": 0,
        }
        took_place(lambda: self._table.put_item(Item=stamped(item), ConditionExpression="attribute_not_exists(PK)"))
        return self.facts(day)

    def facts(self, day: date) -> EditionFacts:
        """Raises KeyError when there is no such edition."""
        found = self._table.get_item(Key=_facts_key(day), ConsistentRead=True).get("Item")
        if found is None:
            raise KeyError(f"there is no edition of {day}")
        return _facts(found)

    def known(self, days: Collection[date]) -> dict[date, EditionFacts]:
        """The facts of those editions that there are."""
        found = [_facts(item) for item in batch_get(self._table, [_facts_key(day) for day in days])]
        return {facts.date: facts for facts in found}

    def entries(self, day: date) -> list[Entry]:
        """Every paper that joined, in no order."""
        return [Entry.model_validate(item["entry"]) for item in self._items(day, "ENTRY#")]

    def entry(self, day: date, paper_id: str) -> Entry | None:
        """A paper's place in the edition; None when it is not in it."""
        key = _edition_key(day, f"ENTRY#{paper_id}")
        found = self._table.get_item(Key=key, ConsistentRead=True).get("Item")
        return Entry.model_validate(found["entry"]) if found else None

    def seen(self, day: date) -> list[Seen]:
        """Papers that a listing named for the edition and that have not joined it yet, in no order."""
        return [Seen.model_validate(item["seen"]) for item in self._items(day, "SEEN#")]

    def join(self, day: date, entry: Entry) -> bool:
        """Let a paper join an edition.

        False when it is in one already, which then stays its edition; of a replacement, when this version was shown.
        """
        return self._transact([self._membership(day, entry), self._entry(day, entry)])

    def note(self, day: date, seen: Seen) -> bool:
        """Record that a listing named a paper; False when that is recorded already."""
        item = {**_edition_key(day, f"SEEN#{seen.paper_id}"), "seen": document(seen)}
        return self._transact([self._put_once(item), self._newer(day)])

    def resolve(self, day: date, paper_id: str) -> bool:
        """Forget that a listing named a paper, since it is in an edition now; False when nothing was recorded."""
        key = _edition_key(day, f"SEEN#{paper_id}")
        delete: TransactWriteItemTypeDef = {
            "Delete": {"TableName": self._table.name, "Key": key, "ConditionExpression": "attribute_exists(PK)"}
        }
        return self._transact([delete, self._newer(day)])

    def mark_overdue(self, day: date, paper_id: str) -> bool:
        """Write that a paper without metadata is overdue, unless that is written."""
        overdue: TransactWriteItemTypeDef = {
            "Update": {
                "TableName": self._table.name,
                "Key": _edition_key(day, f"SEEN#{paper_id}"),
                "UpdateExpression": "SET seen.overdue = :yes",
                "ConditionExpression": "seen.overdue = :no",
                "ExpressionAttributeValues": {":yes": True, ":no": False},
            }
        }
        return self._transact([overdue, self._newer(day)])

    def settle(self, day: date, by: str, *, instead_of: str = "") -> bool:
        """Write what settled the edition, unless that is written and not what this stands `instead_of`."""
        return took_place(
            lambda: self._table.update_item(
                Key=_facts_key(day),
                UpdateExpression="SET settled_by = :by ADD rev :one",
                ConditionExpression="attribute_exists(PK) AND "
                "(attribute_not_exists(settled_by) OR settled_by = :weaker)",
                ExpressionAttributeValues={":by": by, ":weaker": instead_of, ":one": 1},
            )
        )

    def withdraw(self, day: date, paper_id: str, comment: str, at: datetime) -> bool:
        """Mark a paper of an edition as withdrawn, as a probe noticed at `at`.

        False when it is marked, or not in that edition.
        """
        return took_place(
            lambda: self._table.update_item(
                Key=_edition_key(day, f"ENTRY#{paper_id}"),
                UpdateExpression="SET entry.withdrawn = :comment, entry.withdrawn_at = :at",
                ConditionExpression="attribute_exists(PK) AND attribute_not_exists(entry.withdrawn)",
                ExpressionAttributeValues={":comment": comment, ":at": at.isoformat()},
            )
        )

    def _items(self, day: date, prefix: str) -> list[Item]:
        return all_items(self._table, Key("PK").eq(f"EDITION#{day}") & Key("SK").begins_with(prefix))

    def _transact(self, items: "list[TransactWriteItemTypeDef]") -> bool:
        """All of the writes or none; False when a condition did not hold."""
        client = self._table.meta.client
        for _ in range(_TRIES - 1):
            try:
                return took_place(lambda: client.transact_write_items(TransactItems=items))
            except ClientError as error:
                if not is_conflict(error):
                    raise
        return took_place(lambda: client.transact_write_items(TransactItems=items))

    def record(self, day: date, probe: Probe) -> None:
        """Write what a probe learned. The same again changes nothing, and what was read is not unlearned."""
        took_place(
            lambda: self._table.update_item(
                Key=_facts_key(day),
                UpdateExpression="SET probes.#probe = :outcome ADD rev :one",
                ConditionExpression=_NEWS if probe.error is None else "attribute_not_exists(probes.#probe)",
                ExpressionAttributeNames={"#probe": f"{probe.at.isoformat()} {probe.witness}"},
                ExpressionAttributeValues={":outcome": document(probe), ":one": 1},
            )
        )

    def _membership(self, day: date, entry: Entry) -> "TransactWriteItemTypeDef":
        """The paper's edition; a later version that is shown as a replacement has one of its own."""
        values: dict[str, str | int] = {":day": day.isoformat(), ":version": entry.version, ":schema": SCHEMA_VERSION}
        if entry.kind is Kind.REPLACE:
            changes = "SET #shown_in = :day, schema_version = :schema"
            condition = "attribute_not_exists(#shown_in) AND (attribute_not_exists(edition) OR #version < :version)"
            names = {"#shown_in": f"replaced_v{entry.version}", "#version": "version"}
        else:
            changes = "SET edition = :day, #version = :version, kind = :kind, schema_version = :schema"
            condition = "attribute_not_exists(edition)"
            names, values[":kind"] = {"#version": "version"}, entry.kind
        return {
            "Update": {
                "TableName": self._table.name,
                "Key": paper_key(entry.paper_id),
                "UpdateExpression": changes,
                "ConditionExpression": condition,
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": values,
            }
        }

    def _entry(self, day: date, entry: Entry) -> "TransactWriteItemTypeDef":
        return self._put_once({**_edition_key(day, f"ENTRY#{entry.paper_id}"), "entry": document(entry)})

    def _put_once(self, item: Item) -> "TransactWriteItemTypeDef":
        once = "attribute_not_exists(PK)"
        return {"Put": {"TableName": self._table.name, "Item": stamped(item), "ConditionExpression": once}}

    def _newer(self, day: date) -> "TransactWriteItemTypeDef":
        """What lies beside the facts changed: the edition's revision grows."""
        return {
            "Update": {
                "TableName": self._table.name,
                "Key": _facts_key(day),
                "UpdateExpression": "ADD rev :one",
                "ConditionExpression": "attribute_exists(PK)",
                "ExpressionAttributeValues": {":one": 1},
            }
        }


def _edition_key(day: date, sort: str) -> dict[str, str]:
    return {"PK": f"EDITION#{day}", "SK": sort}


def _facts_key(day: date) -> dict[str, str]:
    return _edition_key(day, "FACTS")


def _facts(item: Item) -> EditionFacts:
    probes = [Probe.model_validate(probe) for _, probe in sorted(item["probes"].items())]
    return EditionFacts(
        date=date.fromisoformat(item["date"]),
        window=Window.model_validate(item["window"]),
        probes=tuple(probes),
        settled_by=item.get("settled_by"),
        rev=int(item["rev"]),
    )
