"""The published JSON: people script against it, so fields are added, never renamed or dropped."""

from datetime import date
from typing import Any

from arxiv_daily.editions.view import EditionView, PaperState, PaperView
from arxiv_daily.models import Seen, TextSource

ABS = "https://arxiv.org/abs/"
SCHEMA_VERSION = 1
"""Of the published JSON alone: schemas/edition.v1.json and paper.v1.json."""

Document = dict[str, Any]
Looks = dict[str, tuple[object, ...]]


def edition_document(view: EditionView) -> Document:
    """`editions/<date>.json`."""
    return {
        "schema_version": SCHEMA_VERSION,
        "date": view.date.isoformat(),
        "window": view.window.model_dump(mode="json"),
        "status": view.status,
        "status_text": view.status_text,
        "counts": view.counts.model_dump(),
        "hidden_by": view.hidden_by,
        "settled_by": view.settled_by,
        "sources": [source.model_dump(mode="json") for source in view.sources],
        "papers": [_summary(seen) for seen in view.papers] + [_unseen(seen) for seen in view.unseen],
    }


def paper_document(seen: PaperView, edition: date | None) -> Document:
    """`papers/<id>.json`, and what the on_demand function answers."""
    return {
        "schema_version": SCHEMA_VERSION,
        **_summary(seen),
        "edition_date": edition.isoformat() if edition else None,
        "error": seen.error,
        "paper": seen.paper.model_dump(mode="json"),
        "digest": seen.digest.model_dump(mode="json") if seen.digest else None,
    }


def looks(document: Document) -> Looks:
    """Of each paper in an edition's document, by id and version (2602.10934v1), what its own page must agree with."""
    return {
        f"{seen['paper_id']}v{seen['version']}": (seen["state"], seen.get("withdrawn"), seen.get("taken_down"))
        for seen in document["papers"]
    }


def error_document(error: Exception) -> Document:
    """What the on_demand function answers when there is no paper to speak of."""
    return {"schema_version": SCHEMA_VERSION, "error": {"type": type(error).__name__, "message": str(error)}}


def _summary(seen: PaperView) -> Document:
    """`checks` counts the results that a digest claims with their evidence, and those that were verified."""
    return {
        "paper_id": seen.paper.paper_id,
        "version": seen.paper.version,
        "kind": seen.kind,
        "state": seen.state,
        "hidden_by": seen.hidden_by,
        "late": seen.late,
        "withdrawn": seen.withdrawn,
        "taken_down": seen.taken_down,
        "source": seen.source,
        "checks": {"verified": seen.checks.verified, "claimed": seen.checks.claimed},
        "title": seen.paper.title,
        "url": f"{ABS}{seen.paper.ref}",
    }


def _unseen(seen: Seen) -> Document:
    """A paper that a listing names: it is pending until arXiv shows its metadata, `since` when it was named."""
    return {
        "paper_id": seen.paper_id,
        "version": seen.version,
        "kind": seen.kind,
        "state": PaperState.PENDING,
        "hidden_by": None,
        "late": False,
        "withdrawn": None,
        "taken_down": None,
        "source": TextSource.NONE,
        "checks": {"verified": 0, "claimed": 0},
        "title": seen.title,
        "url": f"{ABS}{seen.paper_id}",
        "named_by": seen.witness,
        "since": seen.since.isoformat(),
        "overdue": seen.overdue,
    }
