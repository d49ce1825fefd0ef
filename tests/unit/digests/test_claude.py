"""Claude's client against answers that come without a network."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from arxiv_daily.digests.claude import Claude
from arxiv_daily.digests.errors import ClaudeBusy, ClaudeClosed, ClaudeError, ClaudeRefusedRequest, ClaudeUnavailable
from arxiv_daily.digests.prompt import digest_request
from arxiv_daily.models import Reply, TextSource, Usage
from tests.examples import a_paper

Handler = Callable[[httpx2.Request], httpx2.Response]
REQUEST = digest_request("claude-haiku-5-5", a_paper(), "We count.", TextSource.HTML)


def ask(handler: Handler) -> Reply:
    client = httpx2.Client(transport=httpx2.MockTransport(handler))
    return Claude("a-key", "http://claude.test", http_client=client).ask(REQUEST, timeout=5)


def message(*content: dict[str, Any], stop_reason: str = "end_turn") -> dict[str, Any]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-haiku-5-5",
        "content": list(content),
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": {"input_tokens": 12, "output_tokens": 3},
    }


def answering(status: int, body: object = None, **headers: str) -> Handler:
    return lambda _: httpx2.Response(
        status, json=body or {}, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


def test_the_request_carries_key_model_prompt_and_schema_and_nothing_the_api_refuses() -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json=message({"type": "text", "text": "{}"}))

    ask(answer)
    body = json.loads(seen[0].content)
    assert seen[0].url == "http://claude.test/v1/messages"
    assert seen[0].headers["authorization"] == "Bearer a-key"
    assert body["model"] == "claude-haiku-5-5"
    assert body["messages"] == [{"role": "user", "content": REQUEST.messages[0].content}]
    assert body["output_config"]["format"]["type"] == "json_schema"
    assert set(body["output_config"]["format"]["schema"]["required"]) == {
        "translation",
        "background",
        "method",
        "results",
    }
    assert set(body) == {"model", "max_tokens", "system", "messages", "output_config"}


def test_the_text_is_found_behind_a_thinking_block() -> None:
    thinking = {"type": "thinking", "thinking": "hm", "signature": "s"}
    answer = message(thinking, {"type": "text", "text": "[1"}, {"type": "text", "text": "]"})
    reply = ask(answering(200, answer))
    assert reply == Reply(text="[1]", stop_reason="end_turn", usage=Usage(input_tokens=12, output_tokens=3))


@pytest.mark.parametrize("status", [429, 529])
def test_a_busy_server_says_how_long_to_wait(status: int) -> None:
    with pytest.raises(ClaudeBusy, match=str(status)) as busy:
        ask(answering(status, retry_after="17"))
    assert busy.value.retry_after == 17


@pytest.mark.parametrize("asked", ["9e9", "86400"])
def test_a_server_that_asks_for_more_than_an_hour_is_asked_after_an_hour(asked: str) -> None:
    with pytest.raises(ClaudeBusy) as busy:
        ask(answering(429, retry_after=asked))
    assert busy.value.retry_after == 3600


@pytest.mark.parametrize(
    "new",
    [
        {"stop_reason": "a_reason_of_next_year"},
        {"usage": {"input_tokens": 12, "output_tokens": 3, "service_tier": "a_tier_of_next_year"}},
        {"content": [{"type": "a_block_of_next_year"}, {"type": "text", "text": "{}"}]},
        {"stop_details": {"type": "a_detail_of_next_year"}},
        {"id": None},
    ],
)
def test_an_answer_that_holds_something_new_is_still_the_answer_that_was_paid_for(new: dict[str, Any]) -> None:
    reply = ask(answering(200, message({"type": "text", "text": "{}"}) | new))
    assert (reply.text, reply.usage.input_tokens) == ("{}", 12)
    assert reply.stop_reason == new.get("stop_reason", "end_turn")


def test_an_answer_without_usage_counts_no_tokens() -> None:
    reply = ask(answering(200, message({"type": "text", "text": "{}"}) | {"usage": None}))
    assert reply.usage == Usage(input_tokens=0, output_tokens=0)


@pytest.mark.parametrize("body", [[], {}, {"content": "text"}, "text"])
def test_json_that_is_no_message_is_no_answer(body: object) -> None:
    with pytest.raises(ClaudeUnavailable):
        ask(lambda _: httpx2.Response(200, json=body))


@pytest.mark.parametrize("headers", [{}, {"retry_after": "inf"}, {"retry_after": "Fri, 13 Feb 2026 00:00:00 GMT"}])
def test_a_busy_server_that_does_not_say_is_given_half_a_minute(headers: dict[str, str]) -> None:
    with pytest.raises(ClaudeBusy) as busy:
        ask(answering(429, **headers))
    assert busy.value.retry_after == 30


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, ClaudeRefusedRequest),
        (401, ClaudeClosed),
        (402, ClaudeClosed),
        (403, ClaudeClosed),
        (404, ClaudeRefusedRequest),
        (408, ClaudeUnavailable),
        (409, ClaudeUnavailable),
        (413, ClaudeRefusedRequest),
        (422, ClaudeRefusedRequest),
        (500, ClaudeUnavailable),
        (503, ClaudeUnavailable),
    ],
)
def test_each_status_tells_what_has_to_happen_next(status: int, error: type[ClaudeError]) -> None:
    with pytest.raises(error, match=str(status)):
        ask(answering(status, {"type": "error", "error": {"type": "x", "message": "y"}}))


def test_a_page_instead_of_an_answer_is_no_answer() -> None:
    with pytest.raises(ClaudeUnavailable):
        ask(lambda _: httpx2.Response(200, text="<html>busy</html>", headers={"content-type": "text/html"}))


@pytest.mark.parametrize("error", [httpx2.ConnectError("refused"), httpx2.ReadTimeout("slow")])
def test_no_connection_and_no_time_can_be_tried_again(error: Exception) -> None:
    def fail(_: httpx2.Request) -> httpx2.Response:
        raise error

    with pytest.raises(ClaudeUnavailable):
        ask(fail)


def test_one_call_is_one_request() -> None:
    count = 0

    def fail(_: httpx2.Request) -> httpx2.Response:
        nonlocal count
        count += 1
        return httpx2.Response(500, json={})

    with pytest.raises(ClaudeUnavailable):
        ask(fail)
    assert count == 1
