"""Answers that Claude was paid for more than once."""

from collections.abc import Collection, Iterable
from http import HTTPStatus

from tests.e2e.chaos.bought import bought_more_than_once
from tests.e2e.conftest import Json


def bought_twice(asked: Iterable[Json], lost: Collection[str] = ()) -> int:
    """Whole answers of the stand-in, beyond the first, to the same request; those of `lost` moods never came."""
    came = (one for one in asked if one["status"] == HTTPStatus.OK and one["mood"] not in lost)
    return bought_more_than_once((one["paper_id"], one["body_sha256"]) for one in came).total()
