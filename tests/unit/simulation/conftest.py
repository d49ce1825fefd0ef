"""One small world for all tests of the simulation; none of them changes it."""

from datetime import date

import pytest

from tests.simulation import World, generate


@pytest.fixture(scope="session")
def world() -> World:
    return generate(seed=7, first=date(2026, 10, 1), last=date(2026, 12, 31))
