"""Days of a handful of papers each on the simulated arXiv, whose log of announcements is the truth."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from arxiv_daily.models import DayKind
from arxiv_daily.sources.calendar import calendar_day
from tests.e2e.made_up_days import ABSTRACT
from tests.simulation import Paper, World, from_announcements

CATEGORIES = ("cs.SD", "eess.AS")
_KINDS = (("cs.SD",), ("cs.SD", "eess.AS"), ("eess.AS",), ("cs.CL", "cs.SD"))
_A_DAY = timedelta(days=1)


def mailing_days(first: date, number: int) -> list[date]:
    """So many days on which arXiv announces, the first of them not before `first`."""
    found: list[date] = []
    day = first
    while len(found) < number:
        if calendar_day(day).kind is DayKind.MAILING:
            found.append(day)
        day += _A_DAY
    return found


def world_of(days: list[date], seed: int) -> World:
    """Three to five papers on each of the days; the same seed makes the same world."""
    chance = Random(seed)  # noqa: S311 - reproducible, no secret
    rows = [row for number, day in enumerate(days) for row in _rows(day, number, chance)]
    world = from_announcements(rows, seed=seed, categories=CATEGORIES)
    papers = [_visible_at_once(paper) for paper in world.papers.values()]
    return World(papers, world.schedule, CATEGORIES, world.first, world.last)


def _visible_at_once(paper: Paper) -> Paper:
    """Without the lag of arXiv's index, for which `make simulate` waits."""
    return replace(paper, events=tuple(replace(event, visible_at=event.announced_at) for event in paper.events))


def _rows(day: date, number: int, chance: Random) -> Iterator[dict[str, object]]:
    submitted = day - _A_DAY
    for place in range(chance.randint(3, 5)):
        yield {
            "id": f"{submitted:%y%m}.{submitted.day:02}{number % 10}{place:02}",
            "version": 1,
            "title": f"Paper {place} of {day} that nobody wrote",
            "authors": ["Nobody Atall"],
            "categories": list(chance.choice(_KINDS)),
            "comment": None,
            "abstract": ABSTRACT,
            "announce_date": day.isoformat(),
            "announce_type": "new",
        }
