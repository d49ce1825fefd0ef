import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import requests

from arxiv_daily.settings import ArxivSettings
from arxiv_daily.sources import session as sessions
from arxiv_daily.sources.errors import ArxivBusy, ArxivUnavailable, TooLarge
from tests.unit.sources.fakes import ATOM, Answer, FakeGate, FakeNetwork, feed, session_over

URL = "https://export.arxiv.org/api/query"


class TestTheGate:
    def test_every_request_enters_it_and_leaves_it(self) -> None:
        gate = FakeGate()
        session = session_over(FakeNetwork(Answer(b"ok")), gate)
        session.get(URL)
        session.get(URL)
        assert len(gate.patience) == len(gate.pauses) == 2

    def test_a_redirect_takes_a_turn_of_its_own(self) -> None:
        gate = FakeGate()
        network = FakeNetwork(Answer(status=301, headers={"Location": "https://arxiv.org/elsewhere"}), Answer(b"here"))
        assert session_over(network, gate).get(URL).content == b"here"
        assert network.urls == [URL, "https://arxiv.org/elsewhere"]
        assert len(gate.pauses) == 2

    def test_it_is_held_until_the_body_has_been_read(self) -> None:
        bodies: list[Any] = []
        read_to_the_end: list[bool] = []

        class Watching(FakeGate):
            def leave(self, answered: float, pause: float = 0.0) -> None:
                read_to_the_end.append(bodies[-1].closed)

        class Watched(FakeNetwork):
            def send(self, request: requests.PreparedRequest, *rest: Any) -> requests.Response:
                response = super().send(request, *rest)
                bodies.append(response.raw)
                return response

        assert session_over(Watched(Answer(b"all of it")), Watching()).get(URL, stream=True).content == b"all of it"
        assert read_to_the_end == [True]

    def test_it_is_left_when_the_request_fails(self) -> None:
        gate = FakeGate()
        session_over(FakeNetwork(requests.ConnectionError("reset"), Answer(b"ok")), gate).get(URL)
        assert len(gate.pauses) == 2

    def test_a_turn_that_is_too_far_off_is_no_failure_of_arxiv(self) -> None:
        network = FakeNetwork(Answer(b"ok"))
        with pytest.raises(ArxivBusy) as refusal:
            session_over(network, FakeGate(away=42.0)).get(URL)
        assert (refusal.value.retry_after, network.requests) == (42.0, [])

    def test_it_is_waited_for_as_long_as_time_and_patience_allow(self) -> None:
        gate = FakeGate()
        session_over(FakeNetwork(Answer()), gate, remaining=300).get(URL)
        session_over(FakeNetwork(Answer()), gate, remaining=300, patience=20).get(URL)
        session_over(FakeNetwork(Answer()), gate, remaining=7, patience=20).get(URL)
        assert gate.patience == [300, 20, 7]


class TestRetries:
    @pytest.mark.parametrize("status", [406, 408, 429, 500, 502, 503, 504])
    def test_a_transient_status_is_tried_again_in_a_new_turn(self, status: int) -> None:
        gate = FakeGate()
        network = FakeNetwork(Answer(status=status, content_type="text/plain"), Answer(b"ok"))
        assert session_over(network, gate).get(URL).content == b"ok"
        assert len(gate.pauses) == len(network.requests) == 2

    @pytest.mark.parametrize("failure", [requests.ConnectionError("reset"), requests.ReadTimeout("slow")])
    def test_a_broken_connection_is_tried_again(self, failure: Exception) -> None:
        assert session_over(FakeNetwork(failure, Answer(b"ok"))).get(URL).content == b"ok"

    def test_an_answer_that_takes_too_long_is_tried_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sessions, "ANSWER_SECONDS", -1.0)
        with pytest.raises(ArxivUnavailable, match="Timeout"):
            session_over(FakeNetwork(Answer(b"drop by drop"))).get(URL)

    def test_they_end_with_the_address_and_the_tries(self) -> None:
        waits: list[float] = []
        network = FakeNetwork(Answer(b"", status=503))
        with pytest.raises(ArxivUnavailable) as caught:
            session_over(network, sleep=waits.append).get(URL)
        assert len(network.requests) == caught.value.tries == 4
        assert waits == [3, 6, 12]
        assert str(caught.value) == f"arXiv answered HTTP 503 after 4 tries: {URL}"

    def test_one_that_does_not_fit_into_the_time_that_remains_is_not_begun(self) -> None:
        network = FakeNetwork(Answer(status=503))
        with pytest.raises(ArxivUnavailable):
            session_over(network, remaining=5.9).get(URL)
        assert len(network.requests) == 2

    @pytest.mark.parametrize("status", [400, 403, 404])
    def test_other_statuses_are_handed_back_at_once(self, status: int) -> None:
        network = FakeNetwork(Answer(status=status))
        assert session_over(network).get(URL).status_code == status
        assert len(network.requests) == 1

    def test_a_406_with_an_atom_body_is_an_answer(self) -> None:
        network = FakeNetwork(Answer(feed(), ATOM, 406))
        assert session_over(network).get(URL).content == feed()
        assert len(network.requests) == 1


class TestRetryAfter:
    @pytest.mark.parametrize("status", [429, 503])
    def test_everybody_waits_as_long_as_arxiv_asks(self, status: int) -> None:
        gate, waits = FakeGate(), list[float]()
        network = FakeNetwork(Answer(status=status, headers={"Retry-After": "7"}), Answer(b"ok"))
        assert session_over(network, gate, sleep=waits.append).get(URL).content == b"ok"
        assert (gate.pauses, waits) == ([7, 0], [])

    def test_it_may_be_a_date(self) -> None:
        gate = FakeGate()
        moment = format_datetime(datetime.now(UTC) + timedelta(minutes=2), usegmt=True)
        session_over(FakeNetwork(Answer(status=503, headers={"Retry-After": moment}), Answer()), gate).get(URL)
        assert 110 < gate.pauses[0] <= 120

    def test_no_pause_is_longer_than_six_hours(self) -> None:
        gate = FakeGate()
        with pytest.raises(ArxivBusy):
            session_over(FakeNetwork(Answer(status=429, headers={"Retry-After": "1000000000000"})), gate).get(URL)
        assert gate.pauses == [6 * 60 * 60]

    def test_too_many_requests_are_no_failure_of_the_paper_even_without_it(self) -> None:
        with pytest.raises(ArxivBusy):
            session_over(FakeNetwork(Answer(b"Rate exceeded.", "text/plain", 429))).get(URL)

    def test_what_cannot_be_understood_is_passed_over(self) -> None:
        gate, waits = FakeGate(), list[float]()
        network = FakeNetwork(Answer(status=429, headers={"Retry-After": "soon"}), Answer(b"ok"))
        session_over(network, gate, sleep=waits.append).get(URL)
        assert (gate.pauses, waits) == ([0, 0], [3])

    def test_a_wait_beyond_our_time_is_told_to_the_caller_and_to_everybody(self) -> None:
        gate = FakeGate()
        with pytest.raises(ArxivBusy) as refusal:
            session_over(FakeNetwork(Answer(status=429, headers={"Retry-After": "3600"})), gate).get(URL)
        assert (refusal.value.retry_after, gate.pauses) == (3600, [3600])


class TestLimits:
    def test_an_answer_that_is_too_large_is_not_read_to_its_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sessions, "MAX_BYTES", 100_000)
        with pytest.raises(TooLarge):
            session_over(FakeNetwork(Answer(b"x" * 200_000))).get(URL)

    def test_what_is_packed_counts_as_it_is_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sessions, "MAX_BYTES", 100_000)
        bomb = Answer(gzip.compress(b"x" * 1_000_000), headers={"Content-Encoding": "gzip"})
        with pytest.raises(TooLarge):
            session_over(FakeNetwork(bomb)).get(URL)

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/pdf", "http://169.254.169.254/latest", "https://notarxiv.org/", "//x.y/"]
    )
    def test_a_redirect_to_a_strange_host_is_not_followed(self, elsewhere: str) -> None:
        network = FakeNetwork(Answer(status=302, headers={"Location": elsewhere}), Answer(b"secret"))
        with pytest.raises(ArxivUnavailable, match="not its own"):
            session_over(network).get(URL)
        assert network.urls == [URL]

    def test_the_hosts_that_settings_name_are_arxivs(self) -> None:
        class Two(ArxivSettings):
            arxiv_api_url: str = "http://127.0.0.1:1/api"
            arxiv_site_url: str = "https://site.example"

        settings = Two(ARXIV_REQUEST_INTERVAL_SECONDS=3, CONTACT="")
        assert settings.arxiv_hosts == {"127.0.0.1", "site.example"}


class TestManners:
    def test_our_user_agent_replaces_the_one_a_library_passes(self) -> None:
        network = FakeNetwork(Answer())
        session_over(network).get(URL, headers={"user-agent": "arxiv.py/4.0.2"})
        sent = network.requests[0].headers["User-Agent"]
        assert sent.startswith("arXiv-Daily/")
        assert sent.endswith("(mailto:digest@example.org)")

    def test_every_request_says_what_it_accepts_and_has_a_timeout(self) -> None:
        network = FakeNetwork(Answer())
        session_over(network).get(URL)
        assert "application/atom+xml" in network.requests[0].headers["Accept"]
        assert network.timeouts == [(5.0, 20.0)]

    def test_no_request_is_given_more_time_than_is_left(self) -> None:
        network = FakeNetwork(Answer())
        session_over(network, remaining=4.0).get(URL)
        assert network.timeouts == [(4.0, 4.0)]

    def test_without_time_nothing_is_asked(self) -> None:
        network = FakeNetwork(Answer())
        with pytest.raises(ArxivUnavailable, match="no time is left"):
            session_over(network, remaining=0.0).get(URL)
        assert network.requests == []
