"""The diagram's text, in Mermaid, and its place in a page."""

from collections.abc import Iterable

from tests.infra.diagram.deliveries import delivery_arrows
from tests.infra.diagram.parts import OUTSIDE, parts
from tests.infra.diagram.permissions import Arrow, permission_arrows
from tests.infra.diagram.template import Json

BEGIN, END = "```mermaid\n", "```\n"

_SHAPES = {
    "schedule": '{0}(["{0}"])',
    "function": '{0}["{0}"]',
    "queue": '{0}[/"{0}"/]',
    "table": '{0}[("{0}")]',
    "bucket": '{0}[("{0}")]',
    "distribution": '{0}{{{{"{0}"}}}}',
    "bus": '{0}(["{0}"])',
    "topic": '{0}(["{0}"])',
}


def arrows(translated: Json) -> list[Arrow]:
    """One between two ends in one direction, with all that goes along it; a delivery says what a permission is for."""
    deliveries, permissions = set(delivery_arrows(translated)), set(permission_arrows(translated))
    delivered = {(arrow.source, arrow.target) for arrow in deliveries}
    asked = {arrow for arrow in permissions if (arrow.source, arrow.target) not in delivered}
    return sorted(_joined(deliveries, is_delivery=True) + _joined(asked, is_delivery=False))


def diagram(translated: Json) -> str:
    """Between its fences; equal templates make equal diagrams."""
    drawn, kinds = arrows(translated), parts(translated)
    ends = {end for arrow in drawn for end in arrow[:2]}
    lines = ["flowchart LR"]
    lines += [f"    {_SHAPES[kind].format(name)}" for name, kind in sorted(kinds.items(), key=lambda one: one[::-1])]
    lines += [f'    {name}(("{words}"))' for name, words in OUTSIDE.items() if name in ends]
    lines += [f"    {_arrow(arrow)}" for arrow in drawn]
    return BEGIN + "".join(f"{line}\n" for line in lines) + END


def with_diagram(page: str, drawn: str) -> str:
    """The page with its diagram replaced. Raises ValueError where it has none."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the page has no place for a diagram: a block that begins with ```mermaid")
    return before + drawn + after


def _joined(found: Iterable[Arrow], *, is_delivery: bool) -> list[Arrow]:
    """Those between the same ends made one."""
    labels: dict[tuple[str, str], list[str]] = {}
    for arrow in sorted(found):
        labels.setdefault((arrow.source, arrow.target), []).append(arrow.label)
    return [Arrow(*ends, ", ".join(words), is_delivery) for ends, words in labels.items()]


def _arrow(arrow: Arrow) -> str:
    line = "-->" if arrow.is_delivery else "-.->"
    return f"{arrow.source} {line}|{arrow.label}| {arrow.target}"
