"""`make costs`: compute docs/costs.md from the files of this folder, the prices of Claude, and the template."""

from pathlib import Path

from tests.costing.files import usage
from tests.costing.month import fixed
from tests.costing.page import markdown
from tests.infra.translation import Json, translated, written

PAGE = Path(__file__).parents[2] / "docs" / "costs.md"


def computed(template: Json) -> str:
    """The page that the files give, for a translated template."""
    return markdown(usage(), fixed(template), float(template["Parameters"]["DailyBudget"]["Default"]))


if __name__ == "__main__":
    PAGE.write_text(computed(translated(written())), encoding="utf-8")
