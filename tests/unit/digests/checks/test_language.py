import pytest

from arxiv_daily.digests.checks.language import language_faults
from tests.unit.digests.checks.digests import TRANSLATION, a_codec_paper, a_part, a_reply

GLOSSARY = {"word error rate": ("词错误率",)}


def places(translation: str = TRANSLATION, method: str = "改为计数。") -> list[object]:
    reply = a_reply(translation=translation, method=a_part(method))
    return [fault.where[0] for fault in language_faults(reply, a_codec_paper(), GLOSSARY)]


@pytest.mark.parametrize(
    "told",
    [
        "基于 PauseCodec 和 XTTS-v2 的 Transformer 编码器，见 https://github.com/a/text-to-speech-with-many-words。",
        "词错误率（word error rate, WER）下降。",
        "在 Google Speech Commands 与 Common Voice 上评估。",
        "目标函数为 $\\mathrm{loss with many small words}$。",
        "采用 end-to-end 方式。",
    ],
)
def test_names_terms_and_formulas_may_stay(told: str) -> None:
    assert places(TRANSLATION + told, told) == []


@pytest.mark.parametrize(
    "left",
    [
        "The model skips pauses and saves bits.",
        "它 consistently outperforms prior codecs over many bitrates 并且更快。",
        "The tagger has 23M parameters and adds 38 ms per request.",
    ],
)
def test_english_that_was_left_over_is_a_fault(left: str) -> None:
    assert places(translation=TRANSLATION + left) == ["translation"]
    assert places(method=f"改为计数。{left}") == ["method"]


def test_a_translation_without_chinese_is_a_fault() -> None:
    assert places(translation="We hear 93% of it.") == ["translation"]
