"""What a digest would have shown that asks once a day for the papers published in the last 24 hours."""

from datetime import date, datetime, time, timedelta

from tests.simulation.calendar import SHANGHAI, days
from tests.simulation.world import World

_ANCHOR = time(8, 50)
_WINDOW = timedelta(hours=24)


def literal_window(world: World, first: date, last: date, *, delay: timedelta = timedelta(0)) -> dict[date, set[str]]:
    """The ids shown on each date: asked at 08:50 Shanghai for the followed categories, of the last 24 hours.

    `delay` is how much later the same window is asked for: arXiv's announcement is 10 minutes away in winter, and
    its index fills for hours.
    """
    anchors = {day: datetime.combine(day, _ANCHOR, SHANGHAI) for day in days(first, last)}
    return {day: _shown(world, anchor, anchor + delay) for day, anchor in anchors.items()}


def _shown(world: World, anchor: datetime, asked: datetime) -> set[str]:
    return {
        paper.paper_id
        for paper, event in world.visible(asked)
        if anchor - _WINDOW <= paper.published < anchor and not set(world.categories).isdisjoint(event.categories)
    }
