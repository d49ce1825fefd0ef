"""The published schemas: true of every document that the code can make, and of nothing else."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from arxiv_daily.editions.sources_view import SourceState, SourceView
from arxiv_daily.editions.status import Counts, EditionStatus
from arxiv_daily.editions.view import EditionView, PaperState
from arxiv_daily.models import (
    SCHEMA_VERSION,
    Checks,
    Claim,
    Digest,
    Kind,
    Paper,
    PaperVersion,
    Part,
    Point,
    Probe,
    Provenance,
    Reading,
    SubPoint,
    TakeDown,
    TextSource,
    Usage,
    Window,
)
from arxiv_daily.publishing.documents import Document, edition_document, paper_document
from arxiv_daily.publishing.edition_event import edition_event
from arxiv_daily.publishing.schemas import EDITION, EDITION_PUBLISHED, PAPER, schema, schema_objects
from arxiv_daily.publishing.site import Site
from tests.examples import DAY, NOW, a_checked, a_failed, a_paper, a_ready, a_view, an_entry, some_checks, some_facts
from tests.hostile import hostile_seen, hostile_view

EVENTS = Path(__file__).parents[3] / "events"
SITE = Site(categories=("cs.SD",), url="https://papers.example")
SCHEMAS = {key: schema(SITE, key) for key in (EDITION, PAPER, EDITION_PUBLISHED)}


def strict(node: Any) -> Any:
    """The schema, with every field that it does not name forbidden: a new field of the code must be written down."""
    if isinstance(node, list):
        return [strict(part) for part in node]
    if not isinstance(node, dict):
        return node
    inner = {name: strict(part) for name, part in node.items()}
    return inner | ({"additionalProperties": False} if "properties" in node and "required" in node else {})


VALIDATORS = {
    key: Draft202012Validator(strict(content), format_checker=Draft202012Validator.FORMAT_CHECKER)
    for key, content in SCHEMAS.items()
}


def as_published(document: Document) -> Document:
    read: Document = json.loads(json.dumps(document))
    return read


def faults(key: str, document: Document) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATORS[key].iter_errors(as_published(document))]


def a_day() -> EditionView:
    """A paper in every state."""
    probes = Probe(at=NOW, witness="feed", seen=4, listed=DAY), Probe(at=NOW, witness="api", error="x")
    versions = [
        a_checked(a_paper("2602.10001"), some_checks()),
        a_failed(a_paper("2602.10002"), "没有全文"),
        PaperVersion(paper=a_paper("2602.10003")),
        a_ready(a_paper("hep-th/9901001", comment="c", journal_ref="j", doi="10.1/x")),
        a_ready(a_paper("2602.10005")).model_copy(update={"taken_down": TakeDown(reason="译文有误", at=NOW)}),
    ]
    late, hidden, replaced = {"late": True}, {"hidden_by": "cap"}, {"kind": Kind.REPLACE}
    places: list[dict[str, Any]] = [{"withdrawn": "w"}, late, {}, hidden, replaced]
    rows = [(version, an_entry(version.paper, **place)) for version, place in zip(versions, places, strict=True)]
    return a_view(some_facts(probes=probes), rows, hostile_seen())


def a_complete_day() -> EditionView:
    return a_view(some_facts(settled_by="listing"), [(a_ready(a_paper()), an_entry(a_paper()))])


VIEWS = {"a day": a_day(), "an empty day": a_view(some_facts()), "a hostile day": hostile_view()}


DOCUMENTS = [
    (EDITION, edition_document(a_day())),
    (PAPER, paper_document(a_day().papers[0], DAY)),
    (EDITION_PUBLISHED, edition_event(a_complete_day(), SITE)),
]


@pytest.mark.parametrize("key", SCHEMAS)
def test_a_schema_is_a_schema_named_by_its_address(key: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[key])
    assert SCHEMAS[key]["$id"] == f"https://papers.example/{key}"


def test_what_is_published_is_the_schema() -> None:
    published = {item.key: (item.content_type, json.loads(item.body)) for item in schema_objects(SITE)}
    assert published == {key: ("application/json; charset=utf-8", content) for key, content in SCHEMAS.items()}


@pytest.mark.parametrize("name", VIEWS)
def test_every_edition_is_as_its_schema_says(name: str) -> None:
    assert faults(EDITION, edition_document(VIEWS[name])) == []


@pytest.mark.parametrize("name", VIEWS)
def test_every_paper_is_as_its_schema_says(name: str) -> None:
    documents = [paper_document(seen, DAY) for seen in VIEWS[name].papers]
    assert [fault for document in documents for fault in faults(PAPER, document)] == []


def test_the_event_of_a_complete_edition_is_as_its_schema_says() -> None:
    assert faults(EDITION_PUBLISHED, edition_event(a_complete_day(), SITE)) == []


def test_the_example_of_an_event_is_as_its_schema_says() -> None:
    example = json.loads((EVENTS / "edition_published.json").read_text(encoding="utf-8"))
    assert faults(EDITION_PUBLISHED, example["detail"]) == []


def test_a_paper_of_no_edition_is_as_its_schema_says() -> None:
    seen = VIEWS["a day"].papers[0].model_copy(update={"kind": None})
    assert faults(PAPER, paper_document(seen, None)) == []


@pytest.mark.parametrize(("key", "document"), DOCUMENTS)
def test_readers_are_told_to_allow_fields_that_are_added_later(key: str, document: Document) -> None:
    later = as_published(document)
    for node in objects(later):
        if node is not later.get("hidden_by"):
            node["added_later"] = [1]
    Draft202012Validator(SCHEMAS[key]).validate(later)


@pytest.mark.parametrize(("key", "document"), DOCUMENTS)
def test_no_field_may_be_dropped_or_take_another_shape(key: str, document: Document) -> None:
    whole = as_published(document)
    optional = {"named_by", "since", "overdue", "taken_down"}  # of some papers, or later than the first release
    for count, node in enumerate(objects(whole)):
        for name in [] if node is whole.get("hidden_by") else node:
            for change in (drop(name), replace(name)):
                if change.__name__ == "dropped" and name in optional:
                    continue
                changed = deepcopy(whole)
                change(list(objects(changed))[count])
                assert not Draft202012Validator(SCHEMAS[key]).is_valid(changed), (name, change.__name__)


def drop(name: str) -> Callable[[dict[str, Any]], None]:
    def dropped(node: dict[str, Any]) -> None:
        del node[name]

    return dropped


def replace(name: str) -> Callable[[dict[str, Any]], None]:
    def replaced(node: dict[str, Any]) -> None:
        node[name] = 0.5

    return replaced


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document; of a list's, the first that has each set of fields."""
    if isinstance(node, dict):
        yield node
        for part in node.values():
            yield from objects(part)
    if isinstance(node, list):
        kinds = {tuple(part) if isinstance(part, dict) else "": part for part in reversed(node)}
        for part in kinds.values():
            yield from objects(part)


@pytest.mark.parametrize(
    ("key", "path", "values"),
    [
        (EDITION, "properties/status", EditionStatus),
        (EDITION, "$defs/state", PaperState),
        (EDITION, "$defs/kind", Kind),
        (EDITION, "$defs/source", TextSource),
        (EDITION, "$defs/witness/properties/state", SourceState),
    ],
)
def test_values_are_those_of_the_code(key: str, path: str, values: type[StrEnum]) -> None:
    assert set(at(SCHEMAS[key], path)["enum"]) == set(values)


@pytest.mark.parametrize(
    ("key", "path", "model"),
    [
        (EDITION, "properties/window", Window),
        (EDITION, "properties/counts", Counts),
        (EDITION_PUBLISHED, "properties/counts", Counts),
        (EDITION, "$defs/witness", SourceView),
        (PAPER, "$defs/metadata", Paper),
        (PAPER, "$defs/digest", Digest),
        (PAPER, "$defs/digest/properties/reading", Reading),
        (PAPER, "$defs/part", Part),
        (PAPER, "$defs/point", Point),
        (PAPER, "$defs/sub_point", SubPoint),
        (PAPER, "$defs/claim", Claim),
        (PAPER, "$defs/checks", Checks),
        (PAPER, "$defs/provenance", Provenance),
        (PAPER, "$defs/provenance/properties/usage", Usage),
    ],
)
def test_fields_are_those_of_the_model(key: str, path: str, model: type[BaseModel]) -> None:
    assert set(at(SCHEMAS[key], path)["properties"]) == set(model.model_fields)


def test_the_version_is_the_codes() -> None:
    assert SCHEMAS[PAPER]["$defs"]["schema_version"]["const"] == SCHEMA_VERSION


def at(node: Any, path: str) -> Any:
    for name in path.split("/"):
        node = node[name]
    return node


def test_a_ready_paper_has_a_digest() -> None:
    document = paper_document(a_day().papers[0].model_copy(update={"state": PaperState.READY, "digest": None}), DAY)
    assert faults(PAPER, document) == ["$.digest: None is not of type 'object'"]


@pytest.mark.parametrize("day", ["2026-02-30", "12.2.2026"])
def test_a_date_is_a_date(day: str) -> None:
    assert faults(EDITION, edition_document(a_day()) | {"date": day}) == [f"$.date: '{day}' is not a 'date'"]
