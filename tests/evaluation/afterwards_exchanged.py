"""Planters of later: figures of the paper in another figure's place."""

from decimal import Decimal
from random import Random

from tests.evaluation.case import Case
from tests.evaluation.figures import evidence, figures, value, values
from tests.evaluation.planting import Planted, PlantedKind, Planter, drawn, spoiled


def value_from_another_row(case: Case, random: Random) -> Planted | None:
    """A figure of the results becomes one from the line above or below its quote."""
    if not case.has_full_text:
        return None
    lines = case.text.text.split("\n")
    rows = [n for n, line in enumerate(lines) if any(c.quote.strip() == line.strip() for c in case.reply.claims)]
    near = [(lines[n], lines[m]) for n in rows for m in (n - 1, n + 1) if 0 <= m < len(lines)]
    options = [
        (figure, other.digits)
        for row, beside in near
        for figure in figures(case.texts("results"))
        if "." in figure.digits and value(figure.digits) in values(row)
        for other in figures([((), beside)])
        if "." in other.digits and value(other.digits) not in evidence(case, figure.path)
    ]
    one = drawn(random, options)
    if one is None:
        return None
    figure, number = one
    what = f"{figure.digits} -> {number}: {figure.written(number)}"
    return spoiled(PlantedKind.NUMBER, case, figure.path, figure.written(number), what)


def value_from_another_column(case: Case, random: Random) -> Planted | None:
    """A claim's value becomes another figure of its own quote."""
    options = [
        (figure, other.digits)
        for figure in figures(case.texts("claims") if case.has_full_text else [])
        if figure.path[-1] == "value" and "." in figure.digits
        for other in figures([((), case.reply.claims[int(figure.path[1])].quote)])
        if "." in other.digits and value(other.digits) not in _of_the_same_metric(case, int(figure.path[1]))
    ]
    one = drawn(random, options)
    if one is None:
        return None
    figure, number = one
    return spoiled(PlantedKind.SWAPPED, case, figure.path, figure.written(number), f"{figure.digits} -> {number}")


def _of_the_same_metric(case: Case, n: int) -> set[Decimal]:
    """What the claims on the same quote and metric have, which is true of it as well."""
    claim = case.reply.claims[n]
    alike = [other for other in case.reply.claims if (other.quote, other.metric) == (claim.quote, claim.metric)]
    return values(*(other.value for other in alike))


def dataset_of_another_claim(case: Case, random: Random) -> Planted | None:
    """A claim is said to be about a data set of another, which its quote does not name."""
    claims = case.reply.claims if case.has_full_text else ()
    options = [
        (n, other.dataset)
        for n, claim in enumerate(claims)
        for other in claims
        if claim.dataset and other.dataset and claim.value != other.value
        and not {*claim.dataset.split()} & {*other.dataset.split()}
        and other.dataset.lower() not in claim.quote.lower()
    ]  # fmt: skip
    one = drawn(random, options)
    if one is None:
        return None
    n, dataset = one
    what = f"{claims[n].dataset} -> {dataset}: {claims[n].value}"
    return spoiled(PlantedKind.SWAPPED, case, ("claims", n, "dataset"), dataset, what)


PLANTERS: tuple[Planter, ...] = (value_from_another_row, value_from_another_column, dataset_of_another_claim)
