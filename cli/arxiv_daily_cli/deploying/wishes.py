"""What the command was told to do, and may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import typer


@dataclass(frozen=True)
class Wishes:
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Parameters by name, checked."""
    guided: bool = False
    yes: bool = False
    """Nothing is asked."""
    replace_key: bool = False

    def may(self, question: str) -> bool:
        """Whether something is done: people are asked, --yes has said so."""
        return self.yes or confirm(question)


def confirm(question: str) -> bool:
    return typer.confirm(question, default=True, err=True)
