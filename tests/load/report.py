"""The figures of the last whole runs as a page, docs/load.md; what it is made from lies beside it, in docs/load."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from tests.load.outcome import Bound

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "load"
_ABOUT = """\
# Load

`make load` and `make soak` carry what stands here on the deployed template, in the embedded AWS, and fail when a
bound is missed. Claude and arXiv are stand-ins; arXiv's notes when each request came, whoever sent it. A whole run
writes its part of this page.
"""
_PARTS = {
    "day": (
        "A day of all of arXiv",
        """\
1,400 papers, copies of the sample day's; arXiv is asked every half second at most, Claude takes five seconds, twenty
workers read. The time may be 1.1 times what arXiv's interval or Claude's latency alone would take, whichever is
longer, and one call. It counts from the schedule's event, with no worker started yet, and ends when the last paper is
read. The embedded AWS knows no batching window of a stream, so the run gives aggregate its records every five
seconds, as the template does.
""",
    ),
    "backfill": (
        "A month at once",
        "`arxiv-daily backfill` of thirty days of a simulated arXiv, under the same limits.\n",
    ),
    "soak": (
        "Two months in one go",
        """\
Sixty days of a simulated arXiv on one engine, six probes a day. One request to arXiv in twenty meets a fault, one call
of AWS in twenty comes to harm, one paper in twenty meets Claude in some mood; after the last day comes one on which all
goes well.
""",
    ),
}
CHARTS = {
    "day": ("day-requests.svg", "day-memory.svg"),
    "backfill": ("backfill-requests.svg", "backfill-memory.svg"),
    "soak": ("soak-time.svg", "soak-memory.svg"),
}


def keep(build: Path, what: str) -> None:
    """Take a run's figures and charts from its folder under build/, and write the page anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in (f"{what}.json", *CHARTS[what]):
        shutil.copy(build / name, FOLDER / name)
    parts = [_part(what) for what in _PARTS if (FOLDER / f"{what}.json").exists()]
    (DOCS / "load.md").write_text("\n".join([_ABOUT, *parts]), encoding="utf-8")


def _part(what: str) -> str:
    found = json.loads((FOLDER / f"{what}.json").read_text(encoding="utf-8"))
    title, about = _PARTS[what]
    bounds = [Bound(**bound) for bound in found["bounds"]]
    held = [
        (one.what, f"{one.measured:,.4g}", f"{'≥' if one.at_least else '≤'} {one.limit:,.4g}", _verdict(one))
        for one in bounds
    ]
    figures = [(name, f"{value:,.4g}" if value < 1000 else f"{value:,.0f}") for name, value in found["figures"].items()]
    charts = [f"![{name.removesuffix('.svg')}](load/{name})" for name in CHARTS[what]]
    return "\n".join(
        [
            f"## {title}\n",
            about,
            f"On {found['machine']}.\n",
            _table(("held", "measured", "bound", ""), held),
            _table(("figure", ""), figures),
            *charts,
            "",
        ]
    )


def _verdict(bound: Bound) -> str:
    return "holds" if bound.holds else "MISSED"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, tuple("---" for _ in head), *rows)) + "\n"
