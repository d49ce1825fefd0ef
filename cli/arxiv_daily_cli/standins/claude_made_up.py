"""An answer for a paper that has no file: plainly a placeholder, which says of a paper what its prompt says.

It keeps of each sentence of the abstract what a translation must keep: numbers with their units, formulas, terms.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z$\\(])")
_FORMULA = re.compile(r"(?:\$\$[^$]+\$\$|\$[^$\d][^$]*\$|\$\d[^$]*?[^$\s]\$(?!\d))\S*")
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"[^\w\s]*(?:\\[a-z]+[^\w\s]*)?\d")
_UNIT = re.compile(
    r"(?!(?:and|or|to|of|in|on|for|from|with|by|at|the|an?|is|are|which|that)\b)[A-Za-z%/\\]+(?:-per-[A-Za-z]+)?[.,;:)]*"
)
_LATIN = re.compile(r"[A-Za-z0-9.]")
_ENDS = ".,;:)"
_WORDS_OF_A_UNIT = 2
_CHARACTERS_TO_A_LETTER = 0.33
"""Chinese characters that a translation takes for each letter of English."""
_LABEL = "「样例」占位译文："
_FILLERS = (
    "样例替身只抄录原句中的数字、公式与术语",
    "这里本应是原句的中文译文",
    "样例替身不作翻译",
    "此处仅作占位",
    "此句从略",
)
"""From long to short."""
_NOTHING = "（提示词里没有摘要）"
_PART = "「样例」替身没有读过这篇论文，这里只是占位文字。"
_PART_FILLER = "它不描述真实的研究，也不代表论文的观点，只用来让页面的版式与篇幅接近真实的解读。"
_PARTS = {
    "background": ("研究背景", 3),
    "method": ("核心方法", 12),
    "results": ("主要结果", 3),
}
"""The bold term of each part, and how often it is filled, for some 200, 600 and 200 characters."""


def made_up(abstract: str, glossary: Mapping[str, str]) -> dict[str, Any]:
    """A whole reply, in the shape that is asked for."""
    sentences = [one for one in _SENTENCE.split(" ".join(abstract.split())) if one]
    translated = "".join(_translated(sentence, glossary) for sentence in sentences)
    parts = {name: _part(term, times) for name, (term, times) in _PARTS.items()}
    return {"translation": _LABEL + (translated or _NOTHING), **parts, "claims": []}


def _part(term: str, times: int) -> dict[str, Any]:
    points = [{"term": term, "text": _PART + _PART_FILLER * times, "points": []}]
    return {"lead": "", "points": points, "closing": ""}


def _translated(sentence: str, glossary: Mapping[str, str]) -> str:
    """A Chinese sentence about as long as a translation would be, with what must be kept."""
    kept = [*_kept(sentence), *(told for term, told in glossary.items() if _occurs(term, sentence))]
    told = f"原句提到{'；'.join(kept)}" if kept else ""
    length = len(re.sub(r"\s", "", sentence)) * _CHARACTERS_TO_A_LETTER - _length(told)
    fillers = list(_fillers(length)) or ([] if told else _FILLERS[-1:])
    return "，".join((told, *fillers) if told else fillers) + "。"


def _length(text: str) -> float:
    """In Chinese characters; two letters take about the room of one."""
    return len(text) - len(_LATIN.findall(text)) * 0.6


def _fillers(length: float) -> Iterator[str]:
    """Clauses of about as many characters together, the long ones first."""
    for clause in _FILLERS:
        while length >= len(clause):
            yield clause
            length -= len(clause) + 1


def _kept(sentence: str) -> list[str]:
    """Words that hold a digit and formulas; a number with the words that may be its unit."""
    spans = [formula.span() for formula in _FORMULA.finditer(sentence)]
    words = [word.span() for word in _WORD.finditer(sentence)]
    for at, (start, end) in enumerate(words):
        if re.search(r"\d", sentence[start:end]):
            spans.append((start, _end_of_unit(sentence, words[at : at + 1 + _WORDS_OF_A_UNIT])))
    return [sentence[start:end].rstrip(".,;: ") for start, end in _joined(sorted(spans))]


def _end_of_unit(sentence: str, words: list[tuple[int, int]]) -> int:
    """Where the unit of the first of these words ends; a name with a digit has none."""
    start, end = words[0]
    if not _NUMBER.match(sentence, start):
        return end
    for following, after in words[1:]:
        if sentence[end - 1] in _ENDS or not _UNIT.fullmatch(sentence, following, after):
            break
        end = after
    return end


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _occurs(term: str, sentence: str) -> bool:
    words = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", term)))
    stem = words[:-1] if words.endswith("y") else words
    return bool(re.search(rf"(?<![A-Za-z0-9]){stem}", sentence, re.IGNORECASE))
