from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests

from arxiv_daily.sources.errors import ArxivUnavailable
from arxiv_daily.sources.session import RETRY_AFTER_CAP_SECONDS
from tests.unit.sources.fakes import Answer, FakeNetwork, session_over

URL = "https://export.arxiv.org/api/query"


def test_every_request_waits_for_its_turn() -> None:
    events: list[str] = []
    session = session_over(FakeNetwork(Answer(b"ok")), wait_turn=lambda: events.append("turn"))

    session.get(URL)
    session.get(URL)

    assert events == ["turn", "turn"]


def test_a_redirect_waits_for_its_own_turn() -> None:
    turns: list[int] = []
    moved = Answer(status=301, headers={"Location": "https://arxiv.org/elsewhere"})
    network = FakeNetwork(moved, Answer(b"here"))

    response = session_over(network, wait_turn=lambda: turns.append(1)).get(URL)

    assert response.content == b"here"
    assert network.urls == [URL, "https://arxiv.org/elsewhere"]
    assert len(turns) == 2


@pytest.mark.parametrize("status", [406, 408, 429, 500, 502, 503, 504])
def test_a_transient_status_is_tried_again_in_a_new_turn(status: int) -> None:
    turns: list[int] = []
    network = FakeNetwork(Answer(status=status), Answer(b"ok"))

    response = session_over(network, wait_turn=lambda: turns.append(1)).get(URL)

    assert response.content == b"ok"
    assert len(turns) == len(network.requests) == 2


@pytest.mark.parametrize("failure", [requests.ConnectionError("reset"), requests.ReadTimeout("slow")])
def test_a_broken_connection_is_tried_again(failure: Exception) -> None:
    assert session_over(FakeNetwork(failure, Answer(b"ok"))).get(URL).content == b"ok"


def test_after_three_tries_arxiv_is_unavailable() -> None:
    network = FakeNetwork(Answer(b"Rate exceeded.", status=429))

    with pytest.raises(ArxivUnavailable) as caught:
        session_over(network).get(URL)

    assert len(network.requests) == caught.value.tries == 3
    assert str(caught.value) == f"arXiv answered HTTP 429 after 3 tries: {URL}"


@pytest.mark.parametrize("status", [400, 403, 404])
def test_other_statuses_are_handed_back_at_once(status: int) -> None:
    network = FakeNetwork(Answer(status=status))

    assert session_over(network).get(URL).status_code == status
    assert len(network.requests) == 1


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [("7", 7), ("3600", RETRY_AFTER_CAP_SECONDS), ("soon", 2), ("0", 0)]
)
def test_retry_after_is_obeyed_up_to_a_cap(retry_after: str, seconds: float) -> None:
    waits: list[float] = []
    network = FakeNetwork(Answer(status=429, headers={"Retry-After": retry_after}), Answer(b"ok"))

    session_over(network, sleep=waits.append).get(URL)

    assert waits == [seconds]


def test_retry_after_may_be_a_date() -> None:
    waits: list[float] = []
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)

    session_over(FakeNetwork(Answer(status=503, headers={"Retry-After": date}), Answer()), sleep=waits.append).get(URL)

    assert waits == [RETRY_AFTER_CAP_SECONDS]


def test_no_wait_follows_the_last_try() -> None:
    waits: list[float] = []
    with pytest.raises(ArxivUnavailable):
        session_over(FakeNetwork(Answer(status=503)), sleep=waits.append).get(URL)

    assert waits == [2, 4]


def test_our_user_agent_replaces_the_one_a_library_passes() -> None:
    network = FakeNetwork(Answer())

    session_over(network).get(URL, headers={"user-agent": "arxiv.py/4.0.2"})

    sent = network.requests[0].headers["User-Agent"]
    assert sent.startswith("arXiv-Daily/")
    assert sent.endswith("(mailto:digest@example.org)")


def test_every_request_says_what_it_accepts_and_has_a_timeout() -> None:
    network = FakeNetwork(Answer())

    session_over(network).get(URL)

    assert "application/atom+xml" in network.requests[0].headers["Accept"]
    assert network.timeouts == [(10.0, 30.0)]
