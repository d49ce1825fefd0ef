"""Each chat service's message: its shape, its signature, its limits, and what its answers mean."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from arxiv_daily.telling.notice import Notice
from arxiv_daily.telling.shapes import SHAPES
from arxiv_daily.telling.webhooks import Kind
from tests.unit.telling.notices import SENT, SITE, a_long_notice, a_notice, a_webhook

Json = dict[str, Any]
SECRET = "this is secret"  # noqa: S105


def message(kind: Kind, notice: Notice, secret: str = "") -> Json:
    read: Json = json.loads(SHAPES[kind].post(a_webhook(kind, secret=secret), notice, SENT).body)
    return read


def test_slack_gets_blocks_and_a_text_for_the_notification() -> None:
    made = message(Kind.SLACK, a_notice("First", "Second"))
    assert made["text"] == "arXiv Daily 2026-02-12：2 篇论文"
    header, body = made["blocks"]
    assert (header["type"], header["text"]["text"]) == ("header", made["text"])
    _, papers, below = body["elements"]
    assert papers["elements"][0] == {
        "type": "rich_text_section",
        "elements": [{"type": "link", "url": f"{SITE}/papers/2602.00000.html", "text": "First"}],
    }
    assert [one["url"] for one in below["elements"] if one["type"] == "link"] == [
        f"{SITE}/editions/2026-02-12.html",
        f"{SITE}/editions/2026-02-12.json",
    ]


def test_feishu_gets_a_post_with_a_link_for_each_paper() -> None:
    made = message(Kind.FEISHU, a_notice("First"))
    assert made.keys() == {"msg_type", "content"}
    post = made["content"]["post"]["zh_cn"]
    assert (made["msg_type"], post["title"]) == ("post", "arXiv Daily 2026-02-12：1 篇论文")
    assert [{"tag": "a", "text": "First", "href": f"{SITE}/papers/2602.00000.html"}] in post["content"]


def test_lark_s_readers_of_an_english_site_get_english_words() -> None:
    made = message(Kind.FEISHU, a_notice("First", language="en"))
    assert made["content"]["post"]["en_us"]["title"] == "arXiv Daily 2026-02-12: 1 paper"


def test_dingtalk_gets_markdown_that_mentions_nobody() -> None:
    made = message(Kind.DINGTALK, a_notice("First"))
    assert (made["msgtype"], made["at"]) == ("markdown", {"isAtAll": False})
    assert made["markdown"]["title"] == "arXiv Daily 2026-02-12：1 篇论文"
    assert f"- [First]({SITE}/papers/2602.00000.html)" in made["markdown"]["text"]


def test_wecom_gets_markdown_with_numbered_lines() -> None:
    made = message(Kind.WECOM, a_notice("First", "Second"))
    assert made["msgtype"] == "markdown"
    assert f"2. [Second]({SITE}/papers/2602.00001.html)" in made["markdown"]["content"].splitlines()


def test_feishu_s_signature_has_time_and_secret_for_its_key() -> None:
    made = message(Kind.FEISHU, a_notice("First"), SECRET)
    assert (made["timestamp"], made["sign"]) == ("1770862447", "Lk2lbHG85qrEaVbjsF9klsAU1nprCkZmC70O17xW5Qk=")


def test_dingtalk_s_signature_stands_in_the_address() -> None:
    webhook = a_webhook(Kind.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token=abc", SECRET)
    query = parse_qs(urlsplit(SHAPES[Kind.DINGTALK].post(webhook, a_notice("First"), SENT).url).query)
    assert query == {
        "access_token": ["abc"],
        "timestamp": ["1770862447000"],
        "sign": ["jcGQ6lkxpOuVJSPITp68w/FF1lKXWxnkEuJe2SiMm1I="],
    }


@pytest.mark.parametrize("kind", Kind)
def test_without_a_secret_nothing_is_signed(kind: Kind) -> None:
    webhook = a_webhook(kind)
    post = SHAPES[kind].post(webhook, a_notice("First"), SENT)
    assert post.url == webhook.url.get_secret_value()
    assert b"sign" not in post.body


@pytest.mark.parametrize(
    ("kind", "limit"), [(Kind.SLACK, 13_000), (Kind.FEISHU, 20_000), (Kind.DINGTALK, 20_000), (Kind.WECOM, 4_400)]
)
def test_a_message_that_would_be_too_long_lists_fewer_papers_and_says_how_many_more(kind: Kind, limit: int) -> None:
    """WeCom's 4,096 bytes are of the content alone, which the next test looks at."""
    notice = a_long_notice()
    body = SHAPES[kind].post(a_webhook(kind, secret=SECRET), notice, SENT).body
    listed = body.count(b"/papers/")
    assert 0 < listed < 100
    assert len(body) < limit
    assert f"另有 {107 - listed} 篇".encode() in body
    assert f"{SITE}/editions/2026-02-12.html".encode() in body


def test_wecom_s_content_is_within_4096_bytes_and_no_shorter_than_it_must_be() -> None:
    content = message(Kind.WECOM, a_long_notice())["markdown"]["content"].encode()
    another = len("听".encode()) * 300 + 100
    assert 4096 - another < len(content) <= 4096


@pytest.mark.parametrize("kind", Kind)
def test_a_day_that_fits_is_told_whole(kind: Kind) -> None:
    body = (
        SHAPES[kind]
        .post(a_webhook(kind), a_notice(*["A title of a paper that is as long as most are"] * 20), SENT)
        .body
    )
    assert body.count(b"/papers/") == 20
    assert "另有".encode() not in body


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (Kind.SLACK, "ok"),
        (Kind.FEISHU, '{"code": 0, "msg": "success", "data": {}}'),
        (Kind.FEISHU, '{"StatusCode": 0, "StatusMessage": "success"}'),
        (Kind.DINGTALK, '{"errcode": 0, "errmsg": "ok"}'),
        (Kind.WECOM, '{"errcode": 0, "errmsg": "ok"}'),
    ],
)
def test_a_message_that_was_taken_is_known_by_its_answer(kind: Kind, answer: str) -> None:
    assert SHAPES[kind].refusal(answer) == ""


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        (Kind.SLACK, "no_service", "no_service"),
        (
            Kind.FEISHU,
            '{"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}',
            "19021: sign match",
        ),
        (Kind.FEISHU, '{"StatusCode": 9499, "StatusMessage": "Bad Request"}', "9499: Bad Request"),
        (Kind.DINGTALK, '{"errcode": 310000, "errmsg": "keywords not in content"}', "310000: keywords not in content"),
        (Kind.WECOM, '{"errcode": 93000, "errmsg": "invalid webhook url"}', "93000: invalid webhook url"),
    ],
)
def test_a_failure_within_http_200_is_one(kind: Kind, answer: str, said: str) -> None:
    assert said in SHAPES[kind].refusal(answer)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("answer", ["", "<html>It works!</html>", "[]", "{}", "null"])
def test_an_answer_of_something_else_is_no_success(kind: Kind, answer: str) -> None:
    assert SHAPES[kind].refusal(answer)
