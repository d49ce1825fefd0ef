"""Texts with the terms that they are found by, and the terms that a query in the same words asks for.

The first are made in Python, the second in the browser: both sides are held to this table.
"""

from typing import NamedTuple


class Case(NamedTuple):
    text: str
    terms: str
    """What a paper with this text is found by, parted by spaces."""
    query: str
    """What this text asks for as a query."""


CASES = (
    Case("Speech Enhancement", "enhancement speech", "speech enhancement"),
    Case("models, studies; classes", "class model study", "model study class"),
    Case("caches cache approaches approach", "approach cach", "cach approach"),
    Case("movie movies", "movy", "movy"),
    Case("analysis of this bus was lossless", "analysis bus lossless of this was", "analysis of this bus was lossless"),
    Case("LLMs' the model's don't", "dont llm model the", "llm the model dont"),
    Case("text-to-speech", "speech text texttospeech to", "text to speech"),
    Case("front‑end Poisson–Gauss", "end front frontend gauss poisson poissongauss", "front end poisson gauss"),
    Case("speech—and music", "and music speech", "speech and music"),
    Case("wav2vec 2.0", "0 2 2.0 wav2vec", "wav2vec 2.0"),
    Case("GPT-4.1", "1 4 4.1 gpt gpt4.1", "gpt 4.1"),
    Case("2602.10934", "10934 2602 2602.10934", "2602.10934"),
    Case("hep-th/9901001", "9901001 hep hepth th", "hep th 9901001"),
    Case("Ana Núñez, Grüße, naïve", "ana gruss naive nunez", "ana nunez gruss naive"),
    Case("ＡＢＣ　①　ﬁne", "1 abc fine", "abc 1 fine"),
    Case("İstanbul Σίσυφος", "istanbul σισυφος", "istanbul σισυφος"),
    Case("de\u200bep \u202eevil\u202c so\u00adft", "deep evil soft", "deep evil soft"),
    Case("语音情感识别", "情感 感识 识别 语音 音情", "语音 音情 情感 感识 识别"),
    Case("基于Transformer的模型", "transformer 基于 模型 的模", "基于 transformer 的模 模型"),
    Case("语音，识别", "语音 识别", "语音 识别"),
    Case("3D人脸", "3d 人脸", "3d 人脸"),
    Case("音声ガイド", "イト カイ 声カ 音声", "音声 声カ カイ イト"),
    Case("한국어 음성", "국어 음성 한국", "한국 국어 음성"),
    Case("𠀀𠀁𠀂", "𠀀𠀁 𠀁𠀂", "𠀀𠀁 𠀁𠀂"),
    Case("语", "", ""),
    Case("$\\approx$12s, x²", "12s approx x2", "approx 12s x2"),
    Case("?!… 《》 _ : \n\t", "", ""),
    Case("under_score a:b", "a b score under", "under score a b"),
    Case("a" * 50, "a" * 40, "a" * 40),
)
