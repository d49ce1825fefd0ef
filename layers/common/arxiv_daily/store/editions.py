"""Editions: their facts, and the conditional write that records which papers each has shown."""

from datetime import date
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key
from botocore.exceptions import ClientError

from arxiv_daily.models import SCHEMA_VERSION, EditionFacts, Entry, Probe, Window
from arxiv_daily.store.table import Item, all_items, document, is_conflict, paper_key, stamped, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


_TRIES = 5
_NEWS = "attribute_not_exists(probes.#probe) OR probes.#probe <> :outcome"


class EditionStore:
    """The items EDITION#date / FACTS and EDITION#date / ENTRY#id."""

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

    def entries(self, day: date) -> list[Entry]:
        """Every paper that joined, in no order."""
        joined = Key("PK").eq(f"EDITION#{day}") & Key("SK").begins_with("ENTRY#")
        return [Entry.model_validate(item["entry"]) for item in all_items(self._table, joined)]

    def join(self, day: date, entry: Entry) -> bool:
        """Let a paper join an edition; False when it is in one already, which then stays its edition."""
        client, items = self._table.meta.client, self._joining(day, entry)
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

    def _joining(self, day: date, entry: Entry) -> "list[TransactWriteItemTypeDef]":
        """Both items or neither: the paper's edition, and its entry there."""
        joined: TransactWriteItemTypeDef = {
            "Update": {
                "TableName": self._table.name,
                "Key": paper_key(entry.paper_id),
                "UpdateExpression": "SET edition = :day, #version = :version, kind = :kind, schema_version = :schema",
                "ConditionExpression": "attribute_not_exists(edition)",
                "ExpressionAttributeNames": {"#version": "version"},
                "ExpressionAttributeValues": {
                    ":day": day.isoformat(),
                    ":version": entry.version,
                    ":kind": entry.kind,
                    ":schema": SCHEMA_VERSION,
                },
            }
        }
        item = {**_edition_key(day, f"ENTRY#{entry.paper_id}"), "entry": document(entry)}
        return [joined, {"Put": {"TableName": self._table.name, "Item": stamped(item)}}]


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
        rev=int(item["rev"]),
    )
