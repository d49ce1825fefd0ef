"""Planters of later: numbers that nobody gave."""

import re
from random import Random

from tests.evaluation.afterwards_numbers import texts
from tests.evaluation.case import Case, sentences
from tests.evaluation.figures import value, values
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled


def unknown(case: Case, random: Random) -> str:
    """A number that neither paper nor digest holds."""
    known = values(case.paper.abstract, case.text.text, case.reply.model_dump_json())
    return next(
        digits for _ in iter(int, 1) if value(digits := f"{random.randint(13, 89)}.{random.randint(1, 9)}") not in known
    )


def _adding(name: str, field: str, addition: str) -> Planter:
    """Something with a number before the mark at the end of a sentence that says it without."""

    def plant(case: Case, random: Random) -> Planted | None:
        found = [(path, text) for path, text in texts(case, field) if path[-1] != "term"]
        one = drawn(random, found)
        if one is None:
            return None
        path, text = one
        parts = sentences(text)
        place = random.randrange(len(parts))
        number = unknown(case, random)
        added = addition.format(number=number, count=number.replace(".", ""), part=random.choice("三四六七"))
        parts[place] = re.sub(r"([。！？；]?)$", lambda mark: added + mark[1], parts[place], count=1)
        return spoiled(PlantedKind.ADDED, case, path, "".join(parts), f"added {added}: {parts[place]}")

    plant.__name__ = f"later_{field}_{name}"
    return plant


_ADDITIONS = {
    "share_added": "，约占 {number}%",
    "sample_size_added": "（n = {count}）",
    "factor_added": "，快了近 {number} 倍",
    "share_in_words_added": "，占全部的{part}成以上",
}
PLANTERS: tuple[Planter, ...] = tuple(
    _adding(name, field, addition) for name, addition in _ADDITIONS.items() for field in ("translation", "results")
)
