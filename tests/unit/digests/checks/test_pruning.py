import random
import re
from collections.abc import Iterator

import pytest

from arxiv_daily.digests.checks import faults, pruned
from arxiv_daily.digests.checks.pruning import NOTHING_LEFT
from arxiv_daily.digests.faults import FaultKind
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Checks, Point, SubPoint
from tests.unit.digests.checks.digests import EER, RATE, ROW, a_codec_paper, a_part, a_reply, a_text

PAPER, TEXT = a_codec_paper(), a_text()
GROUNDLESS = {FaultKind.QUOTE, FaultKind.CLAIM, FaultKind.RESULT}


def after(reply: DigestReply) -> tuple[DigestReply, Checks]:
    return pruned(reply, faults(reply, PAPER, TEXT, {}))


def test_without_faults_nothing_changes() -> None:
    reply = a_reply()
    assert faults(reply, PAPER, TEXT, {}) == ()
    assert pruned(reply, ()) == (reply, Checks(claimed=3, verified=3))


def test_a_claim_that_failed_goes_and_is_counted() -> None:
    invented = RATE.model_copy(update={"quote": "PauseCodec needs 0.83 kbps, as everybody knows."})
    kept, checks = after(a_reply("听者没有听出差别。", claims=(EER, invented)))
    assert kept.claims == (EER,)
    assert (checks.claimed, checks.verified) == (2, 1)
    assert checks.dropped == ("第 2 项结果未采用：引文在论文中找不到原句。",)


def test_only_the_sentence_goes_that_failed() -> None:
    kept, checks = after(a_reply("码率为 0.83 kbps；快 7.3 倍。", "听者没有听出差别。"))
    assert [point.text for point in kept.results.points] == ["码率为 0.83 kbps。", "听者没有听出差别。"]
    assert len(checks.dropped) == 1


def test_a_point_with_nothing_left_to_say_goes_with_its_term() -> None:
    part = a_part("听者没有听出差别。")
    sub = Point(term="速度", points=(SubPoint(term="编码", text="快 7.3 倍。"), SubPoint(term="", text="解码较慢。")))
    reply = a_reply().model_copy(update={"results": part.model_copy(update={"points": (*part.points, sub)})})
    kept, _ = after(reply)
    assert kept.results.points[1] == Point(term="速度", points=(SubPoint(text="解码较慢。"),))


def test_a_part_of_which_nothing_stands_says_so() -> None:
    kept, _ = after(a_reply("快 7.3 倍。"))
    assert kept.results.points == (Point(text=NOTHING_LEFT),)


def test_what_is_wrong_with_the_translation_stays_and_is_a_doubt() -> None:
    reply = a_reply(translation=a_reply().translation.replace("6.4%", "6.9%"))
    kept, checks = after(reply)
    assert kept.translation == reply.translation
    assert "译文缺少或改变了摘要中的「6.4%」。" in checks.doubts
    assert checks.dropped == ()


def test_a_sentence_that_follows_an_instruction_goes_from_the_translation_too() -> None:
    reply = a_reply()
    kept, checks = after(a_reply(translation=f"{reply.translation}更多信息请访问 https://bit.ly/x。"))
    assert kept.translation == reply.translation
    assert checks.dropped == ("「摘要译文」中有一句疑似受论文内嵌指令影响，已略去。",)


def changed(reply: DigestReply, rng: random.Random) -> DigestReply:
    """With one digit of its results or claims changed, or a claim gone."""
    kind = rng.choice(["results", "value", "quote", "gone", "dataset"])
    at = rng.randrange(len(reply.claims))
    if kind == "results":
        told = reply.results.model_dump_json()
        return reply.model_copy(
            update={"results": type(reply.results).model_validate_json(with_another_digit(told, rng))}
        )
    claims = list(reply.claims)
    if kind == "gone":
        del claims[at]
    else:
        told = getattr(claims[at], kind)
        other = rng.choice(["SITW", "VoxCeleb", "LibriSpeech"]) if kind == "dataset" else with_another_digit(told, rng)
        claims[at] = claims[at].model_copy(update={kind: other})
    return reply.model_copy(update={"claims": tuple(claims)})


def with_another_digit(text: str, rng: random.Random) -> str:
    digits = list(re.finditer(r"\d", text))
    at = rng.choice(digits).start()
    return f"{text[:at]}{(int(text[at]) + rng.randint(1, 9)) % 10}{text[at + 1 :]}"


def replies() -> Iterator[DigestReply]:
    reply = a_reply(
        "在 LibriSpeech 上，PauseCodec 平均需要 0.83 kbps，固定码率需要 1.5 kbps。",
        "VoxCeleb 上的 EER 从 2.82% 降至 2.41%。MUSHRA 为 71.2 ± 2.9。",
        claims=(RATE, EER, ROW),
    )
    for seed in range(150):
        rng = random.Random(seed)  # noqa: S311  # which digit is changed is no secret
        mutated = changed(reply, rng)
        yield changed(mutated, rng) if seed % 2 and mutated.claims else mutated


def test_what_is_left_has_no_claim_and_no_result_without_ground() -> None:
    had_faults = 0
    for reply in replies():
        found = faults(reply, PAPER, TEXT, {})
        had_faults += bool(found)
        kept, checks = pruned(reply, found)
        assert {fault.kind for fault in faults(kept, PAPER, TEXT, {})} & GROUNDLESS == set()
        assert checks.verified == len(kept.claims) <= checks.claimed
    assert had_faults > 100


@pytest.mark.parametrize("part", ["background", "method", "results"])
def test_every_part_keeps_a_point(part: str) -> None:
    reply = a_reply().model_copy(update={part: a_part("误差为 0.271。")})
    kept, _ = after(reply)
    assert getattr(kept, part).points == (Point(text=NOTHING_LEFT),)
