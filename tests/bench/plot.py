"""Figures at several sizes, drawn as SVG: a panel for each Growth, both axes logarithmic, the same bytes for the same
figures. It brings its own background and colours for light and dark."""

import math
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape

from tests.bench.lines import Growth
from tests.costing.tables import amount

_WIDTH, _HEIGHT = 320, 352
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 302, 56, 236
_LEGEND, _ROW = 286, 17
_STEPS = (1, 2, 5)
_STYLE = """\
  svg { --ground: #ffffff; --ink: #24292f; --faint: #6a737d; --grid: #d8dee4;
        --c0: #0a5fc2; --c1: #b3420a; --c2: #1a7f37; --c3: #8250df; }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #0d1117; --ink: #e6edf3; --faint: #9198a1; --grid: #30363d;
          --c0: #6cb0ff; --c1: #ff9a5c; --c2: #56d364; --c3: #c8a5ff; }
  }
  text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink); }
  .title { font-size: 14px; font-weight: 600; }
  .tick { font-size: 11px; fill: var(--faint); }
  .ground { fill: var(--ground); }
  .grid { stroke: var(--grid); }
  polyline { fill: none; stroke-width: 2; }"""
_DASHES = ("", "6 3", "2 3", "9 3 2 3")
"""By which lines are told apart without their colours."""

Scale = Callable[[float], float]


def svg(growths: Sequence[Growth]) -> str:
    """All panels, side by side."""
    panels = "\n".join(_panel(growth, number * _WIDTH) for number, growth in enumerate(growths))
    titles = escape("; ".join(growth.title for growth in growths))
    box = f'viewBox="0 0 {_WIDTH * len(growths)} {_HEIGHT}"'
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{titles}">
<style>
{_STYLE}
</style>
<rect class="ground" width="100%" height="100%"/>
{panels}
</svg>
"""


def _panel(growth: Growth, left: int) -> str:
    sizes = sorted({size for series in growth.series.values() for size in series})
    figures = [figure for series in growth.series.values() for figure in series.values()]
    ticks = _ticks(min(figures), max(figures))
    x, y = _scale(sizes[0], sizes[-1], _LEFT + 14, _RIGHT - 14), _scale(ticks[0], ticks[-1], _BOTTOM, _TOP)
    return "\n".join(
        [
            f'<g transform="translate({left} 0)">',
            _text(16, 24, growth.title, "title"),
            _text(16, 44, f"{growth.unit}, both axes logarithmic", "tick"),
            *(_grid(y(tick), amount(tick)) for tick in ticks),
            *(_text(x(size), _BOTTOM + 18, f"{size:,}", "tick", "middle") for size in sizes),
            _text((_LEFT + _RIGHT) / 2, _BOTTOM + 34, growth.sizes, "tick", "middle"),
            *_series(growth, x, y),
            "</g>",
        ]
    )


def _series(growth: Growth, x: Scale, y: Scale) -> Iterable[str]:
    for number, (name, figures) in enumerate(growth.series.items()):
        look = f'stroke="var(--c{number})" stroke-dasharray="{_DASHES[number]}"'
        points = [(x(size), y(figure)) for size, figure in sorted(figures.items())]
        yield f'<polyline {look} points="{" ".join(f"{across:.1f},{down:.1f}" for across, down in points)}"/>'
        yield from (
            f'<circle cx="{across:.1f}" cy="{down:.1f}" r="3" fill="var(--c{number})"/>' for across, down in points
        )
        down = _LEGEND + number * _ROW
        yield f'<polyline {look} points="16,{down} 40,{down}"/>'
        yield _text(46, down + 4, name)


def _grid(down: float, label: str) -> str:
    line = f'<line class="grid" x1="{_LEFT}" x2="{_RIGHT}" y1="{down:.1f}" y2="{down:.1f}"/>'
    return f"{line}\n{_text(_LEFT - 6, down + 4, label, 'tick', 'end')}"


def _text(across: float, down: float, text: str, kind: str = "", anchor: str = "start") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _ticks(least: float, most: float) -> list[float]:
    """1, 2 and 5 of each power of ten, from the last one that is not above `least` to the first not below `most`."""
    powers = range(math.floor(math.log10(least)) - 1, math.ceil(math.log10(most)) + 2)
    steps = [step * 10.0**power for power in powers for step in _STEPS]
    first = max(step for step in steps if step <= least)
    last = min(step for step in steps if step >= most and step > first)
    return [step for step in steps if first <= step <= last]


def _scale(first: float, last: float, start: float, end: float) -> Scale:
    """From the logarithm of a figure to a place; a single size stands in the middle."""
    if first == last:
        return lambda _: (start + end) / 2
    return lambda figure: start + (end - start) * math.log(figure / first) / math.log(last / first)
