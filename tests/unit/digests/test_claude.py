"""The ways to Claude against answers that come without a network."""

import io
import json
import logging
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx2
import pytest
from aws_lambda_powertools import Logger

from arxiv_daily.digests.claude import Claude, on_aws, on_bedrock, with_key
from arxiv_daily.digests.errors import (
    ClaudeBusy,
    ClaudeClosed,
    ClaudeError,
    ClaudeKeyRefused,
    ClaudeRefusedRequest,
    ClaudeTooLong,
    ClaudeUnavailable,
)
from arxiv_daily.digests.prompt import Message, Request
from arxiv_daily.models import Reply, Usage

Handler = Callable[[httpx2.Request], httpx2.Response]
KEY = "sk-ant-canary-7f3a"
REQUEST = Request(
    model="claude-haiku-5-5",
    language="zh-CN",
    max_tokens=16_000,
    system="Read the paper.",
    messages=(Message(role="user", content="arXiv:2602.10934v1"),),
)


def over(handler: Handler) -> httpx2.Client:
    return httpx2.Client(transport=httpx2.MockTransport(handler))


def ask(handler: Handler, request: Request = REQUEST) -> Reply:
    return with_key(KEY, "http://claude.test", over(handler)).ask(request, timeout=5)


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
    assert seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert body["model"] == "claude-haiku-5-5"
    assert body["messages"] == [{"role": "user", "content": REQUEST.messages[0].content}]
    assert body["output_config"]["format"]["type"] == "json_schema"
    assert set(body["output_config"]["format"]["schema"]["required"]) == {
        "translation",
        "background",
        "method",
        "results",
        "claims",
    }
    assert set(body) == {"model", "max_tokens", "system", "messages", "output_config"}


@pytest.mark.parametrize(
    "body",
    [b'{"id": "msg_1", "content"', json.dumps(message({"type": "text", "text": None})).encode(), b"[" * 99_999],
    ids=["cut", "no text", "deep"],
)
def test_json_that_is_no_message_is_an_answer_that_is_none(body: bytes) -> None:
    headers = {"content-type": "application/json"}
    with pytest.raises(ClaudeUnavailable):
        ask(lambda _: httpx2.Response(200, content=body, headers=headers))


def test_tokens_of_a_cache_are_tokens_too() -> None:
    usage = {"input_tokens": 12, "output_tokens": 3, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 7}
    body = message({"type": "text", "text": "{}"}) | {"usage": usage}
    assert ask(answering(200, body)).usage == Usage(input_tokens=24, output_tokens=3)


def test_a_pdf_goes_with_the_first_message_before_its_text() -> None:
    seen: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json=message({"type": "text", "text": "{}"}))

    later = (Message(role="assistant", content="{"), Message(role="user", content="Again."))
    ask(answer, REQUEST.model_copy(update={"pdf": "JVBERi0=", "messages": (*REQUEST.messages, *later)}))
    first, *others = json.loads(seen[0].content)["messages"]
    assert first["content"] == [
        {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="}},
        {"type": "text", "text": REQUEST.messages[0].content},
    ]
    assert others == [turn.model_dump() for turn in later]


@pytest.mark.parametrize(
    ("refused", "left"),
    [
        ("output_config.format: Extra inputs are not permitted", [{"effort": "medium"}]),
        ("output_config: Extra inputs are not permitted", [None]),
    ],
)
def test_a_server_that_refuses_the_wish_for_a_schema_is_asked_without_it_from_then_on(
    refused: str, left: list[object]
) -> None:
    wishes: list[Any] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        wishes.append(json.loads(request.content).get("output_config"))
        if wishes[-1] and ("format" in wishes[-1] or "format" not in refused):
            return httpx2.Response(400, json={"type": "error", "error": {"type": "x", "message": refused}})
        return httpx2.Response(200, json=message({"type": "text", "text": "{}"}))

    claude = with_key(KEY, "http://claude.test", over(answer))
    claude.ask(REQUEST, timeout=5)
    claude.ask(REQUEST, timeout=5)
    assert wishes[1:] == left * 2


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


@pytest.mark.parametrize(
    ("status", "said", "reader"),
    [
        (401, "invalid bearer token", "密钥无效"),
        (402, "no credit", "额度已用尽"),
        (400, "Your credit balance is too low to access the Anthropic API", "额度已用尽"),
        (403, "AccessDeniedException: not authorized to perform CreateInference", "没有使用 Claude 的权限"),
    ],
)
def test_a_closed_door_tells_readers_why(status: int, said: str, reader: str) -> None:
    with pytest.raises(ClaudeClosed, match=reader):
        ask(answering(status, {"type": "error", "error": {"type": "x", "message": said}}))


def test_a_refused_key_is_told_apart_for_it_may_have_been_replaced() -> None:
    with pytest.raises(ClaudeKeyRefused):
        ask(answering(401))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (413, "Request exceeds the maximum size"),
        (400, "prompt is too long: 1250000 tokens > 1000000 maximum"),
        (400, "Input is too long for requested model."),
        (400, "This model's maximum context length is 32768 tokens."),
    ],
)
def test_a_request_that_is_too_long_is_told_apart(status: int, said: str) -> None:
    with pytest.raises(ClaudeTooLong):
        ask(answering(status, {"type": "error", "error": {"type": "x", "message": said}}))


def test_a_model_that_nobody_has_is_named() -> None:
    with pytest.raises(ClaudeRefusedRequest, match="claude-haiku-5-5"):
        ask(answering(404, {"type": "error", "error": {"type": "not_found_error", "message": "model"}}))


def test_a_server_that_does_not_answer_in_time_is_unavailable() -> None:
    def hang(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("slow", request=request)

    with pytest.raises(ClaudeUnavailable, match="APITimeoutError"):
        ask(hang)


def echoing(status: int) -> Handler:
    """A server that repeats the header with the key in whatever it says."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        said = {"type": "error", "error": {"type": "authentication_error", "message": request.headers["authorization"]}}
        return httpx2.Response(status, json=said, headers={"x-echo": request.headers["authorization"]})

    return answer


def breaking(request: httpx2.Request) -> httpx2.Response:
    raise httpx2.LocalProtocolError(f"Illegal header value {request.headers['authorization']!r}", request=request)


@pytest.mark.parametrize("handler", [*map(echoing, [400, 401, 403, 404, 413, 429, 500]), breaking])
def test_a_key_is_in_no_error_and_no_log_whatever_the_server_says(
    handler: Handler, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    caplog.set_level(logging.INFO)
    stream = io.StringIO()
    logger = Logger(service=request.node.name, stream=stream)
    with pytest.raises(ClaudeError) as caught:
        ask(handler)
    logger.warning("Claude failed", exc_info=caught.value)
    assert "Claude failed" in stream.getvalue()
    told = "".join(traceback.format_exception(caught.value, chain=True))
    assert KEY not in stream.getvalue() + told + caplog.text
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


class TestOnAws:
    """Signed requests: only who asks where; the stand-in checks the signatures themselves."""

    @pytest.fixture(autouse=True)
    def credentials(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "stand-in")
        monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
        monkeypatch.setenv("AWS_REGION", "ap-northeast-3")

    @pytest.mark.parametrize(
        ("connect", "url", "service"),
        [
            (
                partial(on_aws, "wrkspc_1"),
                "https://aws-external-anthropic.ap-northeast-3.api.aws/v1/messages",
                "aws-external-anthropic",
            ),
            (on_bedrock, "https://bedrock-mantle.ap-northeast-3.api.aws/anthropic/v1/messages", "bedrock-mantle"),
        ],
    )
    def test_a_platform_is_asked_at_its_address_in_the_region_and_signed_for(
        self, connect: Callable[..., Claude], url: str, service: str
    ) -> None:
        seen: list[httpx2.Request] = []

        def answer(request: httpx2.Request) -> httpx2.Response:
            seen.append(request)
            return httpx2.Response(200, json=message({"type": "text", "text": "{}"}))

        connect(http_client=over(answer)).ask(REQUEST, timeout=5)
        assert seen[0].url == url
        assert f"/ap-northeast-3/{service}/aws4_request" in seen[0].headers["authorization"]
        assert json.loads(seen[0].content)["model"] == REQUEST.model

    def test_claude_platform_on_aws_is_told_the_workspace(self) -> None:
        seen: list[str | None] = []

        def answer(request: httpx2.Request) -> httpx2.Response:
            seen.append(request.headers.get("anthropic-workspace-id"))
            return httpx2.Response(200, json=message({"type": "text", "text": "{}"}))

        on_aws("wrkspc_1", http_client=over(answer)).ask(REQUEST, timeout=5)
        assert seen == ["wrkspc_1"]

    @pytest.mark.parametrize("connect", [partial(on_aws, "wrkspc_1"), on_bedrock])
    def test_no_credentials_close_the_way(
        self, connect: Callable[..., Claude], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name)
        for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
            monkeypatch.setenv(name, "/dev/null")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        monkeypatch.setenv("AWS_REGION", "ap-northeast-9")  # the SDK keeps credentials by region
        with pytest.raises(ClaudeClosed, match="AWS"):
            connect(http_client=over(answering(200))).ask(REQUEST, timeout=5)

    @pytest.mark.parametrize("connect", [partial(on_aws, "wrkspc_1"), on_bedrock])
    def test_no_region_closes_the_way(self, connect: Callable[..., Claude], monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
            monkeypatch.delenv(name, raising=False)
        with pytest.raises(ClaudeClosed, match="设置不完整"):
            connect()
