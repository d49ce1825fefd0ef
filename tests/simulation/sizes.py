"""How many papers each mailing brings in the followed categories."""

from datetime import date, timedelta
from math import log
from random import Random

from tests.simulation.calendar import Schedule

LARGEST = 60
_USUAL, _SPREAD = 12.5, 0.4
_AFTER_A_PAUSE = 1.9
"""Factor for the mailing after a weekend or a holiday."""

_FIRST_BUSY = 3


def mailing_sizes(rng: Random, schedule: Schedule, first: date) -> dict[date, int]:
    """Submissions per mailing: median 14, some of 1 to 4, one in 25 empty; the first days of the span never are."""
    sizes = {day: _size(rng, schedule, day) for day in schedule.dates}
    inside = [day for day in schedule.dates if day >= first][_FIRST_BUSY:]
    for day in rng.sample(inside, k=(len(inside) + 20) // 25):
        sizes[day] = 0
    return sizes


def _size(rng: Random, schedule: Schedule, day: date) -> int:
    if rng.random() < 0.08:
        return rng.randint(1, 4)
    start, end = schedule.window(day)
    factor = _AFTER_A_PAUSE if end - start > timedelta(hours=30) else 1.0
    return max(1, min(LARGEST, round(rng.lognormvariate(log(_USUAL), _SPREAD) * factor)))
