"""What the commands for a deployed stack share: their options, and errors that a person can read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, NoReturn

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from arxiv_daily.models import InvalidPaperId, PaperRef
from arxiv_daily_cli.deployed.explaining import explain
from arxiv_daily_cli.deployed.stack import StackUnusable
from arxiv_daily_cli.functions import FunctionFailed

NEEDS_A_PERSON = 3
"""Exit code of `status` and `doctor` when something is not well."""

errors = Console(stderr=True, highlight=False, soft_wrap=True)

StackName = Annotated[str, typer.Option(help="Name of the deployed stack.")]
Threshold = Annotated[
    float,
    typer.Option("--ask-above", metavar="DOLLARS", min=0, help="Ask before it starts when it may cost more than this."),
]
Yes = Annotated[bool, typer.Option("--yes", help="Start without asking, whatever it may cost.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def a_date(text: str) -> date:
    """Raises typer.BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no date: write it like 2026-02-12") from error


def a_paper(text: str) -> PaperRef:
    """Raises typer.BadParameter."""
    try:
        return PaperRef.parse(text)
    except InvalidPaperId as error:
        raise typer.BadParameter(str(error)) from error


def dollars(micro_dollars: int, digits: int = 2) -> str:
    return f"${micro_dollars / 1_000_000:,.{digits}f}"


def papers(number: int) -> str:
    return "1 paper" if number == 1 else f"{number} papers"


@contextmanager
def readable_errors() -> Iterator[None]:
    """What a person can mend is told in a sentence."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        fail(explain(error))
    except (StackUnusable, FunctionFailed) as error:
        fail(str(error))


def fail(sentence: str) -> NoReturn:
    """Raises typer.Exit."""
    errors.print(f"Error: {sentence}", style="red", markup=False)
    raise typer.Exit(1)
