import pytest

from arxiv_daily.digests.digest import make_digest
from arxiv_daily.digests.errors import NoDigest
from arxiv_daily.digests.prompt import MAX_TEXT_CHARACTERS, PROMPT_VERSION, Request
from arxiv_daily.models import Digest, FullText, Reply, TextSource, Usage
from tests.examples import NOW, a_digest, a_paper, a_reply_json

TEXT = FullText(text="We count.", source=TextSource.PDF, note="")


def reply(text: str, stop_reason: str = "end_turn") -> Reply:
    return Reply(text=text, stop_reason=stop_reason, usage=Usage(input_tokens=10, output_tokens=5))


class Answers:
    """Gives the prepared replies in order and keeps the requests."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.requests: list[Request] = []

    def __call__(self, request: Request) -> Reply:
        self.requests.append(request)
        return self.replies.pop(0)


def digest(answers: Answers, text: FullText = TEXT) -> Digest:
    return make_digest(a_paper(), text, "claude-haiku-5-5", answers, NOW)


def test_a_good_answer_becomes_a_digest_that_says_where_it_comes_from() -> None:
    answers = Answers(reply(a_reply_json()))
    made = digest(answers)
    assert (made.translation, made.reading) == (a_digest().translation, a_digest().reading)
    provenance = made.provenance
    assert (provenance.model, provenance.prompt_version, provenance.language, provenance.source) == (
        "claude-haiku-5-5",
        PROMPT_VERSION,
        "zh-CN",
        TextSource.PDF,
    )
    assert provenance.usage == Usage(input_tokens=10, output_tokens=5)
    assert provenance.generated_at == NOW
    assert len(answers.requests) == 1


def test_the_reader_is_told_when_only_part_of_the_text_was_read() -> None:
    long = FullText(text="a" * (MAX_TEXT_CHARACTERS + 1), source=TextSource.PDF)
    assert digest(Answers(reply(a_reply_json())), long).provenance.truncated
    assert not digest(Answers(reply(a_reply_json()))).provenance.truncated


def test_a_refused_answer_is_corrected_once_and_both_answers_are_in_the_usage() -> None:
    answers = Answers(reply("nonsense"), reply(a_reply_json()))
    made = digest(answers)
    assert made.reading == a_digest().reading
    assert made.provenance.usage == Usage(input_tokens=20, output_tokens=10)
    assert "Invalid JSON" in answers.requests[1].messages[-1].content


def test_an_answer_that_was_cut_is_asked_for_again_even_if_it_looks_whole() -> None:
    answers = Answers(reply(a_reply_json(), "max_tokens"), reply(a_reply_json()))
    digest(answers)
    assert "cut at the length limit" in answers.requests[1].messages[-1].content


def test_two_refused_answers_are_the_end() -> None:
    answers = Answers(reply("nonsense"), reply("more nonsense"))
    with pytest.raises(NoDigest, match="两次不合格式"):
        digest(answers)
    assert len(answers.requests) == 2


@pytest.mark.parametrize(
    ("stop_reason", "said"), [("refusal", "拒绝"), ("model_context_window_exceeded", "没有完成"), ("", "未说明原因")]
)
def test_an_answer_that_ended_for_another_reason_is_not_looked_at(stop_reason: str, said: str) -> None:
    answers = Answers(reply(a_reply_json(), stop_reason))
    with pytest.raises(NoDigest, match=said):
        digest(answers)
    assert len(answers.requests) == 1
