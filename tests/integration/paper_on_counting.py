"""A made-up paper, as arXiv's page and as a PDF, and what a faithful model says of it."""

import textwrap
from typing import Any

from tests.unit.sources.made_pdf import line, made_pdf

TITLE = "Counting Words by Ear"
ABSTRACT = (
    "Existing systems transcribe a recording before they count its words, which is slow. We present EarCount, a "
    "network that counts words directly from the signal. On the LibriCount corpus it counts 93% of all words "
    "correctly, where the baseline reaches 88%."
)
RESULT = "On the LibriCount corpus it counts 93% of all words correctly, where the baseline reaches 88%."
PROSE = (
    "Counting does not need to know which words were said, so that a transcript is a detour. The network cuts the "
    "signal into short frames and learns a small code for each of them. A second layer marks the frames in which a "
    "word begins, and a sum over these marks is the count. It is trained on recordings of which only the number of "
    "words is known. We discuss where it fails: overlapping speakers and music lead it astray. "
)
FAITHFUL: dict[str, Any] = {
    "translation": "现有系统先转写录音再统计词数，速度较慢。我们提出 EarCount，一种直接从信号中统计词数的网络。"
    "在 LibriCount 语料上，它正确统计了93%的词，而基线为88%。",
    "background": {
        "lead": "",
        "points": [
            {
                "term": "先转写再计数",
                "text": "现有系统先转写录音，再统计其中的词数，速度较慢。作者指出，计数并不需要知道说的是哪个词，"
                "因此转写是一段弯路，转写中的错误还会带进计数里。",
                "points": [],
            }
        ],
        "closing": "",
    },
    "method": {
        "lead": "",
        "points": [
            {
                "term": "直接计数的网络",
                "text": "EarCount 把信号切成短帧，为每一帧学习一个小的编码。后面的一层标出词开始的那些帧，"
                "对这些标记求和就得到词数。整个过程不产生文字，也就不会把转写的错误带进计数里。",
                "points": [],
            },
            {
                "term": "训练",
                "text": "训练时只需要知道每段录音里有多少个词，用这个总数来调整网络，不需要逐字的文本，"
                "因此标注的工作量较小。论文也讨论了它出错的情形：几个人同时说话，或者录音里有音乐时，网络容易数错。",
                "points": [],
            },
        ],
        "closing": "",
    },
    "results": {
        "lead": "",
        "points": [
            {
                "term": "LibriCount",
                "text": "在 LibriCount 语料上，EarCount 正确统计了93%的词，基线为88%。",
                "points": [],
            },
            {
                "term": "局限",
                "text": "几个人同时说话，或者录音里有音乐时，网络仍会数错，论文讨论了这两种情形。",
                "points": [],
            },
        ],
        "closing": "",
    },
    "claims": [
        {"task": "词数统计", "dataset": "LibriCount", "metric": "正确率", "value": "93%", "quote": RESULT},
        {"task": "词数统计", "dataset": "LibriCount", "metric": "正确率", "value": "88%", "quote": RESULT},
    ],
}


def page(body: str = "", *, head: str = "", abstract: str = ABSTRACT, cell: str = "", caption: str = "") -> str:
    """The paper as LaTeXML makes it, with more in it."""
    para = '<div class="ltx_para"><p class="ltx_p">{}</p></div>'
    return f"""<!DOCTYPE html><html lang="en"><head><title>EarCount</title>{head}</head><body>
<article class="ltx_document"><h1 class="ltx_title ltx_title_document">Counting Words by Ear</h1>
<div class="ltx_abstract"><p class="ltx_p">{abstract}</p></div>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">1 Introduction</h2>{para.format(PROSE)}</section>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">2 Method</h2>{para.format(PROSE)}
{body}{para.format(PROSE)}</section>
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">3 Results</h2>{para.format(RESULT)}
<figure class="ltx_table"><figcaption class="ltx_caption">Table 1: Share of words. {caption}</figcaption>
<table class="ltx_tabular"><tr class="ltx_tr"><td>EarCount</td><td>93</td></tr>
<tr class="ltx_tr"><td>Baseline</td><td>88 {cell}</td></tr></table></figure></section>
</article></body></html>"""


def pdf(more: str = "", lines: str = PROSE * 4 + RESULT) -> bytes:
    """The paper as a PDF of one page, with more in it."""
    told = f"Counting Words by Ear. {ABSTRACT} 1 Introduction. {lines}"
    shown = (line(text, y=760 - 14 * at) for at, text in enumerate(textwrap.wrap(told, 90)))
    return made_pdf("".join(shown) + more)
