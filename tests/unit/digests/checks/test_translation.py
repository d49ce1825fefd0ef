"""Formulas, terms, sentences and their order, and shape."""

import pytest

from arxiv_daily.digests.checks.formulas import formula_faults
from arxiv_daily.digests.checks.sentences import sentence_faults
from arxiv_daily.digests.checks.shape import shape_faults
from arxiv_daily.digests.checks.terms import term_faults
from arxiv_daily.digests.faults import FaultKind
from arxiv_daily.models import TextSource
from tests.unit.digests.checks.digests import TRANSLATION, a_codec_paper, a_part, a_reply

FORMULAS = "The cost is $\\mathcal{O}(n \\log n)$ at $\\approx 10\\%$ of $D+\\lambda R$, and $D$ falls."


@pytest.mark.parametrize(
    "told",
    [
        "代价为 $\\mathcal{O}(n\\log n)$，约为 $D + \\lambda R$ 的 10%，而 $D$ 下降。",
        "代价为 $O(n\\,\\log n)$，约为 $D+\\lambda{R}$ 的 $10\\%$，而 D 下降。",
    ],
)
def test_formulas_may_be_set_otherwise(told: str) -> None:
    assert list(formula_faults(a_codec_paper(FORMULAS), told)) == []


@pytest.mark.parametrize(
    "told",
    [
        "代价约为 $D+\\lambda R$ 的 10%，而 $D$ 下降。",
        "代价为 $O(n\\log n)$，约为 $D+\\lambda R$ 的 10%。",
        "代价为 $O(n\\log n)$，约为 $D+\\lambda R$ 的 10%，而 $D$ 和 $\\beta^2$ 下降。",
    ],
)
def test_a_formula_that_is_lost_or_added_is_a_fault(told: str) -> None:
    assert [fault.kind for fault in formula_faults(a_codec_paper(FORMULAS), told)] == [FaultKind.FORMULA]


def test_a_changed_formula_is_lost_and_added() -> None:
    told = "代价为 $O(n^2)$，约为 $D+\\lambda R$ 的 10%，而 $D$ 下降。"
    assert len(list(formula_faults(a_codec_paper(FORMULAS), told))) == 2


TERMS = {"speech enhancement": ("语音增强",), "speaker recognition": ("说话人识别", "声纹识别"), "speech": ("语音",)}


@pytest.mark.parametrize(
    "told", ["语音增强与声纹识别。", "speech enhancement 与 SR。", "语音 增强与说话人识别（SR）。"]
)
def test_a_term_has_one_of_its_renderings_or_stays(told: str) -> None:
    paper = a_codec_paper("Speech enhancement helps speaker recognition (SR).")
    assert list(term_faults(paper, told, TERMS)) == []


@pytest.mark.parametrize("told", ["语音强化与说话人识别。", "语音增强与讲者辨认。", "语音增强与讲者辨认（SR）。"])
def test_another_rendering_of_a_term_is_a_fault(told: str) -> None:
    paper = a_codec_paper("Speech enhancement helps speaker recognition (SR).")
    assert [fault.kind for fault in term_faults(paper, told, TERMS)] == [FaultKind.TERM]


MARSH = (
    "At dawn a marsh is loudest when it matters most: several species call at once, and detectors fail. "
    "We present DawnMix, a few-shot detector that learns a species from five example calls that it is given. "
    "Prototypes are compared with each time-frequency patch instead of whole frames, so that two calls do not hide. "
    "On overlapping calls the event score rises from 33.6 to 48.3, and on all of them from 54.9 to 62.7. "
    "The code and all of the recordings are available to everybody who wants to listen to them."
)
IN_CHINESE = (
    "黎明时分的湿地在最要紧的时刻最为嘈杂：几个物种同时鸣叫，检测器随之失效。",
    "我们提出 DawnMix，一种少样本检测器，它从给定的五个示例鸣声学习一个物种。",
    "原型与每个时频小块比较，而不是与整帧比较，因此两个鸣声不会互相遮蔽。",
    "在重叠鸣声上，事件得分从 33.6 升至 48.3，在全部鸣声上从 54.9 升至 62.7。",
    "代码与所有录音都向每一个想要听到它们的人开放。",
)


@pytest.mark.parametrize("at", range(5))
def test_a_sentence_that_is_left_out_is_a_fault(at: int) -> None:
    left = "".join(IN_CHINESE[:at] + IN_CHINESE[at + 1 :])
    assert FaultKind.SENTENCES in [fault.kind for fault in sentence_faults(a_codec_paper(MARSH), left, {})]


def test_a_whole_translation_leaves_no_sentence_out() -> None:
    assert list(sentence_faults(a_codec_paper(MARSH), "".join(IN_CHINESE), {})) == []


def test_sentences_may_be_joined() -> None:
    assert list(sentence_faults(a_codec_paper(), TRANSLATION.replace("。我们", "，我们"), {})) == []
    assert list(sentence_faults(a_codec_paper(), TRANSLATION, {})) == []


def test_numbers_that_changed_places_are_a_fault() -> None:
    told = TRANSLATION.replace("0.83", "x").replace("1.5", "0.83").replace("x", "1.5")
    assert [fault.kind for fault in sentence_faults(a_codec_paper(), told, {})] == [FaultKind.NUMBER]


def test_numbers_that_changed_sentences_are_a_fault() -> None:
    abstract = "The long first corpus that we recorded ourselves has 18,400 questions. The model runs at 512 frames."
    told = "我们自己录制的第一个长语料有 512 个问题。模型以 18,400 帧运行。"
    assert {fault.kind for fault in sentence_faults(a_codec_paper(abstract), told, {})} == {FaultKind.NUMBER}


def test_a_text_of_countless_sentences_is_not_aligned() -> None:
    assert list(sentence_faults(a_codec_paper("A b. " * 600), "甲。" * 900, {})) == []


def shapes(source: TextSource = TextSource.HTML, **fields: object) -> list[object]:
    reply = a_reply().model_copy(update=fields)
    return [fault.where[0] for fault in shape_faults(reply, a_codec_paper(), source)]


def test_parts_of_about_the_asked_length_have_no_fault() -> None:
    assert shapes() == []


def test_a_part_that_is_far_too_short_or_too_long_is_a_fault() -> None:
    assert shapes(method=a_part("改为计数。")) == ["method"]
    assert shapes(results=a_part("听者没有听出差别。" * 100)) == ["results"]
    assert shapes(translation="语音。") == ["translation"]


def test_of_an_abstract_alone_a_short_reading_is_enough() -> None:
    assert shapes(TextSource.ABSTRACT, method=a_part("作者改为逐段计数。" * 10)) == []
