import json
from typing import Any

import pytest

from arxiv_daily.digests.schema import ReplyRejected, parse_reply
from tests.examples import a_digest, a_reply_json, a_whole_reading


def reply_with(**fields: Any) -> str:
    return json.dumps(json.loads(a_reply_json()) | fields, ensure_ascii=False)


def test_an_answer_in_the_asked_shape_is_a_digest() -> None:
    reply = parse_reply(a_reply_json())
    assert reply.translation == a_digest().translation
    assert reply.reading == a_whole_reading()


@pytest.mark.parametrize(
    "around",
    [
        "```json\n{}\n```",
        "```\n{}\n```",
        "\n ```json\n{}\n```\n",
        "Here it is:\n{}\nI hope {it} helps.",
        "```json{}```",
    ],
)
def test_json_in_a_fence_or_between_sentences_is_accepted(around: str) -> None:
    assert parse_reply(around.replace("{}", a_reply_json())) == parse_reply(a_reply_json())


def test_fields_that_nobody_asked_for_are_ignored() -> None:
    assert parse_reply(reply_with(confidence=0.9)).reading == a_whole_reading()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("I am sorry.", "the answer: Invalid JSON"),
        ("", "the answer: Invalid JSON"),
        (a_reply_json()[:-40], "the answer: Invalid JSON"),
        ("[]", "the answer"),
        (reply_with(translation=""), "translation"),
        (reply_with(method={"points": []}), "method.points"),
        (reply_with(results="93%"), "results"),
        (json.dumps({"translation": "甲"}), "claims: Field required"),
        (reply_with(background={"points": [{"term": "背景", "text": " "}]}), "background: has a point without text"),
        (reply_with(method={"points": [{"text": "甲", "points": [{}]}]}), "method: has a point without text"),
    ],
)
def test_what_is_no_digest_is_refused_with_what_is_wrong(answer: str, fault: str) -> None:
    with pytest.raises(ReplyRejected, match=fault):
        parse_reply(answer)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"$\beta\times\frac{a}{b}$ 与 $\nu_t$", r"$\beta\times\frac{a}{b}$ 与 $\nu_t$"),
        (r"$\alpha + \sum_i \rho_i$ 个", r"$\alpha + \sum_i \rho_i$ 个"),
        (r"$\\beta$ 个", r"$\beta$ 个"),
        (r"$x\u03b2$ 个", "$xβ$ 个"),
        (r"$$\nabla f + \nu$$ 个", r"$$\nabla f + \nu$$ 个"),
        (r"每条$0.5。\n而人工为$10。", "每条$0.5。\n而人工为$10。"),
        (r"每条$0.5。\nA为$10。", "每条$0.5。\nA为$10。"),
        (r"$a \\\\ b$ 个", r"$a \\ b$ 个"),
    ],
)
def test_formulas_whose_backslashes_were_not_doubled_are_repaired(written: str, meant: str) -> None:
    answer = a_reply_json().replace(a_digest().translation, written)
    assert parse_reply(answer).translation == meant


def test_lines_outside_of_formulas_stay_lines() -> None:
    answer = a_reply_json().replace(a_digest().translation, r"一\nb 二")
    assert parse_reply(answer).translation == "一\nb 二"


def test_control_characters_are_refused_with_their_place() -> None:
    answer = a_reply_json().replace(a_digest().translation, r"\beta 个")
    with pytest.raises(ReplyRejected, match=r"translation: .*control characters"):
        parse_reply(answer)


def test_every_fault_is_named() -> None:
    with pytest.raises(ReplyRejected) as refusal:
        parse_reply(reply_with(translation="", method=None))
    assert "translation" in str(refusal.value)
    assert "method" in str(refusal.value)
