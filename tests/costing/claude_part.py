"""Of the page, what Claude costs and what the budget means."""

from collections.abc import Sequence

from arxiv_daily.digests.cost import PRICES_DATE
from tests.costing.files import Usage, assumed
from tests.costing.reading import FIRST, SECOND, Reading, answer_tokens, prompt_tokens, readings
from tests.costing.sizes import PAPERS, SIZES
from tests.costing.tables import money, table

MODELS = (FIRST, SECOND, "claude-opus-5-5")


def claude_part(usage: Usage) -> dict[str, str]:
    prompts, answers = sorted(map(prompt_tokens, usage.texts)), sorted(map(answer_tokens, usage.texts))
    cases = readings(usage.texts)
    return {
        "claude_date": str(PRICES_DATE),
        "first": FIRST,
        "second": SECOND,
        "readings": _readings(cases),
        "prompts": _range(prompts),
        "middle_prompt": f"{prompts[len(prompts) // 2]:,}",
        "papers": str(len({text.paper_id for text in usage.texts})),
        "answers": _range(answers),
        "answers_count": str(len(answers)),
        "models": _models(cases[1]),
    }


def budget_part(usage: Usage, budget: float) -> dict[str, str]:
    """`budget` is a day's, in dollars."""
    _, usual, most = readings(usage.texts)
    return {
        "budget": f"${budget:g}",
        "budget_month": f"${budget * assumed('days_a_month'):g}",
        "usual_papers": str(int(budget / usual.dollars())),
        "dearest_papers": str(int(budget / most.dollars())),
        "budgets": _budgets(usual, most, budget),
        "too_small": _too_small([name for name, papers in SIZES.items() if papers * usual.dollars() > budget]),
    }


def _readings(cases: Sequence[Reading]) -> str:
    head = ("a paper takes", "tokens in", "tokens out", "asked again", "by the second model", "costs")
    return table(
        head, [(r.name, r.prompt, r.answer, f"{r.again:.0%}", f"{r.second:.0%}", f"${r.dollars():.4f}") for r in cases]
    )


def _models(usual: Reading) -> str:
    days = assumed("days_a_month")
    rows = [(model, usual.dollars(model), days * usual.dollars(model)) for model in MODELS]
    return table(
        ("first model", "a paper", *SIZES),
        [(model, f"${paper:.4f}", *(money(month * papers) for papers in PAPERS)) for model, paper, month in rows],
    )


def _budgets(usual: Reading, most: Reading, budget: float) -> str:
    def days(reading: Reading) -> list[float]:
        return [papers * reading.dollars() for papers in PAPERS]

    return table(
        ("", *SIZES),
        [
            ("a usual day", *map(money, days(usual))),
            (f"of ${budget:g}", *(f"{dollars / budget:.0%}" for dollars in days(usual))),
            ("a day of the dearest papers", *map(money, days(most))),
        ],
    )


def _too_small(sizes: Sequence[str]) -> str:
    if not sizes:
        return "It is enough for a usual day of each size."
    return f"It is too small for {' and '.join(sizes)}: raise it there, or every day ends in abstracts."


def _range(numbers: Sequence[int]) -> str:
    return f"{numbers[0]:,} to {numbers[-1]:,}"
