"""Planters: a claim that goes further than the paper."""

import re
from random import Random

from tests.evaluation.case import Case, sentences
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

_OVERCLAIMS = (
    ("这是首次实现这一目标的工作。", r"\bfirst\b|novel"),
    ("该方法在所有任务上都优于所有现有方法。", r"\ball (?:other|settings|tasks|benchmarks|evaluated|metrics|previous)"),
    ("这证明了该方法普遍适用于任何数据。", r"\bprov(?:e[sdn]?|ing)\b|\bproof\b|arbitrary|\bany\b"),
    ("该方法彻底解决了这一问题。", r"completely|entirely|eliminat|\bsolv"),
    ("其效果远超人类专家。", r"human|expert"),
    ("结果表明它完全消除了误差。", r"eliminat|perfect|exact|no error|zero"),
)  # fmt: skip
"""With the words of a paper for which the sentence may not be an overclaim: there it is not planted."""


def _overclaiming(field: str) -> Planter:
    def plant(case: Case, random: Random) -> Planted | None:
        if field != "translation" and not case.has_full_text:
            return None
        paper = f"{case.paper.title} {case.paper.abstract} {case.text.text}"
        claim = drawn(random, [c for c, words in _OVERCLAIMS if not re.search(words, paper, re.IGNORECASE)])
        texts = [(path, text) for path, text in case.texts(field) if field == "translation" or path[-1] == "text"]
        if claim is None:
            return None
        path, text = random.choice(texts)
        parts = sentences(text)
        parts.insert(random.randrange(len(parts)) + 1, claim)
        return spoiled(PlantedKind.SCOPE, case, path, "".join(parts), claim)

    plant.__name__ = f"{field}_overclaim"
    return plant


def generalised(case: Case, random: Random) -> Planted | None:
    """A stated scope is widened: 在三个数据集上 becomes 在所有数据集上."""
    paper = f"{case.paper.abstract} {case.text.text if case.has_full_text else ''}"
    if re.search(r"\ball (?:\w+ )?(?:tasks|datasets|benchmarks|settings)", paper):
        return None
    pattern = re.compile(r"[两二三四五六七八九十多]\s?[个项种](?=[^，。；]{0,8}(?:数据集|任务|基准|语言))")
    fields = ("translation", "results") if case.has_full_text else ("translation",)
    found = [(path, match) for path, text in case.texts(*fields) for match in pattern.finditer(text)]
    one = drawn(random, found)
    if one is None:
        return None
    path, match = one
    text = match.string[: match.start()] + "所有" + match.string[match.end() :]
    return spoiled(PlantedKind.SCOPE, case, path, text, f"{match[0]} -> 所有")


PLANTERS: tuple[Planter, ...] = (*(_overclaiming(f) for f in ("translation", "method", "results")), generalised)
