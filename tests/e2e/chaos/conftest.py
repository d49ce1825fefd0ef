"""One stack for the deterministic tests of chaos: each takes the next day of its world."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from tests.e2e.chaos.days import Conduct, end
from tests.e2e.chaos.faults import Fault, Fired
from tests.e2e.chaos.invariants import Expected
from tests.e2e.chaos.stack import Chaos, chaos, surroundings
from tests.e2e.chaos.world import mailing_days, world_of

DAYS = 14


@dataclass
class Days:
    """The days of a stack, one after the other."""

    chaos: Chaos
    left: list[date]
    expected: dict[date, Expected] = field(default_factory=dict)

    def next(self, **planted: frozenset[str]) -> Expected:
        day = self.left.pop(0)
        found = Expected(day, frozenset(self.chaos.arxiv.world.expected(day, day)), **planted)
        self.chaos.orders.clear()
        self.chaos.orders.fired.clear()
        return found

    def under(self, *faults: Fault, between: Callable[[], None] = lambda: None) -> tuple[Expected, list[Fired]]:
        """A day under these faults, at whose end every promise holds; and what of them fired."""
        expected = self.next()
        self.chaos.orders.add(*faults)
        Conduct(self.chaos, expected, between=between).drive()
        assert end(self.chaos, expected).broken == []
        return expected, self.chaos.orders.fired


@pytest.fixture(scope="package")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    dates = mailing_days(date.today() + timedelta(days=1), DAYS)  # noqa: DTZ011 - notices are of these days
    folder = tmp_path_factory.mktemp("chaos")
    with surroundings(world_of(dates, 7), folder) as around, chaos(around) as running:
        yield Days(running, dates)
