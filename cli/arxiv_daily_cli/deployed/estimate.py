"""What a back-fill will cost, and asking before it costs much."""

import math
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import typer

from arxiv_daily.digests.cost import PRICES_DATE, USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS, expected
from arxiv_daily.editions.choosing import ESTIMATE
from arxiv_daily.editions.status import listing_of
from arxiv_daily.models import BudgetDay, DayKind, EditionFacts
from arxiv_daily.sources.calendar import calendar_day
from arxiv_daily.store.budget import BudgetStore
from arxiv_daily.store.editions import EditionStore
from arxiv_daily.store.site import SiteStore
from arxiv_daily_cli.deployed.command import dollars, errors
from arxiv_daily_cli.deployed.stack import DeployedStack

_USUAL_PAPERS = 25
"""In an edition, where the stack has none yet to judge by."""
_LOOK_BACK = timedelta(days=90)
"""How far back what papers cost tells what they will cost."""


@dataclass(frozen=True)
class Estimate:
    """Of a back-fill; money in micro-dollars."""

    dates: int
    papers: int
    per_paper: int

    @property
    def cost(self) -> int:
        return self.papers * self.per_paper

    def __str__(self) -> str:
        if not self.dates:
            return "No date of these is left to fill: nothing to pay for."
        return (
            f"{self.dates} dates to fill, with about {self.papers} papers at {dollars(self.per_paper, 4)}: "
            f"about {dollars(self.cost)} (prices of {PRICES_DATE})."
        )


def backfill_estimate(stack: DeployedStack, days: Sequence[date], today: date) -> Estimate:
    """By what the stack's editions held and what its papers cost; by usual figures where it has none yet."""
    known = EditionStore(stack.table).known(days)
    empty = [day for day in days if _will_bring_papers(day, known.get(day))]
    shown = [row.shown for row in SiteStore(stack.table).rows()]
    spending = BudgetStore(stack.table).days(today - _LOOK_BACK, today)
    return Estimate(len(empty), _papers(len(empty), shown), _per_paper(spending, stack.model))


def ask_above(micro_dollars: int, cost: int, *, confirmed: bool) -> None:
    """Ask the operator about a cost above a threshold. Raises typer.Exit or typer.Abort when the answer is no."""
    if confirmed or cost <= micro_dollars:
        return
    if not can_ask():
        errors.print(
            f"That is more than {dollars(micro_dollars)}, and there is nobody to ask: "
            "say --yes, or allow more with --ask-above. Nothing was sent.",
            style="red",
        )
        raise typer.Exit(2)
    typer.confirm("Go on?", abort=True, err=True)


def can_ask() -> bool:
    return sys.stdin.isatty()


def _will_bring_papers(day: date, facts: EditionFacts | None) -> bool:
    """Whether arXiv announced papers on that date, and the edition has not read what it announced."""
    if calendar_day(day).kind is not DayKind.MAILING:
        return False
    return facts is None or not (listing_of(facts) or facts.settled_by == ESTIMATE)


def _papers(dates: int, shown: Collection[int]) -> int:
    full = [number for number in shown if number]
    return math.ceil(dates * (sum(full) / len(full) if full else _USUAL_PAPERS))


def _per_paper(spending: Collection[BudgetDay], model: str) -> int:
    if papers := sum(day.papers for day in spending):
        return math.ceil(sum(day.spent for day in spending) / papers)
    return expected(model, USUAL_CHARACTERS, USUAL_OUTPUT_TOKENS)
