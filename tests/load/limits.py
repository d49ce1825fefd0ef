"""Under what a load is carried, and how long it may take."""

from dataclasses import dataclass

TOLERANCE = 1.1
"""Of the time that arXiv's interval or Claude's latency alone would take."""


@dataclass(frozen=True)
class Limits:
    """Seconds between requests to arXiv, workers, seconds that Claude takes for an answer."""

    interval: float
    workers: int
    latency: float

    def shortest(self, requests: int, calls: int) -> float:
        """Seconds that so many requests to arXiv and calls to Claude take at the least."""
        return max(requests * self.interval, calls * self.latency / self.workers)

    def longest(self, requests: int, calls: int) -> float:
        """Seconds within which they are to be done: the last paper's call comes after its request."""
        return TOLERANCE * self.shortest(requests, calls) + self.latency
