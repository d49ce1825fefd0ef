"""Instructions to language models that stand in a paper: found by rules, told to readers, and taken out of evidence."""

import re
import unicodedata
from functools import lru_cache

from arxiv_daily.digests.instruction_rules import patterns, quoted_in_studies_of_models
from arxiv_daily.models import FullText, Paper, Value

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LOOKALIKES = str.maketrans("аеорсухіАЕОРСХІ", "aeopcyxiAEOPCXI")
_STUDY_OF_MODELS = re.compile(
    r"language model|\bLLMs?\b|\bprompt|chat ?bot|ChatGPT|\bGPT|dialog|instruction[- ](?:tun|follow)|jailbreak|agent|"
    r"assistant|Mistral|Llama|peer review",
    re.IGNORECASE,
)
_OF_THE_PAPER = re.compile(
    r"\b(?:this|the|our) (?:paper|work|submission|manuscript|article|abstract)\b|\breviewers?\b"
    r"|\b(?:your|every|each|any|the) (?:summar(?:y|ies)|reviews?|translations?|digests?)\b|本文|该文|论文|审稿|译文",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:[.!?。！？]\s|\n\n|\|[^\n|]*\n)(?!.*(?:[.!?。！？]\s|\n\n|\|[^\n|]*\n))", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?](?=[\s\"”'’)]|$)|[。！？]|\n(?=\n|[^\n]*\|)|$")
_GOES_ON = re.compile(
    r"\s*(?:also|and|then|please|you|your|say|write|output|include|state|mention|must|never|do not|don't|always|"
    r"instead|recommend|rate|end|begin|visit|请|并|你|务必|必须|写|输出)\b",
    re.IGNORECASE,
)
_FIELDS = {"title": "标题", "authors": "作者栏", "abstract": "摘要", "comment": "备注", "journal_ref": "期刊信息"}


class Instruction(Value):
    """A passage that speaks to language models."""

    kind: str
    text: str
    start: int
    end: int


def notices(paper: Paper, text: FullText) -> tuple[str, ...]:
    """A sentence in Chinese for each place that holds instructions; it names their kinds and never repeats them."""
    kinds = {name: _kinds(_field(paper, field), is_study=False) for field, name in _FIELDS.items()}
    kinds["正文"] = _kinds(text.text, is_study=_is_study_of_models(paper))
    return tuple(
        f"论文的{name}中含有或引用了写给语言模型的指令（{'、'.join(found)}），只当作文字，未予执行。"
        for name, found in kinds.items()
        if found
    )


def _is_study_of_models(paper: Paper) -> bool:
    """Whether a paper may print prompts because language models are its subject."""
    told = (without_instructions(text) for text in (paper.title, paper.abstract))
    return any(map(_STUDY_OF_MODELS.search, told))


@lru_cache(maxsize=64)
def instructions(text: str) -> tuple[Instruction, ...]:
    """The sentences that carry them, in the order of the text; they do not overlap."""
    text = readable(text)
    found: list[Instruction] = []
    for kind, start, end in _matches(text):
        if not (found and start < found[-1].end):
            first, last = _sentence(text, start, end)
            found.append(Instruction(kind=kind, text=text[first:last], start=first, end=last))
    return tuple(found)


def without_instructions(text: str) -> str:
    """The text with those sentences left out."""
    text = readable(text)
    for one in reversed(instructions(text)):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def readable(text: str) -> str:
    """With nothing invisible in it and no letters that look like others."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    is_mixed = re.search(r"[A-Za-z][а-яА-ЯіІ]|[а-яА-ЯіІ][A-Za-z]", text)
    return text.translate(_LOOKALIKES) if is_mixed else text


def _field(paper: Paper, name: str) -> str:
    value = getattr(paper, name) or ""
    return "\n".join(value) if isinstance(value, tuple) else value


def _kinds(text: str, *, is_study: bool) -> tuple[str, ...]:
    """In a study of models, a prompt that is printed as an example does not count unless it speaks of the paper."""
    found = [
        one.kind
        for one in instructions(text)
        if not (is_study and one.kind in quoted_in_studies_of_models()) or _OF_THE_PAPER.search(one.text)
    ]
    return tuple(dict.fromkeys(found))


def _matches(text: str) -> list[tuple[str, int, int]]:
    found = ((kind, *match.span()) for kind, pattern in patterns(text).items() for match in pattern.finditer(text))
    return sorted(found, key=lambda one: one[1])


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of its sentence to its end, with the sentences that go on with it."""
    before = _SENTENCE_START.search(text[max(0, start - 400) : start])
    first = max(0, start - 400) + before.end() if before else max(0, start - 400)
    last = _end(text, end)
    while last < len(text) and _GOES_ON.match(text, last):
        last = _end(text, last + 1)
    return first, last


def _end(text: str, position: int) -> int:
    match = _SENTENCE_END.search(text, position)
    return match.end() if match else len(text)
