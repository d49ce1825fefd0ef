import pytest

from arxiv_daily.digests.checks.quantities import quantities
from arxiv_daily.digests.checks.quantity import Quantity, Weight


def only(text: str) -> Quantity:
    """The one number of a text that is not part of a name."""
    (quantity,) = [one for one in quantities(text) if one.weight is not Weight.LOOSE]
    return quantity


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("1.6 billion parameters", "16亿参数"),
        ("1.6B parameters", "16 亿个参数"),
        ("1.6B-parameter", "1.6B 参数"),
        ("3 million hours", "300万小时"),
        ("112M", "1.12亿"),
        ("1.5k samples", "1500 个样本"),
        ("18,400 questions", "18400 个问题"),
        ("18,400 questions", "1.84万个问题"),
        ("1.2 trillion tokens", "1.2万亿个词元"),
        ("93%", "百分之九十三"),
        ("93 percent", "93％"),
        ("$93\\%$", "93%"),
        ("5.4 percentage points", "5.4 个百分点"),
        ("5.4% absolute", "绝对提升 5.4 个百分点"),
        ("improves by 8.0 points", "提升 8.0 分"),
        ("600x less", "减少高达600倍"),
        ("$3\\times$ faster", "快 3 倍"),
        ("a 10-fold reduction", "降低 10 倍"),
        ("twelve steps", "十二步"),
        ("12 steps", "十二步"),
        ("twenty-five languages", "25 种语言"),
        ("four weeks", "四周"),
        ("38 ms", "38 毫秒"),
        ("0.5 seconds", "500 毫秒"),
        ("a 30-minute recording", "30 分钟的录音"),
        ("960 labelled hours", "960 小时标注数据"),
        ("960h", "960 小时"),
        ("44.1kHz", "44.1 千赫"),
        ("24 kbps", "24 千比特每秒"),
        ("21.8 GB", "21.8GB"),
        ("9.8 dB", "9.8 分贝"),
        ("-6 dB", "负6 dB"),
        ("$-6$ dB", "在-6 dB 下"),
        ("a change of -5%", "下降 5%"),
        ("$10^{-3}$", "0.001"),
        ("1e-5", "$10^{-5}$"),
        ("$1.5\\times10^{-4}$", "0.00015"),
        ("10⁶", "100万"),
        (".5", "0.50"),
        ("$5 per hour", "每小时 5 美元"),
        ("2 years", "2 年"),
        ("in 2025", "2025 年"),
        ("100+ hours", "100 多小时"),
        ("28.4 BLEU", "28.4 的 BLEU"),
    ],
)
def test_the_same_quantity_is_equal_however_it_is_written(english: str, chinese: str) -> None:
    assert only(english).agrees(only(chinese))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.6 billion", "16万"),
        ("1.6 billion", "1.6亿"),
        ("3 million", "3000万"),
        ("38 ms", "38 秒"),
        ("38 ms", "38"),
        ("5.4%", "5.4 个百分点"),
        ("5.4%", "5.4"),
        ("5.4%", "5.4 倍"),
        ("30 minutes", "30 小时"),
        ("21.8 GB", "21.8 MB"),
        ("9.8 dB", "9.8%"),
        ("16 kHz", "16 Hz"),
        ("four weeks", "四天"),
        ("112M", "112B"),
        ("0.83 kbps", "0.83 Mbps"),
        ("7.9", "79"),
        ("$10^{-3}$", "$10^{-2}$"),
    ],
)
def test_a_changed_value_unit_or_scale_is_another_quantity(one: str, other: str) -> None:
    assert not only(one).agrees(only(other))


@pytest.mark.parametrize("text", ["GPT-4", "VoxCeleb1", "wav2vec2", "CIFAR-10", "F0", "R^2", "H100", "$n^2$", "v2.1.3"])
def test_a_figure_in_a_name_asks_for_nothing(text: str) -> None:
    assert {one.weight for one in quantities(text)} == {Weight.LOOSE}


@pytest.mark.parametrize("text", ["十分重要", "第三方", "三元组", "数十种", "几百个", "(2) 其次", "①"])
def test_what_only_looks_like_a_numeral_counts_nothing(text: str) -> None:
    assert all(one.weight is Weight.LOOSE for one in quantities(text))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2.3, 5.4 and 6.9%", "2.3%"),
        ("3–5 hours", "3 小时"),
        ("3到5亿", "3亿"),
        ("5~10分钟", "5 分钟"),
        ("71.2% $\\pm$ 2.9", "2.9%"),
    ],
)
def test_numbers_in_a_row_share_the_unit_that_is_written_once(text: str, asked: str) -> None:
    assert any(only(asked).agrees(one) for one in quantities(text))


def test_addresses_hold_no_numbers() -> None:
    assert quantities("见 https://example.org/v2/2602.10934 与 arXiv:2602.10934v1") == ()


def test_thousands_that_a_pdf_broke_are_one_number() -> None:
    assert only("118, 000 sentences").agrees(only("11.8 万个句子"))
