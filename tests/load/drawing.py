"""Figures over time, as SVG."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pygal

Points = Sequence[tuple[float, float]]


def draw(file: Path, title: str, across: str, lines: Mapping[str, Points]) -> None:
    """A chart of several lines that stands alone: no script, no font from elsewhere."""
    chart = pygal.XY(
        title=title, x_title=across, js=[], dots_size=1, show_y_guides=True, legend_at_bottom=True, range=(0, None)
    )
    for name, points in lines.items():
        chart.add(name, list(points))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(chart.render(is_unicode=True) + "\n", encoding="utf-8")
