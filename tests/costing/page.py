"""docs/costs.md: the text of page.md with its figures; equal files make an equal page."""

from tests.costing.aws_part import aws_part, totals_part
from tests.costing.claude_part import budget_part, claude_part
from tests.costing.files import FOLDER, Usage
from tests.costing.month import Fixed, Month
from tests.costing.reading import readings
from tests.costing.sizes import PAPERS
from tests.costing.sources_part import assumed_part, measured_part, prices_part


def markdown(usage: Usage, fixed: Fixed, budget: float) -> str:
    """`budget` is the template's default for a day, in dollars."""
    months = [Month(papers, usage, fixed) for papers in PAPERS]
    figures = totals_part(months, readings(usage.texts)[1]) | aws_part(months)
    figures |= claude_part(usage) | budget_part(usage, budget)
    figures |= measured_part(usage) | assumed_part() | prices_part()
    return (FOLDER / "page.md").read_text(encoding="utf-8").format(**figures)
