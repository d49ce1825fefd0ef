"""`arxiv-daily logs`: the command."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from arxiv_daily.models import InvalidPaperId, PaperRef
from arxiv_daily_cli.deployed.command import AsJson, StackName, errors, readable_errors
from arxiv_daily_cli.deployed.logs.lines import Line
from arxiv_daily_cli.deployed.logs.searching import lines_about
from arxiv_daily_cli.deployed.stack import find

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_STYLES = {"WARNING": "yellow", "ERROR": "red", "CRITICAL": "red"}


class Level(StrEnum):
    """From the least grave to the gravest."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def gravity(self) -> int:
        return list(Level).index(self)

    @classmethod
    def of(cls, line: Line) -> "Level":
        name = line.level.lower()
        return cls(name) if name in set(cls) else cls.ERROR


def a_subject(text: str) -> str:
    """A paper's id or an edition's date, as log lines write it. Raises typer.BadParameter."""
    try:
        return (
            date.fromisoformat(text).isoformat()
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text)
            else PaperRef.parse(text).paper_id
        )
    except InvalidPaperId as error:
        raise typer.BadParameter(f"{error}; or name an edition's date, as 2026-02-12") from error
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no date: write it like 2026-02-12") from error


def a_span(text: str) -> timedelta:
    """Raises typer.BadParameter."""
    match = re.fullmatch(r"(\d{1,4})([mhdw])", text)
    if match is None:
        raise typer.BadParameter(f"{text} is no span of time: write it like 90m, 12h, 2d or 1w")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def logs(
    subject: Annotated[
        str, typer.Argument(parser=a_subject, metavar="ID|DATE", help="A paper's id, or the date of an edition.")
    ],
    *,
    since: Annotated[
        timedelta, typer.Option("--since", parser=a_span, metavar="SPAN", help="How far back: 90m, 12h, 2d or 1w.")
    ] = "7d",  # type: ignore[assignment]  # as it would be typed
    level: Annotated[Level, typer.Option("--level", case_sensitive=False, help="The least grave lines to show.")] = (
        Level.DEBUG
    ),
    stack_name: StackName = "arxiv-daily",
    as_json: AsJson = False,
) -> None:
    """Show what all functions logged about a paper or an edition, in the order of time. JSON is a line for each."""
    with readable_errors():
        found = lines_about(find(stack_name), subject, datetime.now(UTC) - since)
    found = [line for line in found if Level.of(line).gravity >= level.gravity]
    if as_json:
        for line in found:
            typer.echo(json.dumps(_document(line), ensure_ascii=False))
    elif found:
        Console(highlight=False).print(_table(found, subject))
    else:
        errors.print(f"Nothing was logged about {subject} in that time; look further back with --since.")


def _document(line: Line) -> dict[str, object]:
    return {"at": line.at.isoformat(), "function": line.function, "line": line.fields or line.text.strip()}


def _table(found: Sequence[Line], subject: str) -> Table:
    grid = Table.grid(padding=(0, 1))
    for line in found:
        grid.add_row(
            f"{line.at.astimezone():%m-%d %H:%M:%S}",
            line.function,
            Text(line.level, _STYLES.get(line.level, "")),
            Text("  ".join(part for part in (line.message, _fields(line, subject), line.failure) if part)),
        )
    return grid


def _fields(line: Line, subject: str) -> str:
    told = {name: value for name, value in line.key_fields.items() if str(value) != subject}
    return "  ".join(
        f"{name}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in told.items()
    )
