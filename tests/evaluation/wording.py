"""Planters: sentences that were dropped or left in English, and formulas."""

import re
from random import Random

from tests.evaluation.case import Case, sentences
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

_FORMULA = re.compile(r"\$[^$]+\$")
_FIGURE = re.compile(r"\d|\$")
_MOST_SENTENCES = 15
_ENGLISH_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_CHANGES = (
    (r"\^\{?2\}?", "^{3}"), (r"\\log", ""), (r"\\beta", r"\\gamma"), (r"\\lambda", r"\\mu"), (r"\+", "-"),
    (r"\\Omega", "O"), (r"\\sqrt", ""), (r"\\in", r"\\notin"), (r"_\{([^}]*)\}", ""),
    (r"(?<![A-Za-z\\])n(?![A-Za-z])", "m"),
    (r"(\d)(\d*)\$$", r"9\2$"), (r"\\\|", ","),
)  # fmt: skip


def _dropping(place: int, *, has_figures: bool) -> Planter:
    """One planter per place, so that each sentence of a translation is dropped once."""

    def plant(case: Case, random: Random) -> Planted | None:
        parts = sentences(case.reply.translation)
        if len(parts) == 1 or place >= len(parts) or bool(_FIGURE.search(parts[place])) != has_figures:
            return None
        text = "".join(parts[:place] + parts[place + 1 :])
        return spoiled(PlantedKind.SENTENCE, case, ("translation",), text, f"without {parts[place]}")

    plant.__name__ = f"dropped_sentence_{'with' if has_figures else 'without'}_figures_{place}"
    return plant


def translation_sentence_in_english(case: Case, random: Random) -> Planted | None:
    """A sentence of the abstract in place of about the same sentence of the translation."""
    parts, english = sentences(case.reply.translation), _ENGLISH_SENTENCE.split(case.paper.abstract)
    place = random.randrange(len(parts))
    left = english[place * len(english) // len(parts)]
    text = "".join([*parts[:place], left, *parts[place + 1 :]])
    return spoiled(PlantedKind.ENGLISH, case, ("translation",), text, left)


def reading_point_in_english(case: Case, random: Random) -> Planted | None:
    """A sentence of the abstract in place of what a point of the reading says."""
    texts = case.texts("background", "method", "results")
    path, _ = random.choice([(path, text) for path, text in texts if path[-1] == "text"])
    left = random.choice(_ENGLISH_SENTENCE.split(case.paper.abstract))
    return spoiled(PlantedKind.ENGLISH, case, path, left, left)


def translation_formula_lost(case: Case, random: Random) -> Planted | None:
    return _formula(case, random, "translation", lost=True)


def translation_formula_changed(case: Case, random: Random) -> Planted | None:
    return _formula(case, random, "translation", lost=False)


def results_formula_changed(case: Case, random: Random) -> Planted | None:
    return _formula(case, random, "results", lost=False) if case.has_full_text else None


def _formula(case: Case, random: Random, field: str, *, lost: bool) -> Planted | None:
    found = [(path, match) for path, text in case.texts(field) for match in _FORMULA.finditer(text)]
    one = drawn(random, found)
    if one is None:
        return None
    path, match = one
    other = "" if lost else _changed(match[0], random)
    if other == match[0] or (other and other in case.paper.abstract):
        return None
    text = match.string[: match.start()] + other + match.string[match.end() :]
    return spoiled(PlantedKind.FORMULA, case, path, text, f"{match[0]} -> {other or 'nothing'}")


def _changed(formula: str, random: Random) -> str:
    changed = [re.sub(pattern, other, formula, count=1) for pattern, other in _CHANGES]
    return drawn(random, [other for other in changed if other != formula]) or formula


PLANTERS: tuple[Planter, ...] = (
    *(_dropping(place, has_figures=True) for place in range(_MOST_SENTENCES)),
    *(_dropping(place, has_figures=False) for place in range(_MOST_SENTENCES)),
    translation_sentence_in_english,
    reading_point_in_english,
    translation_formula_lost,
    translation_formula_changed,
    results_formula_changed,
)
