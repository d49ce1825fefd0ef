"""Papers and their versions: metadata, work, digest."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from boto3.dynamodb.conditions import Key

from arxiv_daily.models import Digest, Paper, PaperRef, PaperVersion, TakeDown, Work
from arxiv_daily.store.table import (
    Item,
    all_items,
    batch_get,
    document,
    moment,
    paper_key,
    seconds,
    stamped,
    took_place,
    version_key,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_WORK_TIMES = ("sent_at", "lease_until", "not_before", "ended_at")
_TRIES = 8
_NONE: Mapping[PaperRef, PaperVersion] = MappingProxyType({})


class Contended(Exception):
    """Others changed the item again and again between our read and our write."""


class PaperStore:
    """The items PAPER#id / PAPER and PAPER#id / V#n.

    The digest is one attribute of JSON: two hundred of DynamoDB's would take the SDK much longer to read.
    """

    def __init__(self, table: "Table") -> None:
        self._table = table

    def add(self, paper: Paper) -> PaperVersion:
        """Store a version's metadata unless it is there already; the stored version either way."""
        version = PaperVersion(paper=paper)
        condition = "attribute_not_exists(PK)"
        if took_place(lambda: self._table.put_item(Item=_item(version), ConditionExpression=condition)):
            return version
        return self.version(paper.ref)

    def version(self, ref: PaperRef) -> PaperVersion:
        """Raises KeyError when this version was never stored."""
        return stored_version(ref, self._table.get_item(Key=version_key(ref), ConsistentRead=True).get("Item", {}))

    def versions(
        self, refs: Sequence[PaperRef], known: Mapping[PaperRef, PaperVersion] = _NONE
    ) -> dict[PaperRef, PaperVersion]:
        """Those of the versions that are stored; of `known` ones that are as they were, only the revision is read."""
        revisions = batch_get(self._table, [version_key(ref) for ref in refs if ref in known], ("PK", "SK", "rev"))
        now = {_ref(item): int(item["rev"]) for item in revisions}
        same = {ref: known[ref] for ref, rev in now.items() if known[ref].rev == rev}
        read = batch_get(self._table, [version_key(ref) for ref in refs if ref not in same])
        return same | {version.paper.ref: version for version in map(_version, read)}

    def all_versions(self, paper_id: str) -> list[PaperVersion]:
        """Every version of a paper that was ever stored, in no order."""
        stored = Key("PK").eq(paper_key(paper_id)["PK"]) & Key("SK").begins_with("V#")
        return [_version(item) for item in all_items(self._table, stored)]

    def change(
        self, ref: PaperRef, change: Callable[[PaperVersion], PaperVersion], last_seen: PaperVersion | None = None
    ) -> PaperVersion:
        """Replace a version by `change(version)`, on the newest state of it; an equal one writes nothing.

        What is believed to be the newest state need not be read: `last_seen`. `change` is called again when somebody
        else wrote in between. Raises Contended when that does not end, KeyError when the version was never stored.
        """
        for _ in range(_TRIES):
            old, last_seen = last_seen or self.version(ref), None
            new = change(old)
            if new == old:
                return old
            new = new.model_copy(update={"rev": old.rev + 1})
            if self._replace(new, old.rev):
                return new
        raise Contended(f"{ref}: {_TRIES} writes in a row met a newer state; the message will come back")

    def edition_of(self, ref: PaperRef) -> date | None:
        """The edition that shows this version; None for one that was only asked for on demand."""
        found = self._table.get_item(Key=paper_key(ref.paper_id), ConsistentRead=True).get("Item", {})
        joined = _joined(found, ref)
        return date.fromisoformat(joined) if joined else None

    def editions_with(self, refs: Collection[PaperRef]) -> dict[PaperRef, date]:
        """The edition that shows each version, of those that one shows."""
        keys = [paper_key(paper_id) for paper_id in dict.fromkeys(ref.paper_id for ref in refs)]
        items = {item["PK"].partition("#")[2]: item for item in batch_get(self._table, keys)}
        joined = {ref: _joined(items.get(ref.paper_id, {}), ref) for ref in refs}
        return {ref: date.fromisoformat(day) for ref, day in joined.items() if day}

    def editions_of(self, paper_ids: Collection[str]) -> dict[str, date]:
        """The edition that each paper joined as new or cross-listed, of those that are in one."""
        items = batch_get(self._table, [paper_key(paper_id) for paper_id in dict.fromkeys(paper_ids)])
        return {
            item["PK"].partition("#")[2]: date.fromisoformat(item["edition"]) for item in items if "edition" in item
        }

    def _replace(self, version: PaperVersion, expected_rev: int) -> bool:
        return took_place(
            lambda: self._table.put_item(
                Item=_item(version),
                ConditionExpression="rev = :expected",
                ExpressionAttributeValues={":expected": expected_rev},
            )
        )


def stored_version(ref: PaperRef, item: Item) -> PaperVersion:
    """The version of an item. Raises KeyError for an empty one, which is none."""
    if not item:
        raise KeyError(f"{ref} is not in the table")
    return _version(item)


def _joined(paper: Item, ref: PaperRef) -> str | None:
    """The edition of one version: a replacement has one of its own."""
    return paper.get(f"replaced_v{ref.version}") or paper.get("edition")


def _ref(item: Item) -> PaperRef:
    return PaperRef(paper_id=item["PK"].partition("#")[2], version=int(item["SK"].partition("#")[2]))


def _item(version: PaperVersion) -> Item:
    work = version.work
    return stamped(
        {
            **version_key(version.paper.ref),
            "paper": document(version.paper),
            "rev": version.rev,
            **document(work),
            **{name: seconds(value) for name in _WORK_TIMES if (value := getattr(work, name))},
            **({"digest": version.digest.model_dump_json(exclude_none=True)} if version.digest else {}),
            **({"taken_down": document(version.taken_down)} if version.taken_down else {}),
        }
    )


def _digest(stored: str | Item) -> Digest:
    """Decision 28; older items hold a map."""
    return Digest.model_validate_json(stored) if isinstance(stored, str) else Digest.model_validate(stored)


def _version(item: Item) -> PaperVersion:
    work = {name: item[name] for name in Work.model_fields if name in item}
    times = {name: moment(work[name]) for name in _WORK_TIMES if name in work}
    return PaperVersion(
        paper=Paper.model_validate(item["paper"]),
        work=Work.model_validate({**work, **times}),
        digest=_digest(item["digest"]) if "digest" in item else None,
        taken_down=TakeDown.model_validate(item["taken_down"]) if "taken_down" in item else None,
        rev=int(item["rev"]),
    )
