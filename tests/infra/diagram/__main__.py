"""`make diagram`: draw the template into docs/architecture.md."""

from pathlib import Path

from tests.infra.diagram.mermaid import diagram, with_diagram
from tests.infra.translation import translated, written

PAGE = Path(__file__).parents[3] / "docs" / "architecture.md"

if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_diagram(page, diagram(translated(written()))), encoding="utf-8")
