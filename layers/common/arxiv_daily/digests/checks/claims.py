"""QUOTE and CLAIM: every claimed result stands in the paper as it is quoted, and says what its quote says."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from arxiv_daily.digests.checks.evidence import Evidence, folded, is_garbled, is_row
from arxiv_daily.digests.checks.names import names
from arxiv_daily.digests.checks.order import exchanged
from arxiv_daily.digests.checks.quantities import quantities
from arxiv_daily.digests.checks.quantity import Quantity, Weight
from arxiv_daily.digests.faults import Fault, FaultKind
from arxiv_daily.models import Claim

_SHORTEST_QUOTE = 15
_FEWEST_WORDS = 3


def claim_faults(claims: Sequence[Claim], evidence: Evidence) -> Iterator[Fault]:
    """At most one fault a claim."""
    for at, claim in enumerate(claims):
        problem = _quote_problem(claim, evidence)
        if problem:
            yield _fault(FaultKind.QUOTE, at, claim, problem, "引文在论文中找不到原句")
            continue
        problem = _value_problem(claim, evidence) or _name_problem(claim, claims, evidence)
        if problem:
            yield _fault(FaultKind.CLAIM, at, claim, problem, "数值、数据集或指标与所引原文不符")


def carries(quote: str, number: Quantity, evidence: Evidence) -> bool:
    """Whether a quote states a number; in a table's row the unit may stand in the head instead."""
    stated = _stated(quote)
    if any(number.agrees(one) for one in stated) or is_garbled(number, quote):
        return True
    shares = {value for value, dimension in number.readings if dimension == "%"}  # 四成 is no 4 of a row
    sought = {(value, "") for value in shares or {number.bare}}
    is_there = is_row(quote) and any(sought & one.readings for one in stated)
    return is_there and not evidence.has_in_another_unit(number)


@lru_cache(maxsize=512)
def _stated(quote: str) -> tuple[Quantity, ...]:
    return quantities(quote)


def _quote_problem(claim: Claim, evidence: Evidence) -> str:
    if len(folded(claim.quote)) < _SHORTEST_QUOTE or not _is_a_sentence(claim.quote):
        return "its quote is too short; quote the whole sentence or table row"
    if evidence.holds_quote(claim.quote):
        return ""
    return "its quote does not stand in the paper word for word; copy one unbroken sentence or table row, without '...'"


def _is_a_sentence(quote: str) -> bool:
    return is_row(quote) or len(re.findall(r"[^\W\d_]{2,}", quote)) >= _FEWEST_WORDS


def _value_problem(claim: Claim, evidence: Evidence) -> str:
    stated = [one for one in quantities(claim.value) if one.weight is not Weight.LOOSE]
    if not stated and folded(claim.value) not in folded(claim.quote):
        return f"its value {claim.value!r} is not in its quote"
    lost = next((one for one in stated if not carries(claim.quote, one, evidence)), None)
    if lost:
        return f"its value {lost.text!r} is not in its quote with the same unit"
    is_turned = any(exchanged(claim.quote, claim.value))
    return f"its value {claim.value!r} has its quote's numbers in another order" if is_turned else ""


def _name_problem(claim: Claim, claims: Sequence[Claim], evidence: Evidence) -> str:
    missing = [name for name in names(claim.dataset) if evidence.has_text and not evidence.holds(name)]
    if missing:
        return f"its data set {missing[0]!r} stands nowhere in the paper"
    if _is_far(claim, claims, evidence):
        return f"its data set {claim.dataset!r} is named neither in its quote nor near it, and another one is"
    other = _other_data_set(claim, claims, evidence)
    if other:
        return f"its quote speaks of {other!r}, not of the data set {claim.dataset!r}"
    unknown = [name for name in names(claim.metric) if evidence.has_text and not evidence.holds_in_full(name)]
    return f"its metric {unknown[0]!r} stands nowhere in the paper" if unknown else ""


def _other_data_set(claim: Claim, claims: Sequence[Claim], evidence: Evidence) -> str:
    """A data set that a sentence of the paper names, where it does not name the one that is claimed."""
    own = names(claim.dataset)
    told = {folded(name): name for name in names(claim.quote)}
    if not own or is_row(claim.quote) or any(folded(name) in folded(claim.quote) for name in own):
        return ""
    others = _others(claim, claims) | evidence.data_sets - {folded(name) for name in own}
    return next((name for key, name in told.items() if key in others), "")


def _is_far(claim: Claim, claims: Sequence[Claim], evidence: Evidence) -> bool:
    """Whether the text around the quote speaks of data sets, and of this one not at all."""
    own = names(claim.dataset)
    if not own or any(evidence.near(claim.quote, name) for name in own):
        return False
    return any(evidence.near(claim.quote, name) for name in sorted(_others(claim, claims)))


def _others(claim: Claim, claims: Sequence[Claim]) -> set[str]:
    """The data sets of other claims, folded."""
    own = {folded(name) for name in names(claim.dataset)}
    return {folded(name) for other in claims for name in names(other.dataset)} - own


def _fault(kind: FaultKind, at: int, claim: Claim, problem: str, reason: str) -> Fault:
    told = " ".join(filter(None, (claim.dataset, claim.metric, claim.value)))
    return Fault(
        kind=kind,
        where=("claims", at),
        message=f"claim {at + 1} ({told}): {problem}",
        remark=f"第 {at + 1} 项结果未采用：{reason}。",
    )
