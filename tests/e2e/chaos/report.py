"""`python -m tests.e2e.chaos.report`: docs/reliability.md, out of what the runs under build/chaos counted together."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.costing.tables import table
from tests.e2e.chaos import tally
from tests.e2e.chaos.faults import Harm, Stage
from tests.e2e.chaos.tally import FOLDER, Tally

PAGE = Path(__file__).parents[3] / "docs" / "reliability.md"
_TEXT = Path(__file__).with_name("reliability.md")
_PROMISES = {
    "lost": "papers lost",
    "twice": "papers in two editions",
    "older_over_newer": "objects older than what the table says",
    "bought_twice": "answers bought twice",
    "bought_again_by_kill": "answers bought again, since a kill took the first one before it was stored",
}
_ALL = "all"


def main() -> None:
    total = tally.added(sorted(FOLDER.glob("*.json")))
    PAGE.write_text(page(total), encoding="utf-8")


def page(total: Tally) -> str:
    """Raises ValueError when no run was counted."""
    if not total.runs:
        raise ValueError(f"no run is counted in {FOLDER}: `make chaos` first")
    held = [("days", f"{total.runs:,}"), ("faults that fired", f"{total.faults:,}")]
    held += [(text, f"{total.counts[name]:,}") for name, text in _PROMISES.items()]
    held.append(("days on which a promise was broken", f"{total.broken:,}"))
    return _TEXT.read_text(encoding="utf-8").format(held=table(("counted", ""), held), matrix=_matrix(total.fired))


def _matrix(fired: Mapping[tuple[str, str], int]) -> str:
    """Kinds in the order of their declaration, then others as they are called."""
    stages = [*map(str, Stage), _ALL]
    known = list(map(str, Harm))
    kinds = [*known, *sorted({kind for _, kind in fired} - set(known))]
    rows = [(kind, *_cells(fired, kind, stages)) for kind in kinds]
    return table(("what happened", *Stage, "the stack"), rows)


def _cells(fired: Mapping[tuple[str, str], int], kind: str, stages: Iterable[str]) -> list[str]:
    return [f"{fired[stage, kind]:,}" if (stage, kind) in fired else "–" for stage in stages]


if __name__ == "__main__":
    main()
