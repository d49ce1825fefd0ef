"""What is known beyond one edition: a row per edition, papers that none shows, since when categories are followed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Attr, ConditionBase, Key

from arxiv_daily.models import SCHEMA_VERSION, EditionRow, PaperRef, Suspect
from arxiv_daily.store.table import all_items, document, stamped, took_place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_SITE = Key("PK").eq("SITE")
_EDITIONS = _SITE & Key("SK").begins_with("EDITION#")


class SiteStore:
    """The items SITE / EDITION#date, PAPER#ref, SUSPECT#id and HORIZON#category."""

    def __init__(self, table: "Table") -> None:
        self._table = table
        self._years: set[int] = set()
        """Those that are known to have an edition: they keep it."""

    def put(self, row: EditionRow) -> None:
        """Write a row, unless one of a newer revision is there."""
        item = {"PK": "SITE", "SK": f"EDITION#{row.date}", "row": document(row), "rev": row.rev}
        took_place(
            lambda: self._table.put_item(
                Item=stamped(item),
                ConditionExpression="attribute_not_exists(PK) OR rev <= :rev",
                ExpressionAttributeValues={":rev": row.rev},
            )
        )

    def rows(self) -> list[EditionRow]:
        """Every edition, newest first."""
        return self._rows(_EDITIONS)

    def latest(self) -> EditionRow | None:
        """The newest edition; None while there is none."""
        return self._one(_EDITIONS, newest_first=True)

    def rows_between(self, first: date, last: date) -> list[EditionRow]:
        """The editions of these days, both included, newest first."""
        return self._rows(_between(first, last))

    def years(self) -> list[int]:
        """Those that have an edition, newest first."""
        first, last = self._one(_EDITIONS), self.latest()
        if first is None or last is None:
            return []
        self._years |= {first.date.year, last.date.year}
        for year in set(range(first.date.year, last.date.year)) - self._years:
            if self._one(_between(*_ends_of(year))):
                self._years.add(year)
        return sorted(self._years, reverse=True)

    def note_paper(self, ref: PaperRef) -> None:
        """Record that a version was read that no edition shows."""
        item = stamped({"PK": "SITE", "SK": f"PAPER#{ref}"})
        took_place(lambda: self._table.put_item(Item=item, ConditionExpression="attribute_not_exists(PK)"))

    def papers(self) -> list[PaperRef]:
        """The versions that no edition showed when they were read, in no order."""
        noted = all_items(self._table, _SITE & Key("SK").begins_with("PAPER#"))
        return [PaperRef.parse(item["SK"].removeprefix("PAPER#")) for item in noted]

    def suspects(self) -> list[Suspect]:
        """Papers of which nobody knows yet whether they were withdrawn, in no order."""
        items = all_items(self._table, _SITE & Key("SK").begins_with("SUSPECT#"))
        return [Suspect.model_validate(item["suspect"]) for item in items]

    def suspect(self, one: Suspect) -> None:
        self._table.put_item(Item=stamped({**_suspect_key(one.paper_id), "suspect": document(one)}))

    def clear(self, paper_id: str) -> None:
        """A paper is no suspect any more."""
        self._table.delete_item(Key=_suspect_key(paper_id))

    def horizons(self, categories: Collection[str], start: datetime) -> dict[str, datetime]:
        """Since when each category is followed: from `start` on, for one that was not followed before.

        What is known of other categories is forgotten, so that one that comes back later does not flood a day.
        """
        known = _SITE & Key("SK").begins_with("HORIZON#")
        found = {item["SK"].partition("#")[2]: item["start"] for item in all_items(self._table, known)}
        for category in found.keys() - set(categories):
            if found[category] < start.isoformat():
                self._close_horizon(category, start)
        for category in categories:
            if category not in found:
                found[category] = self._open_horizon(category, start)
        return {category: datetime.fromisoformat(found[category]) for category in categories}

    def _open_horizon(self, category: str, start: datetime) -> str:
        """What stands there afterwards; another run may have been faster."""
        answer = self._table.update_item(
            Key=_horizon_key(category),
            UpdateExpression="SET #start = if_not_exists(#start, :start), schema_version = :schema",
            ExpressionAttributeNames={"#start": "start"},
            ExpressionAttributeValues={":start": start.isoformat(), ":schema": SCHEMA_VERSION},
            ReturnValues="ALL_NEW",
        )
        return str(answer["Attributes"]["start"])

    def _close_horizon(self, category: str, start: datetime) -> None:
        """Forget one that opened before `start`.

        A run of an older configuration so leaves what a newer one opened: its own window starts no later than that.
        """
        key, opened_before = _horizon_key(category), Attr("start").lt(start.isoformat())
        took_place(lambda: self._table.delete_item(Key=key, ConditionExpression=opened_before))

    def _rows(self, condition: ConditionBase) -> list[EditionRow]:
        items = all_items(self._table, condition, newest_first=True)
        return [EditionRow.model_validate(item["row"]) for item in items]

    def _one(self, condition: ConditionBase, *, newest_first: bool = False) -> EditionRow | None:
        items = all_items(self._table, condition, newest_first=newest_first, limit=1)
        return EditionRow.model_validate(items[0]["row"]) if items else None


def _horizon_key(category: str) -> dict[str, str]:
    return {"PK": "SITE", "SK": f"HORIZON#{category}"}


def _suspect_key(paper_id: str) -> dict[str, str]:
    return {"PK": "SITE", "SK": f"SUSPECT#{paper_id}"}


def _between(first: date, last: date) -> ConditionBase:
    return _SITE & Key("SK").between(f"EDITION#{first}", f"EDITION#{last}")


def _ends_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def month_of(day: date) -> str:
    """As 2026-02."""
    return f"{day:%Y-%m}"
