import base64
from datetime import date
from typing import Any

import pytest

from arxiv_daily.digests.cost import PRICES_DATE, ceiling, cost, expected
from arxiv_daily.digests.prompt import MAX_TEXT_CHARACTERS, Message, Request
from arxiv_daily.models import Usage

HAIKU, SONNET, OPUS = "claude-haiku-5-5", "claude-sonnet-5-5", "claude-opus-5-5"
MILLION = Usage(input_tokens=1_000_000, output_tokens=1_000_000)


def used(input_tokens: int, output_tokens: int = 0) -> Usage:
    return Usage(input_tokens=input_tokens, output_tokens=output_tokens)


def a_request(*texts: str, model: str = SONNET, max_tokens: int = 0, pdf: bytes = b"") -> Request:
    messages = tuple(Message(role="user", content=text) for text in texts)
    attached = base64.b64encode(pdf).decode()
    return Request(model=model, language="zh-CN", system="", messages=messages, max_tokens=max_tokens, pdf=attached)


def most_tokens(*texts: str, **fields: Any) -> int:
    """Tokens of input that the ceiling takes these texts for, beyond an empty request."""
    return (ceiling(a_request(*texts, **fields)) - ceiling(a_request())) // 2


@pytest.mark.parametrize(("model", "dollars"), [(SONNET, 12), (OPUS, 24)])
def test_a_million_tokens_cost_what_the_price_list_says(model: str, dollars: int) -> None:
    assert cost(model, MILLION) == dollars * 1_000_000


def test_a_usual_paper_costs_a_quarter_of_a_cent() -> None:
    assert cost(HAIKU, used(12_000, 2_500)) == 2_450


def test_a_prompt_above_the_tier_is_dearer_as_a_whole() -> None:
    assert cost(HAIKU, used(100_000, 1_000)) == 10_500
    assert cost(HAIKU, used(100_001, 1_000)) == 52_501


def test_a_part_of_a_micro_dollar_is_one() -> None:
    assert cost(HAIKU, used(1)) == 1
    assert cost(HAIKU, used(10)) == 1
    assert cost(HAIKU, used(11)) == 2


def test_nothing_costs_nothing() -> None:
    assert cost(HAIKU, Usage()) == 0


@pytest.mark.parametrize(
    "model",
    [
        "anthropic.claude-haiku-5-5",
        "anthropic.claude-haiku-5-5-v1:0",
        "us.anthropic.claude-haiku-5-5-20261021-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.anthropic.claude-haiku-5-5-v1:0",
        "anthropic/Claude-Haiku-5-5",
    ],
)
def test_every_platforms_name_of_a_model_has_its_price(model: str) -> None:
    assert cost(model, MILLION) == cost(HAIKU, MILLION)


def test_an_unknown_model_costs_as_much_as_the_dearest_and_that_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Any] = []
    monkeypatch.setattr("arxiv_daily.digests.cost.logger.warning", lambda _, **fields: said.append(fields))
    assert {cost("llama3.3:70b", MILLION) for _ in range(3)} == {cost(OPUS, MILLION)}
    assert said == [{"model": "llama3.3:70b", "priced_as": OPUS}]


def test_the_prices_say_of_which_day_they_are() -> None:
    assert date(2026, 1, 1) < PRICES_DATE < date.today()  # noqa: DTZ011 - to the year


class TestCeiling:
    def test_output_is_as_long_as_it_may_be(self) -> None:
        assert ceiling(a_request(max_tokens=16_000)) - ceiling(a_request()) == 160_000

    def test_english_is_taken_for_more_tokens_than_it_usually_has(self) -> None:
        assert most_tokens("a" * 300, "b" * 300) == 300

    def test_other_writing_is_taken_for_more_than_a_token_each(self) -> None:
        assert most_tokens("语音∑𝔼" * 100) == 600

    def test_the_system_prompt_is_counted(self) -> None:
        request = a_request().model_copy(update={"system": "a" * 300})
        assert ceiling(request) - ceiling(a_request()) == 300

    def test_a_paper_that_may_be_above_the_tier_is_priced_there(self) -> None:
        assert ceiling(a_request("a" * 300_000, model=HAIKU)) > 50_000
        assert ceiling(a_request("a" * MAX_TEXT_CHARACTERS, model=HAIKU)) < 10_000

    def test_a_pdf_is_counted_by_its_pages(self) -> None:
        pages = b"<</Type /Pages/Count 3>>" + b"<</Type/Page /Parent 1 0 R>>" * 3
        assert most_tokens(pdf=pages) == 15_000

    def test_a_pdf_whose_pages_lie_packed_is_counted_by_its_size(self) -> None:
        assert most_tokens(pdf=b"x" * 25_000) == 3_000
        assert most_tokens(pdf=b"x" * 250_001) == 33_000

    def test_it_covers_an_answer_to_a_usual_paper(self) -> None:
        text = "We train a model with 1.2M parameters on LibriSpeech, and it reaches 2.1% WER. " * 800
        request = a_request(text, model=HAIKU, max_tokens=16_000)
        assert ceiling(request) >= cost(HAIKU, used(len(text) // 4, 16_000))


class TestExpected:
    def test_a_usual_paper_is_estimated_as_what_it_costs(self) -> None:
        assert expected(HAIKU, 48_000, 2_500) == cost(HAIKU, used(12_000, 2_500))

    def test_it_is_less_than_the_ceiling(self) -> None:
        text = "a" * 60_000
        assert expected(HAIKU, len(text), 2_500) < ceiling(a_request(text, model=HAIKU, max_tokens=2_500))
