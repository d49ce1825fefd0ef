"""Planter: a term that the glossary renders otherwise."""

import re
from random import Random

from arxiv_daily.digests.glossary import Glossary, load
from tests.evaluation.case import Case
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


def other_term(case: Case, random: Random) -> Planted | None:
    """The rendering of another term of the glossary, wherever the translation has the right one."""
    glossary = load(case.paper.categories)
    translation = case.reply.translation
    term = drawn(random, _rendered(glossary, case))
    if term is None:
        return None
    right = [rendering for rendering in glossary[term] if _HAN.fullmatch(rendering)]
    wrong = drawn(random, [r[0] for t, r in sorted(glossary.items()) if _foreign(r[0], translation, glossary[term])])
    if wrong is None:
        return None
    text = re.sub("|".join(map(re.escape, sorted(right, key=len, reverse=True))), wrong, translation)
    return spoiled(PlantedKind.TERM, case, ("translation",), text, f"{term}: {right[0]} -> {wrong}")


def _rendered(glossary: Glossary, case: Case) -> list[str]:
    """Terms of the abstract that the translation renders as the glossary does, and that no other name holds."""
    abstract = case.paper.abstract.lower()
    return [
        term
        for term, renderings in sorted(glossary.items())
        if re.search(rf"(?<![a-z-]){re.escape(term)}(?![a-z-])", abstract)
        and any(_HAN.fullmatch(rendering) and rendering in case.reply.translation for rendering in renderings)
        and not any(term != longer and term in longer and longer in abstract for longer in glossary)
    ]


def _foreign(rendering: str, translation: str, right: tuple[str, ...]) -> bool:
    own = any(rendering in accepted or accepted in rendering for accepted in right)
    return bool(_HAN.fullmatch(rendering)) and rendering not in translation and not own


PLANTERS: tuple[Planter, ...] = (other_term,)
