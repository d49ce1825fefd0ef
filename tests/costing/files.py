"""What docs/costs.md is computed from: prices, assumptions, and the usage that was measured."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

FOLDER = Path(__file__).parent
USAGE = FOLDER / "usage.json"


@dataclass(frozen=True)
class Price:
    """`dollars` for each `per` of what a month takes beyond `free`."""

    service: str
    what: str
    dollars: float
    per: float
    free: float
    page: str
    seen: int | None = None
    """The year of the newest copy of a public page that states the price."""

    def cost(self, amount: float) -> float:
        return max(0.0, amount - self.free) / self.per * self.dollars

    def cost_without_free(self, amount: float) -> float:
        return amount / self.per * self.dollars


@dataclass(frozen=True)
class Prices:
    date: date
    region: str
    prices: dict[str, Price]


@dataclass(frozen=True)
class Assumption:
    value: float
    why: str


@dataclass(frozen=True)
class FunctionUse:
    """Of one function over a day; `calls` are what it asked of AWS, and DynamoDB's request units."""

    memory_mb: int
    invocations: int
    processor_seconds: float
    log_bytes: int
    calls: dict[str, int]


@dataclass(frozen=True)
class DayUse:
    """Of a day of so many papers on the embedded AWS."""

    papers: int
    functions: dict[str, FunctionUse]
    table_bytes: int
    site_bytes: int
    site_objects: int
    page_bytes: int
    """Of the edition's page."""


@dataclass(frozen=True)
class TextUse:
    """A real paper's request, and the digest that was written of it by hand, in characters."""

    paper_id: str
    prompt: int
    answer: int
    answer_beyond_ascii: int


@dataclass(frozen=True)
class Usage:
    measured: date
    machine: str
    days: tuple[DayUse, DayUse]
    """A small one and a large one."""
    texts: tuple[TextUse, ...]


@cache
def prices() -> Prices:
    return TypeAdapter(Prices).validate_python(_toml("aws_prices.toml"))


@cache
def assumptions() -> dict[str, Assumption]:
    return TypeAdapter(dict[str, Assumption]).validate_python(_toml("assumptions.toml"))


def usage(file: Path = USAGE) -> Usage:
    return TypeAdapter(Usage).validate_json(file.read_bytes())


def assumed(name: str) -> float:
    return assumptions()[name].value


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
