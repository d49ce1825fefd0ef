"""Waiting for our turn to ask arXiv."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from arxiv_daily.settings import ArxivSettings
from arxiv_daily.store.gates import ArxivGate

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def arxiv_turns(table: "Table", settings: ArxivSettings) -> Callable[[], None]:
    """What to call before each request: it returns when the turn has come, over all functions of the stack."""
    gate = ArxivGate(table, timedelta(seconds=settings.arxiv_request_interval_seconds))

    def wait_turn() -> None:
        start = gate.turn(datetime.now(UTC))
        time.sleep(max(0.0, (start - datetime.now(UTC)).total_seconds()))

    return wait_turn
