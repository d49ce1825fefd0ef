"""What the simulation says of arXiv is its own: an oracle that asked the product would agree with its mistakes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import simulation

MODULES = sorted(Path(*simulation.__path__).glob("**/*.py"))
PRODUCT = {"arxiv_daily", "arxiv_daily_cli"}


def imported(module: Path) -> Iterator[str]:
    """The packages that a module imports, by the first part of their names."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=name, level=0) if name:
                yield name.partition(".")[0]


def test_every_module_is_looked_at() -> None:
    assert len(MODULES) > 20
    assert "tests" in {name for module in MODULES for name in imported(module)}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_nothing_is_taken_from_the_product(module: Path) -> None:
    assert not PRODUCT & set(imported(module))
