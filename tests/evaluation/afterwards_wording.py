"""Planters of later: text that was lost, left in English, misread, or strengthened."""

import re
from random import Random

from tests.evaluation.case import Case, sentences
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

_CLAUSE = re.compile(r"[^，。；：！？（）]+[，。；：！？]?")
_ENGLISH_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_FIVE_WORDS = re.compile(r"(?<![\w$\\-])(?:[a-z]{3,} ){4}[a-z]{4,}(?![\w-])")
_FORMULA = re.compile(r"\$[^$]+\$")
_STRONGER = {
    "可能": "必定", "有望": "必将", "通常": "无一例外地", "往往": "总是", "接近": "远超", "有助于": "足以保证",
    "具有竞争力的": "无可匹敌的", "大多": "全部", "优于": "远远优于", "胜过": "全面碾压", "可以": "必然能够",
    "缓解": "根除",
}  # fmt: skip
_HEDGED = re.compile(rf"(?<![不未再没])({'|'.join(_STRONGER)})(?![性的])")
_STRONG = re.compile(
    r"substantial|significan|\bfar\b|\bmuch\b|margin|eliminat|considerab|guarantee|always|entire", re.I
)


def clause_dropped(case: Case, random: Random) -> Planted | None:
    """A clause of twelve signs or more, out of a sentence that goes on without it."""
    found = [m for m in _CLAUSE.finditer(case.reply.translation) if len(m[0]) > 12 and m[0][-1] == "，"]
    one = drawn(random, found)
    if one is None:
        return None
    text = one.string[: one.start()] + one.string[one.end() :]
    return spoiled(PlantedKind.SENTENCE, case, ("translation",), text, f"without {one[0]}")


def neighbour_said_twice(case: Case, random: Random) -> Planted | None:
    """A sentence gives way to a second copy of the one before it."""
    parts = sentences(case.reply.translation)
    if len(parts) < 3:
        return None
    place = random.randrange(1, len(parts))
    text = "".join([*parts[:place], parts[place - 1], *parts[place + 1 :]])
    return spoiled(PlantedKind.SENTENCE, case, ("translation",), text, f"without {parts[place]}")


def cut_short(case: Case, random: Random) -> Planted | None:
    """The translation stops after half of its sentences or a little more."""
    parts = sentences(case.reply.translation)
    if len(parts) < 4:
        return None
    kept = len(parts) // 2 + random.randrange(2)
    return spoiled(PlantedKind.SENTENCE, case, ("translation",), "".join(parts[:kept]), f"first {kept} of {len(parts)}")


def half_a_sentence_in_english(case: Case, random: Random) -> Planted | None:
    """A sentence of the translation goes over into the English of about the same sentence."""
    parts, english = sentences(case.reply.translation), _ENGLISH_SENTENCE.split(case.paper.abstract)
    place = random.randrange(len(parts))
    words = english[place * len(english) // len(parts)].split()
    if len(words) < 10:
        return None
    left = " ".join(words[len(words) // 2 :])
    parts[place] = f"{parts[place][: len(parts[place]) // 2]} {left}"
    return spoiled(PlantedKind.ENGLISH, case, ("translation",), "".join(parts), parts[place])


def _five_words_left(*fields: str) -> Planter:
    """Five plain words of the abstract stand where a clause was."""

    def plant(case: Case, random: Random) -> Planted | None:
        phrase = drawn(random, _FIVE_WORDS.findall(case.paper.abstract))
        found = [(p, m) for p, t in case.texts(*fields) for m in _CLAUSE.finditer(t) if p[-1] != "term"]
        one = drawn(random, [(path, match) for path, match in found if not re.search(r"[\d$A-Za-z]", match[0])])
        if phrase is None or one is None:
            return None
        path, match = one
        mark = match[0][-1] if match[0][-1] in "，。；：！？" else ""
        text = f"{match.string[: match.start()]}{phrase}{mark}{match.string[match.end() :]}"
        return spoiled(PlantedKind.ENGLISH, case, path, text, f"{match[0]} -> {phrase}{mark}")

    plant.__name__ = f"later_{fields[0]}_five_words_left"
    return plant


def closing_in_english(case: Case, random: Random) -> Planted | None:
    part = random.choice(("background", "method", "results"))
    left = random.choice(_ENGLISH_SENTENCE.split(case.paper.abstract))
    return spoiled(PlantedKind.ENGLISH, case, (part, "closing"), left, left)


def _misread(formula: str, random: Random) -> str:
    """One variable, index, or sign read as another."""
    changed = [
        re.sub(r"(?<![A-Za-z\\{])([B-Zl-z])(?![A-Za-z])", lambda m: chr(ord(m[1]) - 1), formula, count=1),
        re.sub(r"\\log ?|\\sum_?t?|\\sqrt", r"\\exp ", formula, count=1),
        re.sub(r"\^\{([^{}]+)\}", r"_{\1}", formula, count=1),
        re.sub(r"_\{?\\?\w+\}?", "", formula, count=1),
        formula.replace("=", r"\neq ", 1),
        re.sub(r"(?<=[\w}])([+/])(?=[\\\w])", r"\\cdot ", formula, count=1),
    ]
    return drawn(random, [other for other in changed if other != formula]) or formula


def _misreading(field: str) -> Planter:
    def plant(case: Case, random: Random) -> Planted | None:
        texts = case.texts(field) if case.has_full_text or field == "translation" else []
        one = drawn(random, [(path, match) for path, text in texts for match in _FORMULA.finditer(text)])
        if one is None:
            return None
        path, match = one
        other = _misread(match[0], random)
        if other.strip("$") in f"{case.paper.abstract} {case.text.text}":
            return None
        text = match.string[: match.start()] + other + match.string[match.end() :]
        return spoiled(PlantedKind.FORMULA, case, path, text, f"{match[0]} -> {other}")

    plant.__name__ = f"later_{field}_formula_misread"
    return plant


def _strengthening(field: str) -> Planter:
    """A hedge of the digest becomes a certainty, where the abstract has no word as strong."""

    def plant(case: Case, random: Random) -> Planted | None:
        texts = case.texts(field) if case.has_full_text or field == "translation" else []
        one = drawn(random, [(p, m) for p, t in texts if p[-1] != "term" for m in _HEDGED.finditer(t)])
        if one is None or _STRONG.search(case.paper.abstract):
            return None
        path, match = one
        text = match.string[: match.start()] + _STRONGER[match[0]] + match.string[match.end() :]
        return spoiled(PlantedKind.SCOPE, case, path, text, f"{match[0]} -> {_STRONGER[match[0]]}: {text}")

    plant.__name__ = f"later_{field}_strengthened"
    return plant


PLANTERS: tuple[Planter, ...] = (
    clause_dropped,
    neighbour_said_twice,
    cut_short,
    half_a_sentence_in_english,
    _five_words_left("translation"),
    _five_words_left("method", "background", "results"),
    closing_in_english,
    *(_misreading(field) for field in ("translation", "method", "results")),
    *(_strengthening(field) for field in ("translation", "results")),
)
