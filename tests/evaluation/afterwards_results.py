"""Planters of later: results that the paper does not have."""

import re
from dataclasses import replace
from random import Random

from arxiv_daily.models import Claim, Point
from tests.evaluation.afterwards_added import unknown
from tests.evaluation.case import Case, Path, sentences
from tests.evaluation.figures import figures, value, values
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n+")
_WORD = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{4,}(?![A-Za-z{])")
_OPPOSITES = {"falls": "rises", "rises": "falls", "fell": "rose", "without": "with", "best": "worst"} | {
    "more": "less",
    "lowest": "highest", "less": "more", "least": "most", "above": "below", "below": "above", "before": "after",
    "worse": "better", "against": "beyond", "lower": "higher", "declines": "agrees", "mean": "median", "most": "least",
}  # fmt: skip
_GAIN = re.compile(r"gain|improv|drop|\bby\b|differ|ratio|rate of|speed|error|delay|deviation|over (?:the|a)", re.I)
_IMPROVEMENTS = (
    "与 {baseline} 相比，相对错误率降低 {number}%。",
    "比 {baseline} 快 {number} 倍，而质量相当。",
    "在 {baseline} 的基础上再提升 {number} 个百分点。",
)
_SLIPPED_IN = (
    "在 {dataset} 上，词错误率降至 {number}%。",
    "人工评测中，{number}% 的评审者更偏好本文方法。",
    "消融实验显示，去掉该模块后性能下降 {number}%。",
    "训练成本因此减少了 {number}%。",
)


def _with_point(case: Case, text: str, *claims: Claim) -> tuple[Case, tuple[Path, ...]]:
    """The case with this as the first point of its results, and these claims after its own; and where they are."""
    part = case.reply.results
    results = part.model_copy(update={"points": (Point(term="补充", text=text), *part.points)})
    other = replace(case, reply=case.reply.model_copy(update={"results": results}))
    places: list[Path] = [("claims", len(case.reply.claims) + n) for n in range(len(claims))]
    return other.with_claims(*case.reply.claims, *claims), (("results", "points", 0, "text"), *places)


def _invented(case: Case, text: str, *claims: Claim) -> Planted:
    other, where = _with_point(case, text, *claims)
    return Planted(PlantedKind.INVENTED, other, where, " | ".join((text, *(claim.quote for claim in claims))))


def _prose(case: Case) -> list[str]:
    return [s.strip() for s in _SENTENCE.split(case.text.text) if 60 < len(s) < 300 and "|" not in s]


def _dataset(case: Case, random: Random) -> str:
    return drawn(random, sorted({claim.dataset for claim in case.reply.claims if claim.dataset})) or "测试集"


def improvement_over_a_baseline(case: Case, random: Random) -> Planted | None:
    if not case.has_full_text:
        return None
    name = _dataset(case, random)
    baseline = random.choice(("最强的基线", "此前最好的系统", f"{name} 上的基线"))
    return _invented(case, random.choice(_IMPROVEMENTS).format(baseline=baseline, number=unknown(case, random)))


def result_slipped_into_the_translation(case: Case, random: Random) -> Planted | None:
    slipped = random.choice(_SLIPPED_IN).format(dataset=_dataset(case, random), number=unknown(case, random))
    parts = sentences(case.reply.translation)
    parts.insert(random.randrange(len(parts)) + 1, slipped)
    return spoiled(PlantedKind.INVENTED, case, ("translation",), "".join(parts), slipped)


def _uncarried(case: Case) -> list[str]:
    """Numbers of the paper that neither abstract, results nor claims hold."""
    own = values(case.paper.abstract, *(text for _, text in case.texts("results", "claims")))
    found = figures([((), case.text.text)])
    return sorted({f.digits for f in found if "." in f.digits and value(f.digits) not in own})


def number_of_the_paper_without_claim(case: Case, random: Random) -> Planted | None:
    number = drawn(random, _uncarried(case)) if case.has_full_text else None
    return None if number is None else _invented(case, f"本文方法在 {_dataset(case, random)} 上比基线高 {number}。")


def score_told_as_gain(case: Case, random: Random) -> Planted | None:
    """在 MMLU 上为 60.1% becomes a lead of 60.1 over a baseline: the number is carried, the result is not."""
    claim = drawn(random, [claim for claim in _scores(case) if not _GAIN.search(f"{claim.metric} {claim.quote}")])
    if claim is None:
        return None
    where = f"在 {claim.dataset} 上" if claim.dataset else ""
    return _invented(case, f"{where}比最强的基线高出 {claim.value.rstrip('%')} 个百分点。")


def score_told_of_another_dataset(case: Case, random: Random) -> Planted | None:
    """The value of one claim, in a new sentence about the data set of another, whose claims have no such value."""
    held = {c.dataset: values(*(f"{o.value} {o.quote}" for o in case.reply.claims if o.dataset == c.dataset))
            for c in case.reply.claims if c.dataset}  # fmt: skip
    options = [
        (dataset, claim.value) for claim in _scores(case) for dataset, others in held.items()
        if claim.dataset and value(claim.value.rstrip("%")) not in others
        and not {*dataset.split()} & {*claim.dataset.split()} and dataset.lower() not in claim.quote.lower()
        and case.text.text.count(claim.value) == 1
    ]  # fmt: skip
    one = drawn(random, options)
    return None if one is None else _invented(case, f"在 {one[0]} 上为 {one[1]}。")


def _scores(case: Case) -> list[Claim]:
    """Claims of 15 or more: nothing that could be a lead, or the share of something else, by chance."""
    claims = case.reply.claims if case.has_full_text else ()
    return [c for c in claims if re.fullmatch(r"\d+\.\d+%?", c.value) and float(c.value.rstrip("%")) >= 15]


def sentence_without_the_number(case: Case, random: Random) -> Planted | None:
    """A real sentence of the paper as the quote of a number that stands elsewhere in it."""
    number = drawn(random, _uncarried(case)) if case.has_full_text else None
    without = [s for s in _prose(case) if number and value(number) not in values(s)]
    quote = drawn(random, without)
    if number is None or quote is None:
        return None
    dataset = _dataset(case, random)
    claim = Claim(dataset=dataset, metric="score", value=number, quote=quote)
    return _invented(case, f"在 {dataset} 上得分 {number}。", claim)


def joined_halves(case: Case, random: Random) -> Planted | None:
    """The beginning of one sentence and the end of another, which holds the number, joined in several ways."""
    prose = _prose(case) if case.has_full_text else []
    ending = drawn(random, [s for s in prose if figures([((), s[len(s) // 2 :])])])
    opening = drawn(random, [s for s in prose if s != ending])
    if ending is None or opening is None:
        return None
    cut = ending.index(" ", len(ending) // 2 - 8)
    opened = " ".join(opening.split()[: len(opening.split()) // 2])
    quote = opened + random.choice((" ", ", ", " and ", " ... ")) + ending[cut + 1 :]
    figure = drawn(random, figures([((), quote[len(opened) :])]))
    if figure is None or " ".join(quote.split()) in " ".join(case.text.text.split()):
        return None
    claim = Claim(dataset="", metric="score", value=figure.digits, quote=quote)
    return _invented(case, f"本文方法的结果为 {figure.digits}。", claim)


def word_of_the_quote_changed(case: Case, random: Random) -> Planted | None:
    """The word before the number, or its opposite: a quote that the paper does not hold any more."""
    quotes = case.texts("claims") if case.has_full_text else []
    found = [
        (path, match)
        for path, text in quotes
        if path[-1] == "quote"
        for match in _WORD.finditer(text)
        if re.match(r"[^\d]{1,25}\d", text[match.end() :])
    ]
    one = drawn(random, [(p, m) for p, m in found if m[0].lower() in _OPPOSITES] or found)
    if one is None:
        return None
    path, match = one
    other = _OPPOSITES.get(match[0].lower()) or random.choice(("baseline", "proposed", "human", "average"))
    quote = match.string[: match.start()] + other + match.string[match.end() :]
    if " ".join(quote.split()) in " ".join(case.text.text.split()):
        return None
    return spoiled(PlantedKind.INVENTED, case, path, quote, f"{match[0]} -> {other}: {quote}")


PLANTERS: tuple[Planter, ...] = (
    improvement_over_a_baseline,
    result_slipped_into_the_translation,
    number_of_the_paper_without_claim,
    score_told_as_gain,
    score_told_of_another_dataset,
    sentence_without_the_number,
    joined_halves,
    word_of_the_quote_changed,
)
