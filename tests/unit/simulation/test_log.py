"""The request log counts what overlaps."""

from datetime import UTC, datetime

from tests.simulation import Endpoint, Exchange, RequestLog


def exchange(path: str, started: float) -> Exchange:
    return Exchange(path, "", datetime(2026, 10, 20, tzinfo=UTC), "Reader/1", "*/*", started)


def test_the_log_knows_how_many_were_in_flight() -> None:
    log = RequestLog()
    log.end(log.begin(exchange("/api/query", 1.0)), 2.0, 200)
    assert log.max_in_flight == 1
    first, second = log.begin(exchange("/api/query", 3.0)), log.begin(exchange("/atom/cs.SD", 3.5))
    log.end(first, 4.0, 503)
    log.end(second, 4.5, 200)
    assert log.max_in_flight == 2
    assert [(one.status, one.ended) for one in log.exchanges(Endpoint.API)] == [(200, 2.0), (503, 4.0)]
    assert len(log) == 3
