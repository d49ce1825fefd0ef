"""What a paper costs, as docs/costs.md computes it, against what the budget plans with."""

import statistics

from tests.bench.lines import Line, Options, Part
from tests.costing.files import assumed, usage
from tests.costing.reading import Reading, answer_tokens, prompt_tokens, readings
from tests.costing.sizes import PAPERS
from tests.costing.tables import table
from tests.infra.translation import translated, written

_ABOUT = """\
By `docs/costs.md`'s own means, which says what was measured and what is assumed. *Measured* is a paper whose prompt and
answer are the middle ones of real papers; its shares of second questions are those of the usual paper, which the budget
plans with. The template's `DailyBudget` is ${budget:g}.

{readings}"""


def measured(_: Options) -> Part:
    known = usage().texts
    usual = readings(known)[1]
    middle = Reading(
        "measured",
        statistics.median_high(map(prompt_tokens, known)),
        statistics.median_high(map(answer_tokens, known)),
        assumed("corrected_by_first"),
        assumed("corrected_by_second"),
    )
    budget = float(translated(written())["Parameters"]["DailyBudget"]["Default"])
    return part(middle, usual, budget)


def part(middle: Reading, usual: Reading, budget: float) -> Part:
    """`budget` is a day's, in dollars."""
    papers, planned = PAPERS[1], "planned with"
    lines = (
        Line("tokens sent for a paper", planned, middle.prompt, usual.prompt, 1, ""),
        Line("tokens answered for a paper", planned, middle.answer, usual.answer, 1, ""),
        Line("Claude for a paper", planned, middle.dollars(), usual.dollars(), 1, "$"),
        Line(f"Claude for {papers} usual papers", "a day's budget", papers * usual.dollars(), budget, 1, "$"),
    )
    rows = [(one.name, one.prompt, one.answer, f"${one.dollars():.4f}") for one in (middle, usual)]
    text = _ABOUT.format(budget=budget, readings=table(("a paper", "tokens in", "tokens out", "costs"), rows))
    return Part("Tokens and dollars", lines, text)
