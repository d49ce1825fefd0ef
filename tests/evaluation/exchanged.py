"""Planters: everything stands in the paper, but not together."""

import re
from itertools import combinations, pairwise
from random import Random

from tests.evaluation.case import Case, Path, sentences
from tests.evaluation.figures import Figure, figures, value
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

_DATASETS = (
    "ESD", "IEMOCAP", "MSP-PODCAST", "GSM8K", "HellaSwag", "HumanEval", "MBPP", "MMLU", "NQ", "PIQA", "SQA",
    "TabFact", "WTQ", "英德", "英法", "PARITY", "OR", "DISJ", "木地板", "地毯",
    "土耳其语", "约鲁巴语", "TIMIT", "LongTalk",
)  # fmt: skip
_NAME = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_DATASETS)})(?![A-Za-z])")
_DIGIT = re.compile(r"\d")


def claims_datasets(case: Case, random: Random) -> Planted | None:
    """Two claims with each other's data set."""
    named = [(n, claim.dataset) for n, claim in enumerate(case.reply.claims) if claim.dataset and case.has_full_text]
    pairs = [(one, other) for one, other in combinations(named, 2) if not _alike(one[1], other[1])]
    pair = drawn(random, pairs)
    if pair is None:
        return None
    (one, name), (other, other_name) = pair
    changed: dict[Path, str] = {("claims", one, "dataset"): other_name, ("claims", other, "dataset"): name}
    return Planted(PlantedKind.SWAPPED, case.with_texts(changed), tuple(changed), f"{name} <-> {other_name}")


def _alike(one: str, other: str) -> bool:
    """Two ways to write one name, such as WSJ and WSJ 23."""
    return one.casefold() in other.casefold() or other.casefold() in one.casefold()


def _datasets_exchanged(field: str) -> Planter:
    """Two data sets of a sentence, or what stands for one, that have a figure each."""

    def plant(case: Case, random: Random) -> Planted | None:
        texts = case.texts(field) if field == "translation" or case.has_full_text else []
        found = [(path, text, *pair) for path, text in texts for pair in _pairs(text)]
        drawn_one = drawn(random, found)
        if drawn_one is None:
            return None
        path, text, one, other = drawn_one
        swapped = text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]
        return spoiled(PlantedKind.SWAPPED, case, path, swapped, f"{one[0]} <-> {other[0]}")

    plant.__name__ = f"{field}_datasets"
    return plant


def _pairs(text: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    return [pair for pair in pairwise(_NAME.finditer(text)) if _have_their_own_figures(text, *pair)]


def _have_their_own_figures(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    between, around = text[one.end() : other.start()], text[: one.start()][-12:] + text[other.end() :][:12]
    return one[0] != other[0] and "。" not in between and bool(_DIGIT.search(between) and _DIGIT.search(around))


def _numbers_exchanged(field: str) -> Planter:
    """Two numbers of a sentence in each other's place."""

    def plant(case: Case, random: Random) -> Planted | None:
        texts = case.texts(field) if field == "translation" or case.has_full_text else []
        found = [figure for figure in figures(texts) if "." in figure.digits]
        pairs = [pair for pair in pairwise(found) if _in_one_sentence(*pair)]
        pair = drawn(random, pairs)
        if pair is None:
            return None
        one, other = pair
        text = one.text[: one.start] + other.digits + one.text[one.end : other.start] + one.digits + other.after
        return spoiled(PlantedKind.SWAPPED, case, one.path, text, f"{one.digits} <-> {other.digits}")

    plant.__name__ = f"{field}_numbers"
    return plant


def _in_one_sentence(one: Figure, other: Figure) -> bool:
    together = one.path == other.path and value(one.digits) != value(other.digits)
    return together and len(sentences(one.text[one.start : other.end])) == 1


PLANTERS: tuple[Planter, ...] = (
    claims_datasets,
    *(_datasets_exchanged(field) for field in ("translation", "results")),
    *(_numbers_exchanged(field) for field in ("translation", "results")),
)
