"""A paper asked for by its id: asking until it is settled, and what is printed of it. For every kind of stack."""

import time
from collections.abc import Callable
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from arxiv_daily_cli.functions import FunctionFailed

Document = dict[str, Any]

_ASK_AGAIN_SECONDS, _ASK_SELDOM_SECONDS = 2.0, 60.0
_SOURCES = {
    "html": "the full paper (HTML)",
    "pdf": "the full paper (PDF)",
    "pdf_native": "the full paper (a PDF without text, read as pictures)",
    "abstract": "the abstract alone",
    "none": "nothing",
}


def read(ask: Callable[[], Document], tell: Callable[[str], None], patience: float = float("inf")) -> Document:
    """The paper's document once it is settled, or as it is after `patience` seconds; asks ever more seldom.

    Raises FunctionFailed with the function's own words where there is no such paper.
    """
    pause, given_up = _ASK_AGAIN_SECONDS, time.monotonic() + patience
    while True:
        document = ask()
        if "error" in document and "paper_id" not in document:
            raise FunctionFailed(document["error"]["message"])
        if document["state"] != "pending" or time.monotonic() + pause > given_up:
            return document
        tell(f"{document['paper_id']} has to wait; asking again in {pause:.0f} s.")
        time.sleep(pause)
        pause = min(2 * pause, _ASK_SELDOM_SECONDS)


def show(document: Document, where: str) -> None:
    """What a paper is, what was made of it, and where it can be read."""
    paper, digest = document["paper"], document["digest"]
    typer.echo(f"{document['title']}\n{', '.join(paper['authors'])}\n")
    if digest:
        typer.echo(f"{digest['translation']}\n\n{_gist(digest['reading'])}\n")
    Console(highlight=False).print(_facts(document))
    typer.echo(where)


def _gist(reading: Document) -> str:
    """A line for each part of a reading: how it begins."""
    return "\n".join(f"- {_beginning(reading[part])}" for part in ("background", "method", "results"))


def _beginning(part: Document) -> str:
    point = part["points"][0]
    texts = [part["lead"], point["text"], *(sub["text"] for sub in point["points"])]
    return next((text for text in texts if text), "")


def _facts(document: Document) -> Table:
    grid = Table.grid(padding=(0, 2))
    for name, said in _rows(document):
        grid.add_row(name, Text(said))
    return grid


def _rows(document: Document) -> list[tuple[str, str]]:
    digest = document["digest"]
    edition = document["edition_date"]
    rows = [
        ("Paper", f"{document['paper_id']}v{document['version']}"),
        ("State", document["state"]),
        ("Edition", f"{edition} ({document['kind']})" if edition else "none, asked for on demand"),
    ]
    for name, field in (("Hidden by", "hidden_by"), ("Withdrawn", "withdrawn"), ("Taken down", "taken_down")):
        rows += [(name, document[field])] if document[field] else []
    rows += [("Reason", document["error"])] if document["error"] else []
    return rows + (_provenance(digest) if digest else [])


def _provenance(digest: Document) -> list[tuple[str, str]]:
    made, checks = digest["provenance"], digest["checks"]
    note = f"; {made['source_note']}" if made["source_note"] else ""
    left = f", {len(checks['dropped'])} left out" if checks["dropped"] else ""
    doubts = f"; {len(checks['doubts'])} doubts are on the page" if checks["doubts"] else ""
    usage = made["usage"]
    tokens = f"{usage['input_tokens']:,} tokens in, {usage['output_tokens']:,} out"
    return [
        ("Read", f"{_SOURCES[made['source']]}{note}"),
        ("Checks", f"{checks['verified']} of {checks['claimed']} results verified{left}{doubts}"),
        ("Model", f"{made['model']}, prompt {made['prompt_version']}, {made['language']}"),
        ("Cost", f"${made['cost'] / 1_000_000:.4f} for {tokens}"),
    ]
