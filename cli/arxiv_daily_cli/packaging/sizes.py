"""How much the packages weigh, unzipped, as Lambda counts them: the bytes of their files."""

from dataclasses import dataclass
from pathlib import Path

LIMIT = 100_000_000
"""Bytes of all layers and functions together. Lambda's own limit is 250 MB; a cold start reads what it needs of it."""


@dataclass(frozen=True)
class Built:
    """A folder that `sam build` made for one layer or function, with the bytes of each package in it, largest first."""

    name: str
    packages: dict[str, int]

    @property
    def size(self) -> int:
        return sum(self.packages.values())


def weighed(folder: Path) -> Built:
    """A package is what stands at the top of the folder, or under python/ in a layer."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file():
            parts = path.relative_to(folder).parts
            name = parts[1] if parts[0] == "python" else parts[0]
            sizes[name] = sizes.get(name, 0) + path.stat().st_size
    return Built(folder.name, dict(sorted(sizes.items(), key=lambda one: -one[1])))


def report(built: list[Built], largest: int = 10) -> str:
    """A line for each, largest first, with the largest packages of those that hold many."""
    lines: list[str] = []
    for one in sorted(built, key=lambda one: -one.size):
        lines.append(f"{_megabytes(one.size)}  {one.name}")
        if len(one.packages) > largest:
            lines += [f"{_megabytes(size)}      {name}" for name, size in list(one.packages.items())[:largest]]
    return "\n".join([*lines, f"{_megabytes(total(built))}  together, unzipped; at most {_megabytes(LIMIT).strip()}"])


def total(built: list[Built]) -> int:
    return sum(one.size for one in built)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:8.2f} MB"
