"""A digest that is faithful to its paper, and where the texts in it are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Self

from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import FullText, Paper

Path = tuple[str | int, ...]
"""Of a field in a reply, as a Fault names it: ("results", "points", 1, "text")."""

_SENTENCE = re.compile(r"[^。！？；]+[。！？；]*")


@dataclass(frozen=True)
class Case:
    """What a check is given."""

    name: str
    paper: Paper
    text: FullText
    reply: DigestReply
    has_full_text: bool = True
    """Whether the reading was written from the text; if not, only what the abstract can bear out is judged."""

    def texts(self, *fields: str) -> list[tuple[Path, str]]:
        """Every text that is not empty below these fields of the reply, in its order."""
        dump = self.reply.model_dump(mode="json")
        return [(path, text) for field in fields for path, text in _leaves(dump[field], (field,)) if text]

    def with_texts(self, changed: dict[Path, str]) -> Self:
        """With other texts at these paths. Raises KeyError or IndexError where nothing holds them."""
        dump = self.reply.model_dump(mode="json")
        for path, text in changed.items():
            *above, last = path
            holder: Any = reduce(_inside, above, dump)
            holder[last] = text
        return replace(self, reply=DigestReply.model_validate(dump))

    def with_claims(self, *claims: Any) -> Self:
        """With these claims in place of its own."""
        return replace(self, reply=self.reply.model_copy(update={"claims": claims}))

    def mapped(self, change: Callable[[str], str], *fields: str) -> Self:
        """With every text below these fields changed."""
        return self.with_texts({path: change(text) for path, text in self.texts(*fields)})


def sentences(text: str) -> list[str]:
    """Chinese sentences with their marks; joined they are the text."""
    return _SENTENCE.findall(text) or [text]


def near(one: Path, other: Path) -> bool:
    """Whether two paths are the same field, or one holds the other."""
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]


def _inside(value: Any, key: str | int) -> Any:
    return value[key]


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _leaves(inner, (*path, key))
