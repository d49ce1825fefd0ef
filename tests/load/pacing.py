"""How requests followed each other at arXiv's door, whoever sent them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median


@dataclass(frozen=True)
class Stay:
    """When a request came in and when its answer was about to be sent, in seconds of one clock."""

    since: float
    until: float


@dataclass(frozen=True)
class Pacing:
    """Of requests in the order in which they came; gaps are in seconds, from one's coming to the next one's."""

    requests: int
    shortest_gap: float
    median_gap: float
    mean_gap: float
    at_once: int
    """How many came before the one ahead of them had its answer."""

    def figures(self) -> dict[str, float]:
        return {
            "requests to arXiv": self.requests,
            "seconds between requests, shortest": round(self.shortest_gap, 3),
            "seconds between requests, median": round(self.median_gap, 3),
            "seconds between requests, mean": round(self.mean_gap, 3),
        }


def pacing(stays: Iterable[Stay]) -> Pacing:
    """Of two requests at least."""
    coming = sorted(stays, key=lambda stay: stay.since)
    gaps = [later.since - earlier.since for earlier, later in pairwise(coming)]
    at_once = sum(later.since < earlier.until for earlier, later in pairwise(coming))
    return Pacing(len(coming), min(gaps), median(gaps), fmean(gaps), at_once)
