"""The operator's list of chat groups: what it may hold, and that no error quotes it."""

import json
import traceback
from typing import Any

import pytest

from arxiv_daily.telling.webhooks import MOST, Kind, UnusableWebhooks, read_webhooks
from tests.unit.telling.notices import a_webhook

URL = "https://hooks.slack.com/services/T0/B0/xxxxTOKENxxxx"
SECRET = "SEC-of-a-robot"  # noqa: S105


def entry(**fields: Any) -> dict[str, Any]:
    return {"kind": "slack", "url": URL, **fields}


def test_a_list_of_chat_groups_is_read() -> None:
    slack, feishu = read_webhooks(json.dumps([entry(), entry(kind="feishu", secret=SECRET)]))
    assert (slack.kind, slack.url.get_secret_value(), slack.secret.get_secret_value()) == (Kind.SLACK, URL, "")
    assert (feishu.kind, feishu.secret.get_secret_value()) == (Kind.FEISHU, SECRET)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]:1/x"])
def test_an_address_of_this_machine_needs_no_encryption(url: str) -> None:
    assert read_webhooks(json.dumps([entry(url=url)]))[0].url.get_secret_value() == url


BAD = {
    "an address without encryption": ([entry(), entry(url=URL.replace("https", "http"))], "webhook 2, url: "),
    "a name that looks like this machine": (
        [entry(url=URL.replace("https://", "http://localhost."))],
        "webhook 1, url",
    ),
    "no address": ([{"kind": "slack"}], "webhook 1, url: Field required"),
    "an address without a host": ([entry(url="https:///TOKEN")], "webhook 1, url"),
    "an unknown kind": ([entry(kind="teams")], "webhook 1, kind: Input should be 'slack', 'feishu'"),
    "an unknown field": ([entry(token=SECRET)], "webhook 1, token: Extra inputs"),
    "no object": ([URL], "webhook 1, as a whole"),
    "no list": (entry(), "Input should be a valid array"),
    "too many": ([entry()] * (MOST + 1), f"at most {MOST} items"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_entry_is_named_and_never_quoted(name: str) -> None:
    content, said = BAD[name]
    with pytest.raises(UnusableWebhooks) as caught:
        read_webhooks(json.dumps(content))
    assert said in str(caught.value)
    logged = "".join(traceback.format_exception(caught.value))
    assert "TOKEN" not in logged
    assert SECRET not in logged


def test_a_text_that_is_no_json_is_not_quoted() -> None:
    with pytest.raises(UnusableWebhooks, match="Invalid JSON") as caught:
        read_webhooks(URL)
    assert "TOKEN" not in "".join(traceback.format_exception(caught.value))


def test_a_webhook_shows_neither_address_nor_secret() -> None:
    webhook = a_webhook(Kind.SLACK, URL, SECRET)
    assert "TOKEN" not in f"{webhook!r}{webhook}{webhook.model_dump_json()}{webhook.key}"
    assert SECRET not in f"{webhook!r}{webhook}{webhook.model_dump_json()}{webhook.key}"


def test_a_group_keeps_its_name_in_the_table_wherever_in_the_list_it_stands() -> None:
    first, second = read_webhooks(json.dumps([entry(), entry(url=f"{URL}2")]))
    [alone] = read_webhooks(json.dumps([entry(url=f"{URL}2", secret=SECRET)]))
    assert first.key != second.key == alone.key
