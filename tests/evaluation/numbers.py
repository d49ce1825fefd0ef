"""Planters: a number that is not the paper's."""

from random import Random

from tests.evaluation.case import Case, Path, sentences
from tests.evaluation.figures import Figure, evidence, figures, value
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

_FIELDS = {"translation": ("translation",), "results": ("results",), "claim": ("claims",)}


def _other_digit(digits: str, random: Random) -> str:
    places = [place for place, sign in enumerate(digits) if sign.isdecimal()]
    place = random.choice(places)
    lowest = 1 if place == 0 and digits[1:2] != "." else 0
    digit = random.choice([d for d in "0123456789"[lowest:] if d != digits[place]])
    return digits[:place] + digit + digits[place + 1 :]


def _exchanged_digits(digits: str, random: Random) -> str:
    pairs = [n for n in range(len(digits) - 1) if digits[n : n + 2].isdecimal() and digits[n] != digits[n + 1]]
    pairs = [n for n in pairs if n > 0 or digits[1] != "0"]
    if not pairs:
        return digits
    n = random.choice(pairs)
    return digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]


def _moved_point(digits: str, random: Random) -> str:
    if "." not in digits:
        return digits
    whole, fraction = digits.split(".")
    further = f"{whole}{fraction[0]}.{fraction[1:]}".rstrip(".").lstrip("0")
    nearer = f"{whole[:-1] or '0'}.{whole[-1]}{fraction}"
    return random.choice([f"0{further}" if further.startswith(".") else further, nearer])


def _changing(change: str, field: str) -> Planter:
    spoil = {"digit": _other_digit, "digits": _exchanged_digits, "point": _moved_point}[change]

    def plant(case: Case, random: Random) -> Planted | None:
        figure = drawn(random, _candidates(case, field))
        if figure is None:
            return None
        other = spoil(figure.digits, random)
        if value(other) == value(figure.digits) or value(other) in evidence(case, figure.path):
            return None
        what = f"{figure.digits} -> {other}"
        return spoiled(PlantedKind.NUMBER, case, figure.path, figure.written(other), what)

    plant.__name__ = f"{field}_{change}"
    return plant


def _candidates(case: Case, field: str) -> list[Figure]:
    """A claim is spoiled in its value; its quote is a matter of invented results."""
    if field != "translation" and not case.has_full_text:
        return []
    found = figures(case.texts(*_FIELDS[field]))
    return [figure for figure in found if field != "claim" or figure.path[-1] == "value"]


def translation_number_added(case: Case, random: Random) -> Planted | None:
    """A figure at the end of a sentence of the translation, where the abstract gives none."""
    path: Path = ("translation",)
    parts = sentences(case.reply.translation)
    place = random.randrange(len(parts))
    amount = f"{random.randint(13, 97)}.{random.randint(1, 9)}"
    added = random.choice((f"（提升 {amount}%）", f"，约为 {amount}", f"，共 {random.randint(1100, 9900)} 个样本"))
    body, mark = (parts[place][:-1], parts[place][-1]) if parts[place][-1] in "。！？；" else (parts[place], "")
    parts[place] = f"{body}{added}{mark}"
    return spoiled(PlantedKind.ADDED, case, path, "".join(parts), f"added {added}")


def translation_word(case: Case, random: Random) -> Planted | None:
    """八块 becomes 五块, where the abstract has the number as a word."""
    words = "一二三四五六七八九十"
    text = case.reply.translation
    counted = "块项个种位名周年月天层组类处步分"
    places = [n for n, sign in enumerate(text[:-1]) if sign in words[1:] and text[n + 1] in counted]
    places = [n for n in places if value(str(words.index(text[n]) + 1)) in evidence(case, ("translation",))]
    place = drawn(random, [n for n in places if text[n - 1] not in words + "第"])
    if place is None:
        return None
    free = [w for n, w in enumerate(words[1:], 2) if value(str(n)) not in evidence(case, ("translation",))]
    other = random.choice(free)
    what = f"{text[place : place + 2]} -> {other}{text[place + 1]}"
    return spoiled(PlantedKind.WORD, case, ("translation",), text[:place] + other + text[place + 1 :], what)


PLANTERS: tuple[Planter, ...] = (
    *(_changing(change, field) for field in _FIELDS for change in ("digit", "digits", "point")),
    translation_number_added,
    translation_word,
)
