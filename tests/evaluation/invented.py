"""Planters: a result that the paper does not state."""

from dataclasses import replace
from random import Random

from arxiv_daily.models import Claim, Point
from tests.evaluation.case import Case, Path
from tests.evaluation.figures import figures, value, values
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn

_QUOTES = (
    "On {dataset}, our method reaches {number}%, clearly above the strongest baseline.",
    "We observe an improvement of {number} points on {dataset} over all compared systems.",
    "{dataset} | Ours | {number}",
    "Averaged over five runs, the accuracy on {dataset} is {number}%.",
)
_SENTENCES = (
    "在 {dataset} 上达到 {number}%。",
    "在 {dataset} 上比最强的基线高出 {number} 分。",
    "平均而言，{dataset} 上的准确率为 {number}%。",
)
_DATASETS = ("LibriSpeech", "SuperGLUE", "VoxCeleb2", "AudioSet", "CommonVoice")


def _new_number(case: Case, random: Random) -> str:
    """One that neither the paper nor the digest holds."""
    known = values(case.paper.abstract, case.text.text, *(text for _, text in case.texts("results")))
    while True:
        number = f"{random.randint(11, 98)}.{random.randint(1, 9)}{random.choice(('', '3', '7'))}"
        if value(number) not in known:
            return number


def _with_result(case: Case, sentence: str, claim: Claim | None) -> tuple[Case, tuple[Path, ...]]:
    """The case with one more point in its results, and one more claim; and where they are."""
    part = case.reply.results
    results = part.model_copy(update={"points": (*part.points, Point(term="其他结果", text=sentence))})
    case = replace(case, reply=case.reply.model_copy(update={"results": results}))
    where: tuple[Path, ...] = (("results", "points", len(part.points), "text"),)
    if claim is None:
        return case, where
    return case.with_claims(*case.reply.claims, claim), (*where, ("claims", len(case.reply.claims)))


def _dataset(case: Case, random: Random) -> str:
    """Mostly one of the paper's own, so that its name gives nothing away."""
    own = [claim.dataset for claim in case.reply.claims if claim.dataset]
    return random.choice(own if own and random.random() < 0.7 else _DATASETS)


def _invented(case: Case, random: Random, number: str, quote: str | None, what: str) -> Planted:
    """With a claim on this quote, in which {dataset} and {number} may stand; without a claim where there is none."""
    dataset = _dataset(case, random)
    quote = quote and quote.replace("{dataset}", dataset).replace("{number}", number)
    claim = quote and Claim(dataset=dataset, metric="accuracy", value=number, quote=quote)
    sentence = random.choice(_SENTENCES).format(dataset=dataset, number=number)
    spoiled, where = _with_result(case, sentence, claim or None)
    return Planted(PlantedKind.INVENTED, spoiled, where, f"{what}: {sentence} {quote or ''}".strip())


def invented_quote(case: Case, random: Random) -> Planted | None:
    """A claim whose quote was made up."""
    if not case.has_full_text:
        return None
    return _invented(case, random, _new_number(case, random), random.choice(_QUOTES), "made-up quote")


def real_quote_other_number(case: Case, random: Random) -> Planted | None:
    """A claim with a quote that stands in the paper and a number that does not."""
    claim = drawn(random, case.reply.claims) if case.has_full_text else None
    if claim is None:
        return None
    return _invented(case, random, _new_number(case, random), claim.quote, "number foreign to its quote")


def real_quote_altered(case: Case, random: Random) -> Planted | None:
    """A quote of the paper with its number replaced, so that it carries the claim."""
    if not case.has_full_text:
        return None
    quotes = [("claims", n, "quote") for n in range(len(case.reply.claims))]
    figure = drawn(random, figures((path, text) for path, text in case.texts("claims") if path in quotes))
    if figure is None:
        return None
    number = _new_number(case, random)
    return _invented(case, random, number, figure.written(number), "altered quote")


def spliced_quote(case: Case, random: Random) -> Planted | None:
    """Two halves of different sentences of the paper, presented as one."""
    if not case.has_full_text or len({claim.quote for claim in case.reply.claims}) < 2:
        return None
    one, other = random.sample(sorted({claim.quote for claim in case.reply.claims}), 2)
    quote = " ".join(one.split()[: len(one.split()) // 2] + other.split()[len(other.split()) // 2 :])
    figure = drawn(random, figures([((), quote)]))
    if figure is None or " ".join(quote.split()) in " ".join(case.text.text.split()):
        return None
    return _invented(case, random, figure.digits, quote, "spliced quote")


def number_from_elsewhere(case: Case, random: Random) -> Planted | None:
    """A number of the paper under a quote that does not hold it."""
    claim = drawn(random, case.reply.claims) if case.has_full_text else None
    if claim is None:
        return None
    own = values(*(f"{c.quote} {c.value}" for c in case.reply.claims), *(text for _, text in case.texts("results")))
    others = [f for f in figures([((), case.text.text)]) if "." in f.digits and value(f.digits) not in own]
    figure = drawn(random, others)
    return None if figure is None else _invented(case, random, figure.digits, claim.quote, "number from elsewhere")


def result_without_claim(case: Case, random: Random) -> Planted | None:
    """A sentence of the results that no claim carries."""
    return _invented(case, random, _new_number(case, random), None, "no claim") if case.has_full_text else None


PLANTERS: tuple[Planter, ...] = (
    invented_quote,
    real_quote_other_number,
    real_quote_altered,
    spliced_quote,
    number_from_elsewhere,
    result_without_claim,
)
