"""What a check found, and how it is made without hindering the others."""

from collections.abc import Callable
from enum import StrEnum

from botocore.exceptions import BotoCoreError, ClientError

from arxiv_daily.models import Value
from arxiv_daily_cli.deployed.explaining import explain
from arxiv_daily_cli.deployed.stack import StackUnusable

NEEDS_CREDENTIALS, NEEDS_THE_STACK = "needs credentials", "needs the stack"


class Mark(StrEnum):
    OK = "ok"
    NOTE = "note"
    """As somebody wanted it, and worth knowing."""
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """The check could not be made: that is never ok."""


class Finding(Value):
    mark: Mark
    said: str
    next: str = ""
    """What to do; empty where there is nothing to do."""


class Checked(Finding):
    check: str


def ok(said: str) -> Finding:
    return Finding(mark=Mark.OK, said=said)


def note(said: str, next_step: str = "") -> Finding:
    return Finding(mark=Mark.NOTE, said=said, next=next_step)


def wrong(said: str, next_step: str = "") -> Finding:
    return Finding(mark=Mark.WRONG, said=said, next=next_step)


def unknown(said: str, next_step: str = "") -> Finding:
    return Finding(mark=Mark.UNKNOWN, said=said, next=next_step)


def checked(name: str, check: Callable[[], Finding]) -> Checked:
    """One that AWS refuses, or that cannot be asked, is unknown and says why."""
    try:
        found = check()
    except (BotoCoreError, ClientError) as error:
        found = unknown(explain(error))
    except StackUnusable as error:
        found = wrong(str(error))
    return Checked(check=name, **found.model_dump())
