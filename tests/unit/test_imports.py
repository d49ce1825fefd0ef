"""The house stands on its floors: imports point one way."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "layers" / "common" / "arxiv_daily"
FOUNDATION = {"models", "settings", "observability"}
MAY_KNOW = {
    "store": set(),
    "sources": set(),
    "editions": set(),
    "digests": set(),
    "publishing": {"editions"},
    "telling": {"editions"},
    "flow": {"store", "sources", "editions", "digests", "publishing", "telling"},
}
ONLY_THERE = {
    "anthropic": {"digests/claude.py"},
    "arxiv": {"sources/api.py"},
    "boto3": {"store/", "flow/queue.py", "flow/bus.py", "flow/topic.py", "publishing/bucket.py"},
    "botocore": {"store/", "flow/topic.py", "publishing/bucket.py"},
}


def imported(module: Path) -> set[str]:
    """Every name that a module imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


@pytest.mark.parametrize("room", MAY_KNOW)
def test_a_room_knows_the_foundation_and_the_rooms_below_it(room: str) -> None:
    allowed = FOUNDATION | MAY_KNOW[room] | {room}
    for module in (PACKAGE / room).rglob("*.py"):
        rooms = {name.split(".")[1] for name in imported(module) if name.startswith("arxiv_daily.")}
        assert rooms <= allowed, module.name


@pytest.mark.parametrize("package", ONLY_THERE)
def test_what_costs_or_reaches_out_is_imported_in_its_place_alone(package: str) -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name.split(".")[0] == package for name in imported(path))
    ]
    assert found
    assert [one for one in found if not one.startswith(tuple(ONLY_THERE[package]))] == []


def test_models_need_pydantic_alone() -> None:
    outside = {name.split(".")[0] for name in imported(PACKAGE / "models.py")}
    assert outside <= {"re", "datetime", "enum", "typing", "pydantic"}
