import pytest

from arxiv_daily.digests.checks.evidence import Evidence
from arxiv_daily.digests.checks.results import result_faults
from arxiv_daily.digests.faults import Fault
from arxiv_daily.models import Claim, TextSource
from tests.unit.digests.checks.digests import EER, RATE, ROW, TEXT, a_codec_paper, a_part, a_reply, a_text

CLAIMS = (RATE, EER, ROW)


def found(*results: str, text: str = TEXT, claims: tuple[Claim, ...] = CLAIMS, method: str = "") -> list[Fault]:
    reply = a_reply(*results, method=a_part(method or "改为计数。"))
    return list(result_faults(reply, claims, Evidence(a_codec_paper(), a_text(text))))


@pytest.mark.parametrize(
    "told",
    [
        "在 LibriSpeech 上，PauseCodec 平均需要 0.83 kbps，固定码率需要 1.5 kbps。",
        "VoxCeleb 上的 EER 从 2.82% 降至 2.41%。",
        "听音测试的 MUSHRA 为 71.2 ± 2.9，时延为 40 毫秒。",
        "作者在三个方面检验了两个系统。",
        "听者没有听出差别。",
    ],
)
def test_what_verified_claims_carry_is_no_fault(told: str) -> None:
    assert found(told) == []


@pytest.mark.parametrize(
    "told",
    [
        "在 LibriSpeech 上平均需要 0.38 kbps。",
        "在 LibriSpeech 上平均需要 0.83 Mbps。",
        "在 LibriSpeech 上词错误率为 6.4%。",
        "听音测试得分为 71.2 ± 0.83。",
        "听音测试得分为 2.9 ± 71.2。",
        "在 12 个语种上有效。",
        "参数量为 16亿。",
        "在 SITW 上的 EER 为 2.41%。",
        "在 LibriSpeech 上的 EER 为 2.41%。",
        "在 VoxCeleb 上，码率为 0.83 kbps。",
        "优于 EnCodec。",
    ],
)
def test_a_number_or_name_that_no_claim_bears_out_is_a_fault(told: str) -> None:
    (fault,) = found(told)
    assert fault.where == ("results", "points", 0, "text", 0)


def test_each_sentence_is_judged_for_itself() -> None:
    (fault,) = found("码率为 0.83 kbps。它快 7.3 倍。听者没有听出差别。")
    assert fault.where == ("results", "points", 0, "text", 1)


def test_a_claim_that_failed_carries_nothing() -> None:
    assert found("码率为 0.83 kbps。", claims=(EER,))


@pytest.mark.parametrize("told", ["编码器有 12.7M 参数。", "误差为 0.271。", "采用 WavLM 作为骨干。"])
def test_method_and_background_have_the_numbers_and_names_of_the_paper(told: str) -> None:
    (fault,) = found(method=told)
    assert fault.where[0] == "method"


def test_a_formula_of_the_results_stands_in_the_paper() -> None:
    text = TEXT + "It costs $\\mathcal{O}(n^{2})$ steps."
    assert found("代价为 $O(n^2)$。", text=text) == []
    assert found("代价为 $O(n^3)$。", text=text)


def test_names_are_not_missed_where_the_text_is_not_at_hand() -> None:
    evidence = Evidence(a_codec_paper(), a_text("", TextSource.PDF_NATIVE))
    assert list(result_faults(a_reply("优于 EnCodec。"), (), evidence)) == []
