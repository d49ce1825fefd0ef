"""Figures over time, as SVG."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pygal
from lxml import etree

sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]
"""Without the one that pygal put there, which is of an older Python: each import after it would warn."""

Points = Sequence[tuple[float, float]]


def draw(file: Path, title: str, across: str, lines: Mapping[str, Points]) -> None:
    """A chart of several lines that stands alone: without the script that pygal puts into each."""
    chart = pygal.XY(
        title=title, x_title=across, js=[], dots_size=1, show_y_guides=True, legend_at_bottom=True, range=(0, None)
    )
    for name, points in lines.items():
        chart.add(name, list(points))
    drawn = chart.render_tree()
    for holder in list(drawn.iter()):
        for script in holder.findall("script"):
            holder.remove(script)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(etree.tostring(drawn, encoding="utf-8", xml_declaration=True) + b"\n")
