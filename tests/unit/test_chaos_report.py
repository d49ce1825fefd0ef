from collections import Counter

import pytest

from tests.e2e.chaos.report import page
from tests.e2e.chaos.tally import Tally


def test_what_was_counted_stands_in_the_page_by_stage_and_kind() -> None:
    fired = Counter({("Fetch", "throttled"): 1200, ("all", "a deployment"): 2})
    made = page(Tally(runs=40, broken=1, counts=Counter(lost=3), fired=fired))
    assert "| days | 40 |" in made
    assert "| papers lost | 3 |" in made
    assert "| days on which a promise was broken | 1 |" in made
    assert "| throttled | 1,200 | – | – | – | – | – |" in made
    assert "| a deployment | – | – | – | – | – | 2 |" in made


def test_a_page_of_no_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="make chaos"):
        page(Tally())
