from datetime import timedelta
from typing import TYPE_CHECKING, Any

from arxiv_daily.store.calls import KEPT_FOR, CallStore
from arxiv_daily.store.table import call_key
from tests.examples import NOW
from tests.integration.fakes import a_reply

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PAPER, HASH = "2602.10934", "5f" * 32


def stored(table: "Table") -> dict[str, Any]:
    return dict(table.get_item(Key=call_key(PAPER, HASH))["Item"])


def test_a_request_that_was_never_sent_has_no_reply(calls: CallStore) -> None:
    assert calls.reply(PAPER, HASH) is None


def test_a_request_that_was_only_reserved_has_no_reply(calls: CallStore) -> None:
    calls.reserve(PAPER, HASH, NOW)
    assert calls.reply(PAPER, HASH) is None


def test_an_answer_comes_back_as_it_was(calls: CallStore) -> None:
    reply = a_reply('{"translation": "…', stop_reason="max_tokens")
    calls.reserve(PAPER, HASH, NOW)
    calls.answer(PAPER, HASH, reply, NOW)
    assert calls.reply(PAPER, HASH) == reply


def test_an_answer_without_text_is_an_answer(calls: CallStore) -> None:
    calls.answer(PAPER, HASH, a_reply("", stop_reason="refusal"), NOW)
    assert calls.reply(PAPER, HASH) == a_reply("", stop_reason="refusal")


def test_an_answer_belongs_to_its_paper_and_its_request(calls: CallStore) -> None:
    calls.answer(PAPER, HASH, a_reply(), NOW)
    assert calls.reply(PAPER, "00" * 32) is None
    assert calls.reply("2602.00001", HASH) is None


def test_asking_again_is_counted(calls: CallStore, table: "Table") -> None:
    calls.reserve(PAPER, HASH, NOW)
    calls.reserve(PAPER, HASH, NOW + timedelta(minutes=1))
    assert stored(table)["asked"] == 2


def test_an_answer_is_kept_until_thirty_days_after_it_was_asked_for(
    calls: CallStore, table: "Table", resources: dict[str, Any]
) -> None:
    calls.reserve(PAPER, HASH, NOW)
    calls.answer(PAPER, HASH, a_reply(), NOW)
    expiry = resources["Table"]["TimeToLiveSpecification"]["AttributeName"]
    assert stored(table)[expiry] == (NOW + KEPT_FOR).timestamp()
    assert timedelta(days=30) == KEPT_FOR
