import pytest

from arxiv_daily.digests.checks.numbers import number_faults
from tests.unit.digests.checks.digests import a_codec_paper

ABSTRACT = (
    "We evaluate (1) speed and (2) quality on three datasets. On 18,400 questions of VoxCeleb1 the F1 rises from 71.3 "
    "to 80.6, the share of errors falls by 12.4%, and the 23M-parameter model adds 38 ms."
)
FAITHFUL = (
    "我们在三个数据集上评估（1）速度和（2）质量。在 VoxCeleb1 的 18,400 个问题上，F1 从 71.3 升至 80.6，"
    "错误占比下降 12.4%，2300 万参数的模型增加 38 毫秒。"
)


def found(translation: str, abstract: str = ABSTRACT) -> list[str]:
    return [fault.message for fault in number_faults(a_codec_paper(abstract), translation)]


def test_a_faithful_translation_has_no_fault() -> None:
    assert found(FAITHFUL) == []


@pytest.mark.parametrize(
    ("told", "changed"),
    [
        ("18,400", "18,500"),
        ("80.6", "86.0"),
        ("12.4%", "12.4 个百分点"),
        ("38 毫秒", "38 秒"),
        ("2300 万", "2300 亿"),
        ("三个", "五个"),
        ("三个", "两个"),
        ("（2）", "（7）"),
        ("VoxCeleb1", "VoxCeleb2"),
        ("，F1 从 71.3 升至 80.6", ""),
        ("38 毫秒。", "38 毫秒，快 7 倍。"),
        ("速度", "九种语言的速度"),
    ],
)
def test_a_changed_lost_or_added_number_is_a_fault(told: str, changed: str) -> None:
    assert told in FAITHFUL
    assert found(FAITHFUL.replace(told, changed))


@pytest.mark.parametrize(
    ("abstract", "translation"),
    [
        ("Across speech, sound, and music it wins.", "在语音、声音和音乐三个领域中它都胜出。"),
        ("We compare both models for a day.", "我们用一天时间比较两个模型。"),
        ("It doubles the speed.", "速度提高到两倍。"),
        ("Three tasks are hard.", "这些任务很难。"),
        ("A two-stage method for 3D audio.", "一种用于三维音频的两阶段方法。"),
        ("Costs are reduced to 1/8.", "成本降至八分之一。"),
    ],
)
def test_counting_as_the_language_does_is_no_fault(abstract: str, translation: str) -> None:
    assert found(translation, abstract) == []


def test_a_remark_is_a_chinese_sentence() -> None:
    (fault, _) = number_faults(a_codec_paper("It is 5 ms."), "它是 6 毫秒。")
    assert fault.remark == "译文缺少或改变了摘要中的「5 ms」。"
    assert fault.where == ("translation",)
