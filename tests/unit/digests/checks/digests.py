"""Papers and digests for the tests of the checks."""

from typing import Any

from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Claim, FullText, Paper, Part, Point, TextSource
from tests.examples import a_paper, a_whole_reading

ABSTRACT = (
    "Speech codecs waste bits on silence. We present PauseCodec, a codec that skips pauses. "
    "On LibriSpeech it needs 0.83 kbps, against 1.5 kbps for a fixed rate, and a word error rate of 6.4%. "
    "Listeners heard no difference on VoxCeleb."
)
TRANSLATION = (
    "语音编解码器把比特浪费在静音上。我们提出 PauseCodec，一种跳过停顿的编解码器。"
    "在 LibriSpeech 上它需要 0.83 kbps，固定码率则需要 1.5 kbps，词错误率为 6.4%。听者在 VoxCeleb 上没有听出差别。"
)
TEXT = (
    "1 Introduction\nMany codecs send the same number of bits for each frame.\n"
    "4 Results\nOn the LibriSpeech corpus PauseCodec needs 0.83 kbps on average, against 1.5 kbps for the fixed rate.\n"
    "The word error rate on LibriSpeech is 6.4% with PauseCodec.\n"
    "On the VoxCeleb corpus the equal error rate falls from 2.82% to 2.41%.\n"
    "Table 2: Listening test on VoxCeleb\nmodel | MUSHRA | delay (ms)\nPauseCodec | 71.2 ± 2.9 | 40\n"
)
RATE = Claim(
    task="编码",
    dataset="LibriSpeech",
    metric="码率",
    value="0.83 kbps",
    quote="On the LibriSpeech corpus PauseCodec needs 0.83 kbps on average, against 1.5 kbps for the fixed rate.",
)
EER = Claim(
    task="说话人验证",
    dataset="VoxCeleb",
    metric="EER",
    value="2.41%",
    quote="On the VoxCeleb corpus the equal error rate falls from 2.82% to 2.41%.",
)
ROW = Claim(task="听音", dataset="VoxCeleb", metric="MUSHRA", value="71.2 ± 2.9", quote="PauseCodec | 71.2 ± 2.9 | 40")


def a_codec_paper(abstract: str = ABSTRACT, **fields: Any) -> Paper:
    return a_paper(abstract=abstract, title="Silence Is Cheap", **fields)


def a_text(text: str = TEXT, source: TextSource = TextSource.HTML) -> FullText:
    return FullText(text=text, source=source)


def a_part(*texts: str) -> Part:
    return Part(points=tuple(Point(text=text) for text in texts))


def a_reply(
    *results: str, claims: tuple[Claim, ...] = (RATE, EER, ROW), translation: str = TRANSLATION, **parts: Part
) -> DigestReply:
    """With these points for results; the other parts say nothing that the paper does not bear out."""
    whole = a_whole_reading()
    background = a_part("以往的编解码器对每一帧都发送同样多的比特，" + "静音与语音一视同仁，因而浪费。" * 6)
    method = a_part(whole.method.points[0].text.replace("论文", "作者"))
    values: dict[str, Any] = {"background": background, "method": method}
    told = a_part(*(results or ("在 LibriSpeech 上码率为 0.83 kbps。" + "听者没有听出差别，作者也没有测试音乐。" * 3,)))
    return DigestReply(translation=translation, results=told, claims=claims, **values | parts)
