import pytest

from arxiv_daily.digests.glossary import BadGlossary, load, occurring


def test_categories_bring_their_terms_and_the_general_ones() -> None:
    glossary = load(["eess.AS", "hep-th"])
    assert glossary["speaker verification"][0] == "说话人验证"
    assert glossary["deep learning"] == ("深度学习",)
    assert "constituency parsing" not in glossary


def test_an_operator_adds_changes_and_strikes_out_terms() -> None:
    glossary = load(["cs.SD"], 'vocoder = "音码器"\n"Deep Learning" = []\n"bird call" = ["鸟鸣", "鸟叫"]')
    assert glossary["vocoder"] == ("音码器",)
    assert "deep learning" not in glossary
    assert glossary["bird call"] == ("鸟鸣", "鸟叫")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("vocoder = ", "is not TOML"),
        ("vocoder = 3", "'vocoder' needs a rendering"),
        ('x = [""]', "'x' needs a rendering"),
    ],
)
def test_a_glossary_that_cannot_be_read_says_where(text: str, told: str) -> None:
    with pytest.raises(BadGlossary, match=told):
        load([], text)


@pytest.mark.parametrize("name", ["../secrets", "cs.XX", "..", ""])
def test_a_category_without_a_file_brings_nothing(name: str) -> None:
    assert load([name]) == load([])


def test_terms_occur_as_whole_words_in_either_number() -> None:
    glossary = {
        "speech codec": ("语音编解码器",),
        "knowledge base": ("知识库",),
        "hallucination": ("幻觉",),
        "ode": ("常",),
    }
    text = "Speech-codecs and hallucinations; a diode. Knowledge based systems."
    assert set(occurring(glossary, text)) == {"speech codec", "hallucination"}
