"""Each way to Claude against the stand-in, over HTTP: address, key, signature, and what stays secret."""

import gc
import io
import json
import os
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
import requests
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters.constants import DEFAULT_PROVIDERS

from arxiv_daily.digests.claude import on_aws, on_bedrock
from arxiv_daily.digests.errors import ClaudeClosed, ClaudeError, ClaudeKeyRefused
from arxiv_daily.digests.prompt import Message, Request
from arxiv_daily.digests.schema import parse_reply
from arxiv_daily.flow.claude import connect
from arxiv_daily.settings import ClaudePlatform, ReaderSettings
from arxiv_daily_cli.standins.process import stand_in

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
"""As in Lambda, clients are kept, and their connections with them."""

KEY = "sk-ant-canary-0b61"
KEY_PARAMETER = "/arxiv-daily/key"


def a_request(model: str = "claude-haiku-5-5", **fields: Any) -> Request:
    content = "arXiv:2602.10934v1\nTitle: A title\n<abstract>\nWe hear 93% of all words.\n</abstract>"
    messages = (Message(role="user", content=content),)
    return Request(model=model, language="zh-CN", max_tokens=16_000, system="Read it.", messages=messages, **fields)


def settings(claude_url: str, platform: ClaudePlatform = ClaudePlatform.ANTHROPIC, **fields: str) -> ReaderSettings:
    """Of the settings, those that a connection looks at."""
    values: dict[str, Any] = {
        "claude_platform": platform,
        "anthropic_api_key_parameter": KEY_PARAMETER,
        "anthropic_api_key_secret_arn": "",
        "anthropic_workspace_id": "wrkspc_1",
        "anthropic_base_url": claude_url,
    }
    return ReaderSettings.model_construct(**values | fields)


@pytest.fixture(scope="module")
def claude_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with stand_in("claude", tmp_path_factory.mktemp("claude")) as url:
        yield url
    gc.collect()  # here, where connections that are still open are no error


@pytest.fixture(autouse=True)
def started(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A function that has just started, in an empty account, with credentials that the stand-in knows."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "stand-in")
    forget_keys()
    yield
    forget_keys()


def forget_keys() -> None:
    parameters.clear_caches()  # type: ignore[no-untyped-call]
    DEFAULT_PROVIDERS.clear()


def put_key(key: str) -> None:
    boto3.client("ssm").put_parameter(Name=KEY_PARAMETER, Value=key, Type="SecureString", Overwrite=True)


def put_secret(key: str) -> str:
    return str(boto3.client("secretsmanager").create_secret(Name="claude", SecretString=key)["ARN"])


def set_moods(claude_url: str, *moods: str) -> None:
    wish = {"paper_id": "*", "moods": moods}
    requests.post(f"{claude_url}/_moods", json=wish, timeout=10).raise_for_status()


def last_request(claude_url: str) -> dict[str, Any]:
    asked: dict[str, Any] = requests.get(f"{claude_url}/_requests", timeout=10).json()[-1]
    return asked


def test_a_key_in_ssm_opens_anthropic_s_api(claude_url: str) -> None:
    put_key(KEY)
    reply = connect(settings(claude_url)).ask(a_request(), timeout=10)
    parse_reply(reply.text)
    assert (last_request(claude_url)["platform"], last_request(claude_url)["status"]) == ("anthropic", 200)


def test_a_key_in_secrets_manager_is_used_where_one_is_named_and_ssm_is_left_alone(claude_url: str) -> None:
    chosen = settings(claude_url, anthropic_api_key_secret_arn=put_secret(KEY), anthropic_api_key_parameter="/absent")
    connect(chosen).ask(a_request(), timeout=10)
    assert (last_request(claude_url)["platform"], last_request(claude_url)["status"]) == ("anthropic", 200)


def test_claude_platform_on_aws_is_reached_with_a_signature_that_stands(claude_url: str) -> None:
    reply = connect(settings(claude_url, ClaudePlatform.AWS)).ask(a_request(), timeout=10)
    parse_reply(reply.text)
    asked = last_request(claude_url)
    assert (asked["platform"], asked["path"], asked["status"]) == ("aws", "/v1/messages", 200)


def test_bedrock_is_reached_with_a_signature_that_stands_and_without_the_schema_that_it_refuses(
    claude_url: str,
) -> None:
    request = a_request("anthropic.claude-haiku-5-5")
    reply = connect(settings(f"{claude_url}/anthropic", ClaudePlatform.BEDROCK)).ask(request, timeout=10)
    parse_reply(reply.text)
    asked = last_request(claude_url)
    assert (asked["platform"], asked["path"], asked["status"]) == ("bedrock", "/anthropic/v1/messages", 200)
    assert asked["body"]["output_config"] == {"effort": "medium"}


def test_a_signature_with_another_secret_closes_the_way(claude_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    monkeypatch.setenv("AWS_REGION", "eu-north-1")  # the SDK keeps credentials by region
    for claude in (on_aws("wrkspc_1", claude_url), on_bedrock(f"{claude_url}/anthropic")):
        with pytest.raises(ClaudeClosed, match="没有使用 Claude 的权限"):
            claude.ask(a_request("anthropic.claude-haiku-5-5"), timeout=10)


def test_a_signature_for_another_service_closes_the_way(claude_url: str) -> None:
    with pytest.raises(ClaudeClosed, match="没有使用 Claude 的权限"):
        on_bedrock(claude_url).ask(a_request(), timeout=10)


def test_a_refused_key_is_read_afresh_the_next_time(claude_url: str) -> None:
    put_key("sk-ant-old")
    set_moods(claude_url, "bad_key")
    with pytest.raises(ClaudeKeyRefused):
        connect(settings(claude_url)).ask(a_request(), timeout=10)
    put_key("sk-ant-new")
    assert parameters.get_parameter(KEY_PARAMETER, decrypt=True, max_age=300) == "sk-ant-new"


def test_a_key_that_works_is_kept_for_a_while(claude_url: str) -> None:
    put_key("sk-ant-old")
    connect(settings(claude_url)).ask(a_request(), timeout=10)
    put_key("sk-ant-new")
    assert parameters.get_parameter(KEY_PARAMETER, decrypt=True, max_age=300) == "sk-ant-old"


@pytest.mark.parametrize("way", ["parameter", "secret"])
def test_no_key_closes_the_way(claude_url: str, way: str) -> None:
    absent = "arn:aws:secretsmanager:us-east-1:123456789012:secret:absent-AbCdEf"
    chosen = settings(claude_url, anthropic_api_key_secret_arn=absent if way == "secret" else "")
    with pytest.raises(ClaudeClosed, match="没有 Claude 的密钥"):
        connect(chosen)


def test_a_newline_after_the_key_does_no_harm(claude_url: str) -> None:
    put_key(f"{KEY}\n")
    connect(settings(claude_url)).ask(a_request(), timeout=10)
    assert last_request(claude_url)["status"] == 200


@pytest.mark.parametrize(
    "stored", ['{"key": "sk-ant-canary-0b61"}', "sk-ant-canary-0b61 sk-ant-other", "密钥 sk-ant-canary-0b61"]
)
def test_what_is_no_key_is_not_sent_and_not_told(claude_url: str, stored: str) -> None:
    put_key(stored)
    with pytest.raises(ClaudeKeyRefused, match="密钥无效") as caught:
        connect(settings(claude_url))
    assert KEY not in logged(caught.value)


@pytest.mark.parametrize(
    "mood", ["bad_key", "forbidden", "no_credit", "too_long", "overloaded", "server_error", "lost"]
)
def test_a_key_is_in_no_log_of_a_failure_and_not_in_the_environment(claude_url: str, mood: str) -> None:
    put_key(KEY)
    set_moods(claude_url, mood)
    with pytest.raises(ClaudeError) as caught:
        connect(settings(claude_url)).ask(a_request(), timeout=10)
    assert KEY not in logged(caught.value)
    assert KEY not in json.dumps(dict(os.environ))


def logged(error: Exception) -> str:
    """The error as the functions' logger writes it."""
    stream = io.StringIO()
    Logger(service=f"log-{id(stream)}", stream=stream).warning("Claude failed", exc_info=error)
    assert type(error).__name__ in stream.getvalue()
    return stream.getvalue()


def test_a_pdf_is_taken_and_what_is_none_is_refused(claude_url: str) -> None:
    put_key(KEY)
    claude = connect(settings(claude_url))
    claude.ask(a_request(pdf="JVBERi0xLjcK"), timeout=10)
    assert last_request(claude_url)["body"]["messages"][0]["content"][0]["type"] == "document"
    with pytest.raises(ClaudeError, match="HTTP 400"):
        claude.ask(a_request(pdf="bm8gUERG"), timeout=10)
