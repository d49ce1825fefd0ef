"""The one logger, figures for alarms and the dashboard, the trace of a run; the template sets service and namespace."""

import os
from collections.abc import Mapping
from enum import IntEnum, StrEnum

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

logger = Logger(use_rfc3339=True, utc=True)


class Figure(StrEnum):
    """Every metric that functions write; ten are free in an account."""

    PAPERS_ANNOUNCED = "PapersAnnounced"
    """Of the latest edition, like the four that follow."""
    PAPERS_SHOWN = "PapersShown"
    PAPERS_READY = "PapersReady"
    PAPERS_FAILED = "PapersFailed"
    PAPERS_UNCOUNTED = "PapersUncounted"
    """Announced papers that are neither shown nor hidden: never any, unless the ledger is broken."""
    OLDEST_PENDING_AGE = "OldestPendingAge"
    """Seconds since the anchor of the oldest edition that still waits for something."""
    TOKENS = "Tokens"
    DOLLARS = "Dollars"
    ARXIV_ERRORS = "ArxivErrors"
    """Tries to which arXiv gave no usable answer."""
    READING_STATE = "ReadingState"


class ReadingState(IntEnum):
    """What the figure of that name says, so that each trouble has an alarm of its own on one side of zero."""

    CLAUDE_CLOSED = -1
    """Claude refuses the key, the credit or the permission, for all papers."""
    READS = 0
    BUDGET_REACHED = 1
    """Papers wait for a later day's budget."""


_UNITS = {Figure.OLDEST_PENDING_AGE: MetricUnit.Seconds, Figure.DOLLARS: MetricUnit.NoUnit}


def measure(figures: Mapping[Figure, float]) -> None:
    """Write figures in CloudWatch's embedded metric format, on one line; a zero is what clears an alarm.

    Outside a function nothing is written: nobody would collect it.
    """
    if "POWERTOOLS_METRICS_NAMESPACE" not in os.environ:
        return
    metrics = EphemeralMetrics()
    for figure, value in figures.items():
        metrics.add_metric(figure, _UNITS.get(figure, MetricUnit.Count), value)
    metrics.flush_metrics()


def trace_id() -> str | None:
    """The X-Ray trace of this run, as 1-<time>-<random>; None where nobody traces."""
    return traced(os.environ.get("_X_AMZN_TRACE_ID"))


def traced(header: str | None) -> str | None:
    """The trace that a tracing header names: `Root=1-<time>-<random>;Parent=…;Sampled=…`."""
    fields = dict(part.partition("=")[::2] for part in (header or "").split(";"))
    return fields.get("Root")
