"""RESULT: each number of the results is carried by a verified claim, and no part names what the paper does not."""

import re
from collections.abc import Iterator, Sequence

from arxiv_daily.digests.checks import passages
from arxiv_daily.digests.checks.claims import carries
from arxiv_daily.digests.checks.evidence import Evidence, folded
from arxiv_daily.digests.checks.formulas import formulas, says_no_more_than_numbers
from arxiv_daily.digests.checks.names import data_set_slots, names
from arxiv_daily.digests.checks.order import exchanged
from arxiv_daily.digests.checks.passages import PART_NAMES, Sentence
from arxiv_daily.digests.checks.plain_text import plain
from arxiv_daily.digests.checks.quantities import quantities
from arxiv_daily.digests.checks.quantity import Quantity, Weight
from arxiv_daily.digests.checks.units import COUNT
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.digests.schema import DigestReply
from arxiv_daily.models import Claim

_SMALL = 12
_CLAUSE = re.compile(r"[，；。！？]|,\s")
_TOLERANCE = re.compile(r"(?P<value>[\d.,]+\s?[%\w]{0,3})[\s$]*±[\s$]*(?P<tolerance>[\d.,]+\s?%?)")
_OF_A_DIFFERENCE = re.compile(
    r"point|%p|\bpp\b|differ|improv|gain|increas|decreas|reduc|higher|lower|better|worse|more than|less than|outperform"
    r"|surpass|exceed|drop|loss|los[et]|rise|rose|fall|fell|grow|\bby\b|\bfrom\b|over\b|margin|delta|Δ|[+−-]\s?\d"
    r"|提升|提高|降低|减少|下降|高出|领先|超过|增加|差",
    re.IGNORECASE,
)
_COMMON_NAMES = (
    "AI API ASR TTS LLM LLMs CNN CNNs RNN RNNs GAN GANs GPU GPUs CPU CPUs SOTA WER CER EER MOS SNR VAD MSE MAE F1 "
    "AUC KL ID RL SSL SE SR NLP MLP LSTM GRU DNN DNNs FLOPs MACs PCM FFT STFT Mel UI URL PDF HTML Transformer"
)
"""Names that a digest may use of its own."""


def result_faults(reply: DigestReply, verified: Sequence[Claim], evidence: Evidence) -> Iterator[Fault]:
    for sentence in passages.of_part(reply, "results"):
        problem = _unknown_name(sentence, evidence) or _unsupported_number(sentence, verified, evidence)
        problem = problem or _false_gain(sentence, verified, evidence)
        problem = problem or _swapped_data_set(sentence, verified, evidence)
        problem = problem or _split_pair(sentence, verified, evidence) or _changed_formula(sentence, evidence)
        if problem:
            yield _fault(sentence, problem)
    for part in ("background", "method"):
        for sentence in passages.of_part(reply, part):
            problem = _unknown_name(sentence, evidence) or _unknown_number(sentence, evidence)
            if problem:
                yield _fault(sentence, problem)


def _unsupported_number(sentence: Sentence, verified: Sequence[Claim], evidence: Evidence) -> str:
    for number in _asking(sentence.text):
        carried = any(carries(claim.quote, number, evidence) for claim in verified)
        if not (carried or _needs_no_claim(number, sentence.text, evidence)):
            return f"the number {number.text!r} is in no verified claim's quote; add its claim or leave it out"
    return ""


def _false_gain(sentence: Sentence, verified: Sequence[Claim], evidence: Evidence) -> str:
    """A difference in points whose quotes speak of no difference: a score that is told as a gain."""
    for number in _asking(sentence.text):
        if "pp" in number.dimensions and number.text.endswith("点"):
            quotes = [claim.quote for claim in verified if carries(claim.quote, number, evidence)]
            if quotes and not any(map(_OF_A_DIFFERENCE.search, quotes)):
                return f"{number.text!r} is told as a difference, and its quote states none"
    return ""


def _asking(text: str) -> list[Quantity]:
    return [one for one in quantities(text) if one.weight is not Weight.LOOSE]


def _needs_no_claim(number: Quantity, text: str, evidence: Evidence) -> bool:
    """三个任务 may be the digest's own count; 三小时 and 二十个, 第 23 节 and DCASE 2025 need to be in the paper."""
    written = re.escape(number.text)
    if re.search(rf"第\s?{written}", text):
        return bool(re.search(rf"[A-Za-z.]{{3,}}[ ~-]?{written}(?![\d.])", evidence.raw))
    if number.weight is Weight.COUNT:
        is_small = "" in number.dimensions and number.bare == int(number.bare) and 0 < number.bare <= _SMALL
        return is_small or any(number.agrees(one) for one in evidence.numbers)
    name = re.search(rf"[A-Za-z][\w-]*\s?{written}", text, re.ASCII)
    return name is not None and number.dimensions <= {"", "month"} and evidence.holds(name[0])


def _unknown_name(sentence: Sentence, evidence: Evidence) -> str:
    if not evidence.has_text:
        return ""
    slots = set(data_set_slots(sentence.text))
    told = [name for name in names(sentence.text) if name not in _COMMON_NAMES.split()] + sorted(slots)
    unknown = next((name for name in told if not evidence.holds_in_full(name)), "")
    return f"{unknown!r} stands nowhere in the paper" if unknown else ""


def _unknown_number(sentence: Sentence, evidence: Evidence) -> str:
    if not evidence.has_text:
        return ""
    for number in _asking(sentence.text):
        is_precise = number.sizes != {COUNT} or number.bare != int(number.bare)
        if is_precise and number.weight is Weight.FIGURE and not evidence.states(number):
            return f"the number {number.text!r} stands nowhere in the paper"
    return ""


def _swapped_data_set(sentence: Sentence, verified: Sequence[Claim], evidence: Evidence) -> str:
    """A number that is told of one data set while every claim that carries it is of others."""
    above = _known_data_sets(sentence.heading, verified, evidence)
    for clause in _CLAUSE.split(sentence.text):
        named, numbers = _known_data_sets(clause, verified, evidence), _asking(clause)
        for number in numbers:
            claims = [claim for claim in verified if carries(claim.quote, number, evidence)]
            told = named or above
            if told and claims and not any(_is_of(claim, name, evidence) for claim in claims for name in told):
                return f"the number {number.text!r} is told of {', '.join(told)}, and claimed of {claims[0].dataset!r}"
        above = (() if numbers else named) if named else above
    return ""


def _split_pair(sentence: Sentence, verified: Sequence[Claim], evidence: Evidence) -> str:
    """A value and its tolerance that no quote states together: 4.47 ± 0.05."""
    for pair in _TOLERANCE.finditer(plain(sentence.text)):
        value, tolerance = _asking(pair["value"]), _asking(pair["tolerance"])
        both = [*value[-1:], *tolerance[:1]]
        together = (claim.quote for claim in verified if all(carries(claim.quote, one, evidence) for one in both))
        if not any(not any(exchanged(quote, pair[0])) for quote in together):
            return f"{pair[0]!r} is in no verified claim's quote"
    return ""


def _changed_formula(sentence: Sentence, evidence: Evidence) -> str:
    for formula in formulas(sentence.text):
        is_of_interest = re.search(r"\d", formula) and not says_no_more_than_numbers(formula)
        if is_of_interest and not evidence.holds_formula(formula):
            return f"the formula {formula!r} stands nowhere in the paper"
    return ""


def _known_data_sets(text: str, verified: Sequence[Claim], evidence: Evidence) -> tuple[str, ...]:
    known = evidence.data_sets | {folded(name) for claim in verified for name in names(claim.dataset)}
    return tuple(dict.fromkeys([*data_set_slots(text), *(name for name in names(text) if folded(name) in known)]))


def _is_of(claim: Claim, name: str, evidence: Evidence) -> bool:
    sought, own = folded(name), [folded(one) for one in names(claim.dataset)]
    if sought in folded(claim.quote) or any(one in sought or sought in one for one in own):
        return True
    return not own and evidence.near(claim.quote, name)


def _fault(sentence: Sentence, problem: str) -> Fault:
    place = PART_NAMES[str(sentence.where[0])]
    return Fault(
        kind=FaultKind.RESULT,
        where=sentence.where,
        message=f"{sentence.where[0]}: {problem} (in {sentence.text!r})",
        remark=f"「{place}」中有一句因核对不到论文中的数字或名称而略去。",
    )
