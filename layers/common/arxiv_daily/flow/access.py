"""How a function reaches arXiv: what a process keeps of it between runs, and a session for one run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import requests
from requests.adapters import HTTPAdapter

from arxiv_daily.settings import ArxivSettings
from arxiv_daily.sources.session import arxiv_session
from arxiv_daily.store.gates import ArxivGate

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

WORKER_PATIENCE_SECONDS = 20.0
"""How long a worker waits at the gate before it gives its message back: to wait in the queue costs nothing."""
RESERVE_SECONDS = 20.0
"""Of a function's time, what is kept for writing down what arXiv answered."""


@dataclass(frozen=True)
class ArxivAccess:
    settings: ArxivSettings
    gate: ArxivGate
    transport: HTTPAdapter

    def session(self, remaining: Callable[[], float], patience: float | None = None) -> requests.Session:
        """A session for a run that has `remaining()` seconds left, and waits for a turn no longer than `patience`."""

        def left() -> float:
            return remaining() - RESERVE_SECONDS

        return arxiv_session(self.settings, self.gate, left, patience=patience, transport=self.transport)


def arxiv_access(settings: ArxivSettings, table: "Table") -> ArxivAccess:
    interval = timedelta(seconds=settings.arxiv_request_interval_seconds)
    return ArxivAccess(settings, ArxivGate(table, interval), HTTPAdapter())
