"""The first sentence of a text, in lists of papers."""

import pytest

from arxiv_daily.publishing.glance import numerals, opening


def test_it_ends_with_the_first_sentence_that_says_something() -> None:
    assert opening("离散音频分词器是赋予大语言模型原生音频处理能力的关键基础。尽管如此。") == (
        "离散音频分词器是赋予大语言模型原生音频处理能力的关键基础。"
    )
    assert opening("很短。于是再加上第二句话，直到读者知道这篇论文在说什么为止。第三句。") == (
        "很短。于是再加上第二句话，直到读者知道这篇论文在说什么为止。"
    )


@pytest.mark.parametrize("text", ["We reach 3.5 dB over e.g. Conv-TasNet v. 2 on all sets", "没有句号的译文", ""])
def test_what_has_no_end_is_shown_whole(text: str) -> None:
    assert opening(text) == text


def test_an_english_sentence_ends_at_its_full_stop() -> None:
    assert opening("We present a new codec for speech.  It is small.") == "We present a new codec for speech."


def test_lines_become_one() -> None:
    assert opening("一行\n\n又一行  尾") == "一行 又一行 尾"


def test_a_very_long_sentence_is_cut_at_a_pause() -> None:
    made = opening("很长的一句话，" * 40)
    assert made == "很长的一句话，" * 16 + "很长的一句话…"
    assert opening("word " * 90) == ("word " * 48).rstrip() + "…"


def test_a_text_without_pauses_is_cut_all_the_same() -> None:
    assert opening("字" * 500) == "字" * 120 + "…"


@pytest.mark.parametrize("formula", ["$x, y. Z$", "$$x, y. Z$$", r"\(x, y. Z\)", r"\[x, y. Z\]"])
def test_a_formula_is_never_cut(formula: str) -> None:
    text = "我们在这里最小化" + formula.replace("Z", "Z, " * 60)
    assert opening(text) == "我们在这里最小化…"
    assert opening(f"我们在这里最小化误差的上界 {formula} 并证明它。再说。").endswith(f"{formula} 并证明它。")


def test_the_numbers_of_a_date_can_be_set_apart() -> None:
    assert numerals("2月12日 & <") == "<b>2</b>月<b>12</b>日 &amp; &lt;"
