"""What a planter is: it puts one fault into a faithful digest and says what and where, to the evaluation alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TypeVar

from tests.evaluation.case import Case, Path

T = TypeVar("T")


class PlantedKind(StrEnum):
    """What readers would call the fault; the checks have words of their own."""

    NUMBER = "changed number"
    MAGNITUDE = "亿/万 slip"
    ADDED = "number added"
    WORD = "changed number word"
    UNIT = "swapped unit"
    INVENTED = "invented result"
    SWAPPED = "results exchanged"
    SENTENCE = "dropped sentence"
    ENGLISH = "English left over"
    FORMULA = "formula lost or changed"
    TERM = "glossary term"
    INSTRUCTION = "instruction obeyed"
    SCOPE = "overclaim"


@dataclass(frozen=True)
class Planted:
    """A faulty digest."""

    kind: PlantedKind
    case: Case
    """As the checks get it. Paper and text differ from the faithful case only where they carry an instruction."""
    where: tuple[Path, ...]
    """The fields that were touched: a fault found in one of them counts as caught."""
    what: str
    """For people: what was done, such as `28.4 -> 24.8`."""


Planter = Callable[[Case, Random], Planted | None]
"""Pure, and named by its function. None where the case offers nothing to spoil, or chance would change nothing."""


def drawn(random: Random, among: Sequence[T]) -> T | None:
    """One of them, or None where there is none."""
    return random.choice(among) if among else None


def spoiled(kind: PlantedKind, case: Case, path: Path, text: str, what: str) -> Planted | None:
    """The case with this text at this path; None where it already stands there."""
    if dict(case.texts(str(path[0]))).get(path) == text:
        return None
    return Planted(kind, case.with_texts({path: text}), (path,), what)
