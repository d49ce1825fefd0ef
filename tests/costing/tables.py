"""Markdown tables, sums of money and amounts."""

from collections.abc import Iterable, Sequence

Cell = str | float

_TO_THE_UNIT = 10
_LEAST_SHOWN = 0.005


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Numbers are written as whole ones."""
    lines: list[Sequence[Cell]] = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def money(dollars: float) -> str:
    if not dollars:
        return "–"
    return f"${dollars:,.2f}" if dollars >= _LEAST_SHOWN else "under 1 ¢"


def amount(number: float) -> str:
    """To the unit where it is large, else in two figures."""
    return f"{number:,.0f}" if number >= _TO_THE_UNIT or number == int(number) else f"{number:.2g}"


def _cell(value: Cell) -> str:
    return value if isinstance(value, str) else f"{value:,.0f}"
