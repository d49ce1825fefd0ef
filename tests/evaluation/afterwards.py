"""Planters written when the checks were finished, by somebody who had not read them."""

from itertools import chain, zip_longest

from tests.evaluation import (
    afterwards_added,
    afterwards_exchanged,
    afterwards_numbers,
    afterwards_obeyed,
    afterwards_results,
    afterwards_units,
    afterwards_wording,
)
from tests.evaluation.planting import Planter

_BY_SUBJECT = (
    afterwards_results.PLANTERS,
    afterwards_numbers.PLANTERS,
    afterwards_units.PLANTERS,
    afterwards_added.PLANTERS,
    afterwards_exchanged.PLANTERS,
    afterwards_wording.PLANTERS,
    afterwards_obeyed.PLANTERS,
)
PLANTERS: tuple[Planter, ...] = tuple(filter(None, chain.from_iterable(zip_longest(*_BY_SUBJECT))))
"""One of each subject in turn, since the evaluation stops planting when it has its third."""
